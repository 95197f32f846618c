import type * as Yaml from "yaml";
import { bool, ERROR, list, map, number, text, unknown, type Value } from "../value";
import type { Call } from "./function";
import { ofText } from "./texts";

/** Functions that read texts of a form that has variants: what every variant reads alike, and else unknown. */
export const DECODERS: Readonly<Record<string, Call>> = {
  csvdecode: ([of], at) =>
    ofText(of!, untold("csvdecode", at), (written) => {
      if (/["\r]/.test(written)) return untold("csvdecode", at);
      const [header, ...rows] = written
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => line.split(","));
      if (header === undefined) return ERROR;
      if (new Set(header).size < header.length || rows.some((row) => row.length !== header.length)) return ERROR;
      return list(rows.map((row) => map(header.map((name, i) => [name, text(row[i]!)] as const))));
    }),

  yamldecode: ([of], at) =>
    ofText(of!, untold("yamldecode", at), (written) => {
      const { isMap, isScalar, isSeq, parseAllDocuments } = require("yaml") as typeof Yaml;
      const documents = parseAllDocuments(written, { logLevel: "silent", strict: true, uniqueKeys: true });
      const [only, ...others] = "empty" in documents ? [] : documents;
      if (only === undefined || others.length > 0 || only.errors.length + only.warnings.length > 0)
        return untold("yamldecode", at);
      const read = (node: unknown): Value | undefined => {
        if (isScalar(node)) return node.anchor === undefined && node.tag === undefined ? scalar(node) : undefined;
        if (isSeq(node) && node.anchor === undefined && node.tag === undefined)
          return whole(node.items.map(read), list);
        if (!isMap(node) || node.anchor !== undefined || node.tag !== undefined) return undefined;
        const keys = node.items.map(({ key }) => read(key));
        if (!keys.every((key) => key?.kind === "string")) return undefined;
        return whole(
          node.items.map(({ value }) => read(value)),
          (items) => map(items.map((item, i) => [(keys[i] as { readonly value: string }).value, item] as const)),
        );
      };
      return read(only.contents) ?? untold("yamldecode", at);
    }),
};

/** Plain words that some version of YAML takes for something else than a text. */
const RESERVED = /^(?:y|yes|n|no|on|off|true|false|null|nan|inf)$/i;

function scalar({ type, source }: Yaml.Scalar): Value | undefined {
  if (source === undefined || !/^[\x20-\x7e]*$/.test(source)) return undefined;
  if (type === "QUOTE_SINGLE") return text(source);
  if (type === "QUOTE_DOUBLE") return source.includes("\\") ? undefined : text(source);
  if (type !== "PLAIN") return undefined;
  if (source === "true" || source === "false") return bool(source === "true");
  if (/^(?:0|-?[1-9][0-9]{0,14})$/.test(source)) return number(BigInt(source));
  return /^[A-Za-z][A-Za-z0-9_ ./-]*$/.test(source) && !RESERVED.test(source) ? text(source) : undefined;
}

function whole(items: readonly (Value | undefined)[], make: (items: readonly Value[]) => Value): Value | undefined {
  return items.every((item) => item !== undefined) ? make(items) : undefined;
}

function untold(name: string, at: Parameters<Call>[1]): Value {
  return unknown(`is read by ${name}, which the gate does for plain known texts only`, at);
}
