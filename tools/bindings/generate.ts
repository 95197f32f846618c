import { existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { terraformEnvironment } from "../../src/core/terraform-binary";
import { compileIndex, sourceFiles, typeFolders } from "./compile";
import { compileAll } from "./shards";
import { readSchema, subset } from "../../src/bindings/schema";
import { writeSources } from "../../src/bindings/sources";
import { readAllowList } from "./allow-list";

export interface BindingsOptions {
  /** Directory to make; an older one is replaced in one move. */
  readonly out: string;
  /** Every type of the provider instead of the allow-list. @default false */
  readonly all?: boolean;
}

/**
 * Makes the bindings package's `lib`.
 * @returns the number of types
 */
export async function generateBindings(options: BindingsOptions): Promise<number> {
  const schema = options.all === true ? readSchema() : subset(readSchema(), readAllowList());
  // Next to the result, so that the final move stays on one file system.
  const work = mkdtempSync(join(dirname(options.out), ".lib-"));
  try {
    // Loading the whole generator starts `terraform version`, and a failure would be reported over the network.
    process.env = terraformEnvironment();
    const sources = await writeSources(schema, join(work, "sources"));
    const folders = typeFolders(sources);
    const files = folders.flatMap((folder) => sourceFiles(join(sources, folder)));
    const made = join(work, "lib");
    compileIndex(sources, made);
    await compileAll(files, sources, made);
    replaceDirectory(made, options.out, join(work, "old"));
    return folders.length - 1; // one of them is the provider itself
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function replaceDirectory(made: string, place: string, aside: string): void {
  if (existsSync(place)) renameSync(place, aside);
  renameSync(made, place);
}
