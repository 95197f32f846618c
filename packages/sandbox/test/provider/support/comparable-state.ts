/** The parts of a state file that are compared. */
export interface StateFile {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly {
      readonly index_key?: string | number;
      readonly schema_version: number;
      readonly attributes: Record<string, unknown>;
    }[];
  }[];
}

/** What differs from one run to the next, each with what stands for it. */
const CHANGING: readonly (readonly [RegExp, string])[] = [
  [/\b(vpc|vsw|sgr|sg|i|eni|lb|rsp|eip|aeip|vtb|vrt|d|rg)-[a-z0-9]{6,}/g, "<$1>"],
  [/\biZ[a-z0-9]{6,}Z\b/g, "<host>"],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z/g, "<time>"],
  [/\b([0-9a-f]{2}:){5}[0-9a-f]{2}\b/g, "<mac>"],
  [/\b\d+\.\d+\.\d+\.\d+\b(?!\/)/g, "<ip>"],
];

/** Numbers that are made of ids or of the time. */
const NUMBERS = ["create_time_stamp", "ali_uid", "bid"];

function evened(value: unknown, name: string): unknown {
  if (typeof value === "string") return CHANGING.reduce((text, [what, by]) => text.replace(what, by), value);
  if (typeof value === "number" && NUMBERS.includes(name)) return "<number>";
  if (Array.isArray(value)) return value.map((one: unknown) => evened(one, name)).sort(byText);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, one]) => [key, evened(one, key)]),
  );
}

const byText = (one: unknown, other: unknown): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

/** A state without what differs from run to run: address to attributes. Lists are sorted, sets have no order. */
export function comparableState(file: StateFile): Readonly<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const { mode, type, name, instances } of file.resources) {
    for (const { index_key: key, schema_version: version, attributes } of instances) {
      const address = `${mode === "data" ? "data." : ""}${type}.${name}${key === undefined ? "" : `[${key}]`}`;
      // The id of a look-up is a check sum of what it found.
      const { id, ...others } = attributes;
      found[address] = { version, ...(evened(mode === "data" ? others : { id, ...others }, "") as object) };
    }
  }
  return found;
}

/** What an import plan says of the resources as they are, the same way. */
export function comparableImports(
  changes: readonly {
    readonly address: string;
    readonly change: { readonly actions: readonly string[]; readonly before: unknown };
  }[],
): Readonly<Record<string, unknown>> {
  const managed = changes.filter(({ address }) => address.startsWith("alicloud_"));
  return Object.fromEntries(
    managed.map(({ address, change }) => [address, { actions: change.actions, before: evened(change.before, "") }]),
  );
}
