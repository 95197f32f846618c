import { existsSync, renameSync, rmSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { isWholeJson } from "../unsaved-state";

/**
 * Files that `terraform init` writes in place, with what they hold. A kill can leave one cut off. Terraform then fails at every
 * command, init included, with "Failed to load state" or "failed to read module manifest", without naming the file.
 */
const FILES = [
  { name: "terraform.tfstate", holds: "where the state is kept, and not the state itself" },
  { name: "modules/modules.json", holds: "where the modules were copied to" },
] as const;

/**
 * Removes or moves away what a killed `terraform init` has left: without the file, the next init writes it again. The
 * stack's own state is another file, and is never touched.
 * @returns what was done, as text; undefined when there was nothing to do
 */
export function repairInitialisation(stackDirectory: string, env: NodeJS.ProcessEnv): string | undefined {
  const done = FILES.flatMap(({ name, holds }) => {
    const path = resolve(stackDirectory, env.TF_DATA_DIR || ".terraform", name);
    if (!existsSync(path) || !statSync(path).isFile() || isWholeJson(path)) return [];
    const cause = `terraform init was killed while it wrote ${path}, which holds ${holds}.`;
    if (statSync(path).size === 0) {
      rmSync(path);
      return [`${cause} The empty file was removed; terraform init writes it again.`];
    }
    renameSync(path, `${path}.broken`);
    return [`${cause} It was moved to ${path}.broken; terraform init writes it again.`];
  });
  return done.length === 0 ? undefined : done.join(" ");
}
