import { sha256 } from "../../core/digest";
import { backendOf } from "./backend";

/**
 * Digest of where a stack keeps its state, which the plan's JSON does not say. It includes the workspace. For a local
 * state it does not include the project's directory.
 * @returns `local`, or `sha256:…`
 */
export function backendDigest(stackDirectory: string, env: NodeJS.ProcessEnv): string {
  const { kind, config } = backendOf(stackDirectory, env);
  const workspace = env.TF_WORKSPACE || "default";
  const settings = kind === "local" ? {} : config;
  if (kind === "local" && workspace === "default") return kind;
  return sha256(JSON.stringify([kind, settings, workspace]));
}
