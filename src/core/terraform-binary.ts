import { existsSync } from "node:fs";
import { basename } from "node:path";
import { unwrappedProgram, programPath } from "./setup-action-wrapper";
import { fetchedOpenTofu } from "./fetched-opentofu";

/**
 * Name or path of the terraform (or OpenTofu) program to run; never that of a known wrapper (see `unwrappedProgram`).
 * One that is named comes first, then `terraform` on PATH, then `tofu` on PATH, then what `anycast setup` fetched.
 * @default terraform, where there is none
 */
export function terraformBinary(env: NodeJS.ProcessEnv = process.env): string {
  return unwrappedProgram(namedTerraform(env) ?? installedTerraform(env) ?? fetchedOpenTofu() ?? "terraform", env);
}

/**
 * The program that the environment names, whether or not it is there. `ANYCAST_TERRAFORM` names the real program when
 * `TERRAFORM_BINARY_NAME` names our wrapper; else `TERRAFORM_BINARY_NAME` does, as cdktf itself reads it.
 */
export function namedTerraform(env: NodeJS.ProcessEnv): string | undefined {
  const real = env.ANYCAST_TERRAFORM;
  if (real !== undefined && real !== "") return real;
  const named = env.TERRAFORM_BINARY_NAME;
  return named !== undefined && named !== "" && !/(^|[\\/])anycast-terraform(\.cmd)?$/i.test(named) ? named : undefined;
}

/** `terraform`, or else `tofu`, where it is on PATH. */
export function installedTerraform(env: NodeJS.ProcessEnv): "terraform" | "tofu" | undefined {
  return (["terraform", "tofu"] as const).find((name) => programPath(name, env) !== name);
}

/** The program's command name: the last part of its path, e.g. `tofu`. */
export function commandName(binary: string): string {
  return basename(binary).replace(/^(terraform|tofu)-bin(\.exe)?$/, "$1");
}

/** Which of the two a program is, by its name. */
export function productName(binary: string): "OpenTofu" | "Terraform" {
  return /^(open)?tofu/i.test(basename(binary)) ? "OpenTofu" : "Terraform";
}

/**
 * The environment terraform is started with: no version check over the network, and no warning on stderr at every
 * call because `TF_CLI_CONFIG_FILE` names a file that does not exist.
 */
export function terraformEnvironment(base: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...base, CHECKPOINT_DISABLE: "1" };
  if (env.TF_CLI_CONFIG_FILE !== undefined && !existsSync(env.TF_CLI_CONFIG_FILE)) delete env.TF_CLI_CONFIG_FILE;
  return env;
}
