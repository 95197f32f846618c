import { delimiter, join } from "node:path";
import { PACKAGE_ROOT } from "../core/package-root";

/** On Windows a program that is started without a shell needs its extension. */
const GATE = process.platform === "win32" ? "anycast-terraform.cmd" : "anycast-terraform";

/**
 * The variables that differ for a command inside the sandbox: our commands on PATH, and the wrapper as the terraform to run. It
 * is given by its bare name, because cdktf cannot handle a path with a space in it.
 * @param keepBackend states stay where the stacks keep them. @default false
 */
export function variablesInside(
  outside: NodeJS.ProcessEnv,
  sandbox: Readonly<Record<string, string>>,
  keepBackend = false,
): Record<string, string> {
  const path = [join(PACKAGE_ROOT, "bin"), outside.PATH ?? ""].filter(Boolean).join(delimiter);
  const named = outside.TERRAFORM_BINARY_NAME;
  return {
    ...sandbox,
    // `configureBackend` of the library reads it.
    ANYCAST_SANDBOX_BACKEND: keepBackend ? "keep" : "",
    PATH: path,
    TERRAFORM_BINARY_NAME: named === undefined || named === "" ? GATE : named,
  };
}
