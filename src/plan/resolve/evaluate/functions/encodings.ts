import { createHash } from "node:crypto";
import { defined } from "../../../../core/defined";
import { elements } from "../collect";
import { sortedKeys } from "../order";
import { bool, ERROR, isSurelyGiven, list, map, nullOf, number, text, union, unknown, type Value } from "../value";
import type { Call } from "./function";
import { ofText } from "./texts";

/** Functions that write values as texts of another form, or read them. A value that is unknown in part is not computed. */
export const ENCODINGS: Readonly<Record<string, Call>> = {
  jsonencode: ([of], at) => {
    const written = jsonOf(of!);
    return written === undefined ? encoded("jsonencode", of!, at) : text(written);
  },
  jsondecode: ([of], at) =>
    inside(of!, "jsonencode") ??
    ofText(of!, untold("jsondecode", at), (written) => {
      // What JavaScript reads otherwise than Go: long numbers, fractions, and a name that stands twice.
      if (/[0-9][.eE]|-0|[0-9]{16}|\\u/.test(written)) return untold("jsondecode", at);
      let parsed: unknown;
      try {
        parsed = JSON.parse(written);
      } catch {
        return ERROR;
      }
      const names = (written.match(/"\s*:/g) ?? []).length;
      return names === countNames(parsed) ? decoded(parsed) : untold("jsondecode", at);
    }),
  base64encode: ([of], at) =>
    of!.kind === "ref" && of!.known() === undefined && isSurelyGiven(of!)
      ? encoded("base64encode", of!, at)
      : ofText(of!, untold("base64encode", at), (written) => text(Buffer.from(written).toString("base64"))),
  base64decode: ([of], at) =>
    inside(of!, "base64encode") ??
    ofText(of!, untold("base64decode", at), (written) => {
      const bytes = Buffer.from(written, "base64");
      if (bytes.toString("base64") !== written) return untold("base64decode", at);
      const plain = bytes.toString("latin1");
      return ASCII.test(plain) ? text(plain) : untold("base64decode", at);
    }),
  md5: hashed("md5", "hex"),
  sha1: hashed("sha1", "hex"),
  sha256: hashed("sha256", "hex"),
  sha512: hashed("sha512", "hex"),
  base64sha256: hashed("sha256", "base64"),
  base64sha512: hashed("sha512", "base64"),
};

const ASCII = /^[\x00-\x7f]*$/;

function hashed(algorithm: string, form: "hex" | "base64"): Call {
  return ([of], at) =>
    ofText(of!, untold(algorithm, at), (written) => text(createHash(algorithm).update(written).digest(form)));
}

/** What a text was made of that is not known: decoded again, it is that. */
const sources = new WeakMap<Value, { readonly by: string; readonly source: Value }>();

function encoded(by: string, source: Value, at: Parameters<Call>[1]): Value {
  const made = untold(by, at, "string");
  const plain = by === "jsonencode" ? asJson(source) : source;
  if (plain !== undefined) sources.set(made, { by, source: plain });
  return made;
}

/** True for a text that is there for sure, although it is not known. */
export function isEncoded(one: Value): boolean {
  return sources.has(one);
}

function inside(of: Value, by: string): Value | undefined {
  const found = sources.get(of);
  return found?.by === by ? found.source : undefined;
}

/** What is left of a value when it has been written as JSON; undefined where that is not known. */
function asJson(value: Value): Value | undefined {
  switch (value.kind) {
    case "string":
    case "number":
    case "bool":
    case "ref":
      return value;
    case "null":
      return nullOf("any");
    case "list": {
      const items = value.items.map(asJson);
      return items.every((item) => item !== undefined) ? list(items) : undefined;
    }
    case "map": {
      const entries = [...value.entries].map(([name, one]) => [name, asJson(one)] as const);
      return entries.every((entry): entry is readonly [string, Value] => entry[1] !== undefined)
        ? map(entries)
        : undefined;
    }
    case "union": {
      const options = value.options.map(asJson);
      return options.every((one) => one !== undefined) ? union(options) : undefined;
    }
    default:
      return undefined;
  }
}

function untold(name: string, at: Parameters<Call>[1], type?: "string"): Value {
  return unknown(`is computed by ${name}, which the gate does for plain known values only`, at, defined({ type }));
}

/** Undefined for what is not known, or what Terraform may write in another way. */
function jsonOf(value: Value): string | undefined {
  switch (value.kind) {
    case "null":
      return "null";
    case "bool":
    case "number":
      return String(value.value);
    case "string":
      return /^[\x20-\x7e]*$/.test(value.value) && !/[<>&]/.test(value.value) ? JSON.stringify(value.value) : undefined;
    case "list": {
      const all = elements(value);
      const items = all?.known === true ? all.items.map(jsonOf) : [undefined];
      return items.includes(undefined) ? undefined : `[${items.join(",")}]`;
    }
    case "map": {
      const members = sortedKeys(value.entries).map((key) => {
        const [name, item] = [jsonOf(text(key)), jsonOf(value.entries.get(key)!)];
        return name === undefined || item === undefined ? undefined : `${name}:${item}`;
      });
      return members.includes(undefined) ? undefined : `{${members.join(",")}}`;
    }
    default:
      return undefined;
  }
}

function countNames(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inside = Object.values(value).reduce((total: number, one) => total + countNames(one), 0);
  return Array.isArray(value) ? inside : inside + Object.keys(value).length;
}

function decoded(value: unknown): Value {
  if (value === null) return nullOf("any");
  if (typeof value === "string") return text(value);
  if (typeof value === "boolean") return bool(value);
  if (typeof value === "number") return number(BigInt(value));
  if (Array.isArray(value)) return list(value.map(decoded));
  return map(Object.entries(value as object).map(([name, one]) => [name, decoded(one)] as const));
}
