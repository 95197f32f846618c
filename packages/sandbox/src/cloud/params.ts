import type { Params } from "./contract";
import { invalid, missing } from "./errors";

/** Reads parameters as the real cloud does: everything is text, an empty text counts as not given. */
export class ParamReader {
  public constructor(private readonly params: Params) {}

  /** The text of a parameter; undefined when absent or empty. */
  public text(name: string): string | undefined {
    const value = this.params[name];
    return value === undefined || value === "" ? undefined : value;
  }

  /** As it came, `""` included; undefined when absent. For attributes that can be set back to empty. */
  public raw(name: string): string | undefined {
    return this.params[name];
  }

  /** @throws CloudError `MissingParameter` */
  public need(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw missing(name);
    return value;
  }

  /** A whole number. @throws CloudError `InvalidParameter` */
  public int(
    name: string,
    range: { readonly min?: number; readonly max?: number; readonly code?: string } = {},
  ): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = range;
    if (!/^-?\d+$/.test(text) || value < min || value > max)
      throw invalid(name, `expected a whole number from ${min} to ${max}, got "${text}".`, range.code);
    return value;
  }

  public needInt(
    name: string,
    range: { readonly min?: number; readonly max?: number; readonly code?: string } = {},
  ): number {
    const value = this.int(name, range);
    if (value === undefined) throw missing(name);
    return value;
  }

  /** `true` or `false`, in any case. @throws CloudError `InvalidParameter` */
  public flag(name: string): boolean | undefined {
    const text = this.text(name)?.toLowerCase();
    if (text === undefined) return undefined;
    if (text !== "true" && text !== "false") throw invalid(name, `expected true or false, got "${text}".`);
    return text === "true";
  }

  /** One of some words. @throws CloudError with `code` */
  public oneOf<T extends string>(name: string, words: readonly T[], code?: string): T | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (!(words as readonly string[]).includes(text))
      throw invalid(name, `expected one of ${words.join(", ")}, got "${text}".`, code);
    return text as T;
  }

  /** `Name.1`, `Name.2`, … in order, without the empty ones. */
  public list(name: string): string[] {
    return this.indices(name)
      .map((index) => this.params[`${name}.${index}`] ?? "")
      .filter((value) => value !== "");
  }

  /** `Name.1.Key`, … as one object per index, in order. Deeper names stay flat: `Name.1.Sub.2` gives `Sub.2`. */
  public structs(name: string): Record<string, string>[] {
    const found = new Map<number, Record<string, string>>();
    const prefix = `${name}.`;
    for (const [key, value] of Object.entries(this.params)) {
      if (!key.startsWith(prefix)) continue;
      const rest = key.slice(prefix.length);
      const dot = rest.indexOf(".");
      const index = Number(rest.slice(0, dot));
      if (dot <= 0 || !Number.isInteger(index)) continue;
      const struct = found.get(index) ?? {};
      struct[rest.slice(dot + 1)] = value;
      found.set(index, struct);
    }
    return [...found].sort(([a], [b]) => a - b).map(([, struct]) => struct);
  }

  /** A parameter that holds a JSON list of texts, e.g. `InstanceIds`. @throws CloudError `InvalidParameter` */
  public jsonList(name: string): string[] | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    try {
      const parsed: unknown = JSON.parse(text);
      if (Array.isArray(parsed)) return parsed.map(String);
    } catch {
      // The error below says what was expected.
    }
    throw invalid(name, `expected a JSON list, got "${text}".`);
  }

  /** Key and value pairs of `Tag.N.Key` and `Tag.N.Value`. @throws CloudError `MissingParameter.TagKey` */
  public tags(name = "Tag"): Record<string, string> {
    const tags: Record<string, string> = {};
    for (const struct of this.structs(name)) {
      const key = struct["Key"] ?? struct["key"] ?? "";
      if (key === "") throw missing(`${name}.N.Key`);
      tags[key] = struct["Value"] ?? struct["value"] ?? "";
    }
    return tags;
  }

  private indices(name: string): number[] {
    const prefix = `${name}.`;
    return Object.keys(this.params)
      .filter((key) => key.startsWith(prefix) && /^\d+$/.test(key.slice(prefix.length)))
      .map((key) => Number(key.slice(prefix.length)))
      .sort((a, b) => a - b);
  }
}
