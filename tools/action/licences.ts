import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The licence of every package that these files were taken from. @param files paths from `root` */
export function licences(root: string, files: readonly string[]): string {
  const packages = files.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  const parts = [...new Set(packages)].sort().map((directory) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, directory, "package.json"), "utf8")) as {
      name: string;
      version: string;
      license?: string;
    };
    const file = readdirSync(join(root, directory)).find((one) => /^licen[cs]e/i.test(one));
    if (file === undefined && license === undefined) throw new Error(`Expected ${name} to have a licence.`);
    const text = file === undefined ? `${license!}` : readFileSync(join(root, directory, file), "utf8").trim();
    return `## ${name} ${version} (${license ?? "see below"})\n\n${text.replace(/^/gm, "    ").replace(/[ \t\r]+$/gm, "")}\n`;
  });
  return ["# Licences of the libraries in this directory\n", ...parts].join("\n");
}
