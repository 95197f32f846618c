import type { JsonObject } from "../json";
import { asObject } from "../json";
import { parseReference } from "./references";
import type { Writer } from "./writer";

const PLAIN_REST = /^(?:\.[A-Za-z_][A-Za-z0-9_]*)*$/;
const INDEXED = /^\$\{([a-z][a-z0-9_]*)\.([A-Za-z0-9_-]+)\[(each\.key|count\.index)\]((?:\.[a-z_]+)?)\}$/;

/** Writes `"name":{expression},…` of the named expressions, commas between. */
export function writeExpressions(writer: Writer, expressions: JsonObject, names: Iterable<string>): void {
  let isFirst = true;
  for (const name of names) {
    if (!Object.hasOwn(expressions, name)) continue;
    if (!isFirst) writer.raw(",");
    isFirst = false;
    writer.member(name);
    writeExpression(writer, expressions[name]);
  }
}

export function writeExpression(writer: Writer, expression: unknown): void {
  const object = asObject(expression);
  const references = object?.references;
  if (object === undefined || !Array.isArray(references) || !references.every((one) => typeof one === "string")) {
    const only = object === undefined ? undefined : Object.keys(object);
    if (only?.length === 1 && only[0] === "constant_value" && typeof object!.constant_value === "string") {
      writer.raw('{"constant_value":');
      writer.json(object!.constant_value);
      return writer.raw("}");
    }
    if (only === undefined || only.some((name) => name !== "constant_value")) writer.exact = false;
    return writer.json(expression);
  }
  writer.raw('{"references":[');
  (references as string[]).forEach((reference, i) => {
    writer.raw(i === 0 ? '"' : ',"');
    writeReference(writer, reference);
    writer.raw('"');
  });
  writer.raw("]");
  for (const [name, value] of Object.entries(object)) {
    if (name === "references") continue;
    writer.raw(",");
    writer.member(name);
    if (name === "constant_value" && typeof value === "string") writeText(writer, value, references as string[]);
    else {
      writer.exact = false;
      writer.json(value);
    }
  }
  writer.raw("}");
}

/** The text of an expression; its names are known where it is one reference and nothing else. */
function writeText(writer: Writer, text: string, references: readonly string[]): void {
  const whole = references.find((reference) => text === `\${${reference}}`);
  const indexed = INDEXED.exec(text);
  writer.raw('"');
  if (whole !== undefined) {
    writer.raw("${");
    writeReference(writer, whole);
    writer.raw("}");
  } else if (indexed !== null) {
    const [, type, name, by, rest] = indexed;
    writer.raw("${");
    writer.string(`${type!}.`);
    writer.token(type!, name!);
    writer.string(`[${by!}]${rest!}}`);
  } else {
    writer.exact = false;
    writer.string(text);
  }
  writer.raw('"');
}

/** Writes a reference inside a JSON string. */
function writeReference(writer: Writer, reference: string): void {
  const parsed = parseReference(reference);
  if (parsed.kind === "resource" && PLAIN_REST.test(parsed.rest)) {
    writer.string(parsed.type);
    writer.raw(".");
    writer.token(parsed.type, parsed.name);
    writer.key(parsed.key);
    writer.string(parsed.rest);
  } else if (parsed.kind === "module" && PLAIN_REST.test(parsed.rest)) {
    writer.raw("module.");
    writer.token("module", parsed.name);
    writer.key(parsed.key);
    if (parsed.output !== "") {
      writer.raw(".");
      writer.string(parsed.output);
    }
    writer.string(parsed.rest);
  } else {
    // Variables, each and count hold no name that is kept apart; what else there is may.
    if (parsed.kind === "resource" || parsed.kind === "module" || parsed.kind === "unknown") writer.exact = false;
    if (parsed.kind === "nowhere" && /^(?:local|data)\./.test(reference)) writer.exact = false;
    writer.string(reference);
  }
}
