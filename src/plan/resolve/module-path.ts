/** A step of a module's address: `module.a["x"]` is `{name: "a", key: '["x"]'}`. */
export interface Segment {
  readonly name: string;
  /** As written, with its brackets; empty without one. */
  readonly key: string;
}

export type ModulePath = readonly Segment[];

const SEGMENT = /module\.([^.[]+)(\[(?:[0-9]+|"(?:[^"\\]|\\[^\n])*")\])?(?:\.|$)/gu;
/** Few of them, each met at every entry inside. */
const MEMORY = 100_000;
const known = new Map<string, ModulePath | undefined>();

export const ROOT: ModulePath = [];

/** The path behind a module's address, which the root module has none of; undefined when it cannot be read whole. */
export function modulePath(address: unknown): ModulePath | undefined {
  if (address === undefined || address === "") return ROOT;
  if (typeof address !== "string") return undefined;
  if (known.has(address)) return known.get(address);
  const found = [...address.matchAll(SEGMENT)].map((match) => ({ name: match[1]!, key: match[2] ?? "" }));
  const path = moduleAddress(found) === address ? found : undefined;
  if (known.size >= MEMORY) known.clear();
  known.set(address, path);
  return path;
}

export function moduleAddress(path: ModulePath): string {
  return path.map(({ name, key }) => `module.${name}${key}`).join(".");
}

/** The prefix of the addresses of the module's resources, with its dot. */
export function modulePrefix(path: ModulePath): string {
  return path.length === 0 ? "" : `${moduleAddress(path)}.`;
}

/** Names of the calls that lead to the module, whatever its instance. */
export function callNames(path: ModulePath): string {
  return path.map(({ name }) => name).join(".");
}
