import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SandboxError } from "../errors";
import { PACKAGE_ROOT } from "../package-root";

/** Where the page's files are, both for the sources and for the compiled code, which leaves such files in their place. */
const DIRECTORY = join(PACKAGE_ROOT, "src", "ui", "assets");

export interface Asset {
  /** Media type with charset. */
  readonly type: string;
  readonly body: Buffer;
}

const FILES = [
  ["/", "index.html", "text/html"],
  ...["page", "picture", "boxes", "lists"].map((name) => [`/${name}.css`, `${name}.css`, "text/css"] as const),
  ...["page", "dom", "picture", "users", "regions", "ways", "words", "cards", "network", "tables", "log"].map(
    (name) => [`/${name}.js`, `${name}.js`, "text/javascript"] as const,
  ),
] as const;

/**
 * The files of the page by the path they are served under; nothing else can be asked for.
 * @throws SandboxError `PackageIncomplete`
 */
export function loadAssets(): ReadonlyMap<string, Asset> {
  return new Map(FILES.map(([path, name, type]) => [path, { type: `${type}; charset=utf-8`, body: read(name) }]));
}

function read(name: string): Buffer {
  const file = join(DIRECTORY, name);
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new SandboxError(
      "PackageIncomplete",
      `The file ${file} of the sandbox's page cannot be read. Fix: install alicloud-sandbox again.`,
      { cause },
    );
  }
}
