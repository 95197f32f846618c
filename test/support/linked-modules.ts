import { mkdirSync, readdirSync, realpathSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./cloud-project";

/**
 * What `npm install` would put there, without a registry: the packages of this repository, and this one by its name.
 * @param programs further ones of its `.bin`
 */
export function linkModules(modules: string, programs: readonly string[] = []): string {
  mkdirSync(modules, { recursive: true });
  for (const name of readdirSync(join(REPOSITORY, "node_modules"))) {
    if (name !== ".bin") symlinkSync(join(REPOSITORY, "node_modules", name), join(modules, name));
  }
  symlinkSync(REPOSITORY, join(modules, "cdktf-alicloud-anycast"));
  mkdirSync(join(modules, ".bin"));
  for (const name of ["tsx", "tsc", "jest", ...programs]) {
    symlinkSync(realpathSync(join(REPOSITORY, "node_modules/.bin", name)), join(modules, ".bin", name));
  }
  for (const name of ["anycast", "anycast-terraform"]) {
    symlinkSync(join(REPOSITORY, "bin", name), join(modules, ".bin", name));
  }
  return modules;
}
