import { defined } from "../../core/defined";
import { existsSync, realpathSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { AnycastError } from "../../core/errors";
import type { RuleMetadata } from "../../policy";
import { CDKTF_CONFIG_NAME, CONFIG_NAME } from "../../terraform/project/project-root";
import { settingsChanges } from "./changes";
import { readConfigText } from "./read-text";
import type { Repository, TreeEntry } from "./git";
import { commitOf, entriesAt, removedSince, repositoryOf, textOf } from "./git";
import type { ConfigAtCommit } from "./source";

export interface ConfigRequest {
  /** Branch, tag or commit that the settings are taken from. */
  readonly ref: string;
  /** Where the project is: the nearest directory upwards that has settings or a project at that commit. */
  readonly directory: string;
  /** Absolute path of the settings in the checkout. @default anycast.yaml of the project */
  readonly named?: string;
  readonly env: NodeJS.ProcessEnv;
  /** Rules that the settings may name. */
  readonly rules: readonly RuleMetadata[];
}

/**
 * Takes the settings from a commit, so that a change cannot loosen the settings that it is checked by. Lists where the
 * checkout's settings differ.
 * @throws AnycastError `NotInRepository`, `ConfigRefNotFound`, `ConfigNotFound`, `ConfigIsLink`, `GitFailed`
 */
export async function configAtCommit(request: ConfigRequest): Promise<ConfigAtCommit> {
  const repository = await repositoryOf(request.directory, request.env);
  const commit = await commitOf(repository, request.ref);
  const directories = upwards(repository.prefix);
  const named = request.named === undefined ? undefined : namedIn(repository, request.named);
  const paths =
    named === undefined ? directories.flatMap((at) => [`${at}${CONFIG_NAME}`, `${at}${CDKTF_CONFIG_NAME}`]) : [named];
  const entries = await entriesAt(repository, commit, paths);
  const file = named ?? nearest(directories, entries);
  const entry = entries.get(file);
  if (named !== undefined && entry === undefined) {
    throw new AnycastError(
      "ConfigNotFound",
      `There is no file ${named} at \`${request.ref}\`. Fix: commit it there first, or leave --config-from out.`,
    );
  }
  const text = entry === undefined ? undefined : await textAt(repository, entry, `${file} at ${request.ref}`);
  const before = new Map(text === undefined ? [] : [[file, text]]);
  const removed = named === undefined ? await removedSince(repository, commit, CONFIG_NAME) : [];
  for (const path of removed) {
    const gone = (await entriesAt(repository, commit, [path])).get(path);
    if (gone !== undefined) before.set(path, await textOf(repository, gone));
  }
  const after = inCheckout(repository, named === undefined ? directories.map((at) => `${at}${CONFIG_NAME}`) : [named]);
  for (const path of after.keys()) {
    const known = entries.get(path);
    if (known !== undefined && !before.has(path)) before.set(path, await textOf(repository, known));
  }
  return {
    path: join(repository.root, file),
    ...defined({ text }),
    origin: {
      from: request.ref,
      commit,
      ...(text === undefined ? {} : { file }),
      changes: settingsChanges(before, after, request.rules),
    },
  };
}

async function textAt(repository: Repository, entry: TreeEntry, at: string): Promise<string> {
  if (entry.mode.startsWith("100")) return textOf(repository, entry);
  throw new AnycastError(
    "ConfigIsLink",
    `${at} is a link, and settings are not read through one. Fix: commit the file itself there.`,
  );
}

/** A directory from the root, `apps/svc/`, and those above it, the root as `""`. */
function upwards(prefix: string): string[] {
  const parts = prefix.split("/").filter(Boolean);
  return Array.from({ length: parts.length + 1 }, (_, i) =>
    parts
      .slice(0, parts.length - i)
      .map((part) => `${part}/`)
      .join(""),
  );
}

/** The settings of the nearest directory that has them or is a project, as `configFor` takes them from files. */
function nearest(directories: readonly string[], entries: ReadonlyMap<string, TreeEntry>): string {
  const at = directories.find(
    (one) => entries.has(`${one}${CONFIG_NAME}`) || entries.has(`${one}${CDKTF_CONFIG_NAME}`),
  );
  return `${at ?? directories[0]!}${CONFIG_NAME}`;
}

function namedIn({ root }: Repository, named: string): string {
  const real = existsSync(named) ? realpathSync(named) : resolve(named);
  const path = relative(realpathSync(root), real).split(sep).join("/");
  if (!path.startsWith("../") && path !== "" && !/^[A-Za-z]:|^\//.test(path)) return path;
  throw new AnycastError(
    "ConfigNotFound",
    `Expected the settings for --config-from to be a file of the repository, got \`${named}\`. Fix: name one below ${root}.`,
  );
}

/** The checkout's settings: only the nearest file counts, not the others above it. */
function inCheckout({ root }: Repository, paths: readonly string[]): Map<string, string> {
  return new Map(
    paths.flatMap((path) => {
      const file = join(root, path);
      return existsSync(file) ? [[path, readConfigText(file)]] : [];
    }),
  );
}
