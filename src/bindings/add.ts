import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { AnycastError, messageOf } from "../core/errors";
import { readRegularText } from "../core/regular-file";
import { replaceDirectory } from "../core/whole-directory";
import { PROVIDER } from "./provider";
import { readSchema, subset } from "./schema";
import type { AllowList } from "./schema";
import { allTypes, selectTypes } from "./select";
import { writeSources } from "./sources";
import { finishSources } from "./finish";

export interface AddOptions {
  /** Folder of the bindings: a new one, or one that was made by this function. */
  readonly directory: string;
  /** Names of types, or every type there is. */
  readonly types: readonly string[] | "all";
}

export interface AddedBindings {
  /** Folders of the types that were asked for, e.g. `alidns-record`, sorted. */
  readonly folders: readonly string[];
  /** Whether the project's files are ES modules, whose imports name files. */
  readonly esm: boolean;
}

/** The file in which a folder of bindings lists its types. */
interface Manifest extends AllowList {
  readonly provider: string;
}
const MANIFEST = "bindings.json";

/**
 * Writes TypeScript bindings for further types of the provider, from the schema that this package carries. Types that an
 * earlier call made stay. All of it is written, or nothing.
 * @throws AnycastError `UnknownType`, `NotBindings`, `BindingsNotWritten`
 */
export async function addBindings(options: AddOptions): Promise<AddedBindings> {
  const schema = readSchema();
  const wanted = options.types === "all" ? allTypes(schema) : selectTypes(schema, options.types);
  const earlier = readManifest(options.directory);
  const all = {
    resources: union(earlier.resources, wanted.resources),
    dataSources: union(earlier.dataSources, wanted.dataSources),
  };
  try {
    await replaceDirectory(options.directory, async (partial) => {
      const sources = await writeSources(subset(schema, all), `${partial}.generated`);
      finishSources(sources);
      const manifest: Manifest = { provider: `${PROVIDER.source} ${PROVIDER.version}`, ...all };
      writeFileSync(join(sources, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`);
      renameSync(sources, partial);
    });
  } catch (cause) {
    if (cause instanceof AnycastError) throw cause;
    throw new AnycastError(
      "BindingsNotWritten",
      `The bindings could not be written to ${options.directory}: ${messageOf(cause)}`,
      { cause },
    );
  }
  return { folders: foldersOf(wanted), esm: isEsm(options.directory) };
}

function readManifest(directory: string): AllowList {
  if (!existsSync(directory)) return { resources: [], dataSources: [] };
  if (!statSync(directory).isDirectory())
    throw new AnycastError("NotBindings", `${directory} is no directory. Fix: name another one with --out.`);
  if (readdirSync(directory).length === 0) return { resources: [], dataSources: [] };
  try {
    const { resources, dataSources } = JSON.parse(readRegularText(join(directory, MANIFEST))) as Manifest;
    if ([resources, dataSources].every((list) => Array.isArray(list))) return { resources, dataSources };
  } catch {
    // Refused below: without the file it is unknown what the folder holds, and no files of others may be removed.
  }
  throw new AnycastError(
    "NotBindings",
    `The directory ${directory} has files that this command did not write: ${readdirSync(directory).slice(0, 3).join(", ")}. Fix: name another directory with --out.`,
  );
}

/** Decided by the package.json that TypeScript and Node find from there. */
function isEsm(directory: string): boolean {
  for (let at = dirname(directory); ; at = dirname(at)) {
    const file = join(at, "package.json");
    if (existsSync(file)) {
      try {
        return (JSON.parse(readFileSync(file, "utf8")) as { type?: unknown }).type === "module";
      } catch {
        return false;
      }
    }
    if (dirname(at) === at) return false;
  }
}

const union = (some: readonly string[], more: readonly string[]): string[] => [...new Set([...some, ...more])].sort();

function foldersOf({ resources, dataSources }: AllowList): string[] {
  const dashed = (type: string): string => type.replaceAll("_", "-");
  return [
    ...resources.map((type) => dashed(type).replace(/^alicloud-/, "")),
    ...dataSources.map((type) => `data-${dashed(type)}`),
  ].sort();
}
