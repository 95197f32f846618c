import type { ErrorObject } from "ajv";
import { isScalar } from "yaml";
import type { Document, LineCounter } from "yaml";
import { expected } from "../errors";
import { nearest } from "./nearest";

/** Where a value is in the file. */
interface Place {
  readonly path: readonly string[];
  readonly key: string;
}

/** Says in one sentence what is wrong, and where. */
export function describe(error: ErrorObject, file: string, document: Document, lines: LineCounter): string {
  const path = error.instancePath.split("/").slice(1).map(unescape);
  const name = path.join(".") || "the file";
  switch (error.keyword) {
    case "additionalProperties": {
      const key = String((error.params as { additionalProperty: string }).additionalProperty);
      const known = Object.keys((error.parentSchema as { properties?: object } | undefined)?.properties ?? {});
      const meant = nearest(key, known);
      return expected({
        what: path.length === 0 ? "every setting" : `every setting of ${name}`,
        rule: `one of ${known.join(", ")}`,
        got: key,
        at: where({ path, key }, file, document, lines),
        fix: meant === undefined ? "remove it." : `did you mean \`${meant}\`?`,
      });
    }
    case "required": {
      const key = (error.params as { missingProperty: string }).missingProperty;
      return expected({
        what: [...path, key].join("."),
        rule: "set",
        got: "nothing",
        at: where({ path, key: "" }, file, document, lines),
        fix: `add \`${key}:\`.`,
      });
    }
    default: {
      const allowed = allowedValues(error);
      const meant = allowed === undefined ? undefined : nearest(String(error.data), allowed.map(String));
      return expected({
        what: name,
        rule: ruleOf(error),
        got: error.data,
        at: where({ path, key: "" }, file, document, lines),
        fix: meant === undefined ? "change the value." : `did you mean \`${meant}\`?`,
      });
    }
  }
}

/** The words that are allowed, alone or as one form of several. */
function allowedValues({ params, parentSchema }: ErrorObject): readonly unknown[] | undefined {
  const { allowedValues: words } = params as { allowedValues?: readonly unknown[] };
  const { anyOf: forms } = (parentSchema ?? {}) as { anyOf?: readonly { enum?: readonly unknown[] }[] };
  return words ?? forms?.flatMap((form) => form.enum ?? []);
}

function ruleOf(error: ErrorObject): string {
  const schema = error.parentSchema as {
    minimum?: number;
    maximum?: number;
    patternRule?: string;
    choiceRule?: string;
  };
  switch (error.keyword) {
    case "enum": {
      const allowed = (error.params as { allowedValues: readonly unknown[] }).allowedValues;
      return allowed.length === 1 ? String(allowed[0]) : `one of ${allowed.join(", ")}`;
    }
    case "minimum":
    case "maximum":
      return `a whole number from ${schema.minimum} to ${schema.maximum}`;
    case "type":
      return (error.params as { type: string }).type === "integer"
        ? "a whole number"
        : `a value of type ${(error.params as { type: string }).type}`;
    case "pattern":
      return schema.patternRule ?? `text that matches ${(error.params as { pattern: string }).pattern}`;
    case "anyOf":
      return schema.choiceRule ?? "one of the forms there are";
    case "maxLength":
      return `at most ${(error.params as { limit: number }).limit} characters`;
    case "minLength":
      return "not empty";
    default:
      return error.message ?? error.keyword;
  }
}

function where(place: Place, file: string, document: Document, lines: LineCounter): string {
  const offset = place.key === "" ? offsetOfValue(place.path, document) : offsetOfKey(place, document);
  if (offset === undefined) return file;
  const { line, col } = lines.linePos(offset);
  return `${file}:${line}:${col}`;
}

function offsetOfValue(path: readonly string[], document: Document): number | undefined {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  return (node as { range?: readonly number[] } | null | undefined)?.range?.[0];
}

function offsetOfKey({ path, key }: Place, document: Document): number | undefined {
  const parent = path.length === 0 ? document.contents : document.getIn(path, true);
  const items = (parent as { items?: readonly { key: unknown }[] } | null)?.items ?? [];
  const found = items.find((item) => isScalar(item.key) && String(item.key.value) === key)?.key;
  return isScalar(found) ? found.range?.[0] : undefined;
}

function unescape(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}
