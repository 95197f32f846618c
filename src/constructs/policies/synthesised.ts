/** A resource as it is synthesised: references are `${…}`. */
export type Attributes = Readonly<Record<string, unknown>>;
/** The synthesised elements, by type and name. */
export type Elements = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
/** The blocks of the provider alicloud. */
export type Providers = readonly Attributes[];

/** A finding about values that are known when the app synthesises. */
export interface SynthFinding {
  /** Id of the gate's rule. @default the gate has none: the cloud would refuse it */
  readonly rule?: string;
  readonly level: "error" | "warning";
  /** Type and name of the resource it is about. */
  readonly type: string;
  readonly name: string;
  readonly what: string;
  readonly expected: string;
  readonly got: unknown;
  readonly fix: string;
}

/** Whether a value is a text without references. */
export function isKnownText(value: unknown): value is string {
  return typeof value === "string" && !value.includes("${");
}

/** The resource that a value refers to, where the value is only the id of one resource. */
export function referred(value: unknown, types: readonly string[]): { type: string; name: string } | undefined {
  const [, type = "", name = ""] = /^\$\{(\w+)\.([\w-]+)\.id\}$/.exec(String(value)) ?? [];
  return types.includes(type) ? { type, name } : undefined;
}
