import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** What npm has put into a project. */
export interface Weight {
  /** Names of the packages at the top of node_modules, sorted. */
  readonly packages: readonly string[];
  /** Of all packages, those inside of others too. */
  readonly count: number;
  readonly megabytes: number;
}

export function weigh(project: string): Weight {
  const modules = join(project, "node_modules");
  const { packages } = JSON.parse(readFileSync(join(modules, ".package-lock.json"), "utf8")) as {
    packages: Readonly<Record<string, unknown>>;
  };
  const names = Object.keys(packages);
  const tops = names
    .map((name) => name.replace(/^node_modules\//, ""))
    .filter((name) => !name.includes("node_modules/"));
  return { packages: tops.sort(), count: names.length, megabytes: bytesIn(modules) / 1_000_000 };
}

function bytesIn(directory: string): number {
  return readdirSync(directory, { withFileTypes: true })
    .map((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return bytesIn(path);
      return entry.isFile() ? statSync(path).size : 0;
    })
    .reduce((sum, bytes) => sum + bytes, 0);
}
