import { existsSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { resolve } from "node:path";

/**
 * The file in which `terraform init` records the backend. A kill can leave it cut off. Terraform then says "Failed to
 * load state" at every command, without naming the file.
 */
const NAME = "terraform.tfstate";

/**
 * Removes or moves away what a killed `terraform init` has left: without the file, the next init writes it again. The
 * stack's own state is another file, and is never touched.
 * @returns what was done, as text; undefined when there was nothing to do
 */
export function repairInitialisation(stackDirectory: string, env: NodeJS.ProcessEnv): string | undefined {
  const path = resolve(stackDirectory, env.TF_DATA_DIR || ".terraform", NAME);
  if (!existsSync(path) || !statSync(path).isFile() || isWhole(path)) return undefined;
  const cause = `terraform init was killed while it wrote ${path}, which holds where the state is kept, and not the state itself.`;
  if (statSync(path).size === 0) {
    rmSync(path);
    return `${cause} The empty file was removed; terraform init writes it again.`;
  }
  renameSync(path, `${path}.broken`);
  return `${cause} It was moved to ${path}.broken; terraform init writes it again.`;
}

function isWhole(path: string): boolean {
  try {
    JSON.parse(readFileSync(path, "utf8"));
    return true;
  } catch {
    return false;
  }
}
