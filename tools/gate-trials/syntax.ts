import type { Block } from "./block";

export function nativeOf(block: Block): string {
  const { head, attributes, inner = [] } = block;
  const [keyword, ...labels] = head;
  const body = Object.entries(attributes).map(([name, text]) => `  ${name} = ${text}\n`);
  return `${keyword!}${labels.map((label) => ` "${label}"`).join("")} {\n${body.join("")}${inner.map(nativeOf).join("")}}\n`;
}

/** Each expression as a template, as CDKTF writes them; what terraform reads as a keyword stays one. */
export function jsonOf(block: Block): unknown {
  const { head, attributes, inner = [] } = block;
  const [keyword] = head;
  const body: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(attributes)) body[name] = valueOf(keyword!, name, text);
  for (const one of inner) Object.assign(body, jsonOf(one));
  return head.reduceRight<unknown>((value, label) => ({ [label]: value }), body);
}

const BARE = new Set(["type", "source", "from", "to", "provider"]);
const LISTS = new Set(["depends_on", "ignore_changes"]);

function valueOf(keyword: string, name: string, text: string): unknown {
  if (BARE.has(name)) return text.startsWith('"') ? JSON.parse(text) : text;
  if (LISTS.has(name)) return text.slice(1, -1).split(", ");
  if (name === "providers")
    return Object.fromEntries(
      text
        .slice(2, -2)
        .split(", ")
        .map((one) => one.split(" = ")),
    );
  if (keyword === "lifecycle") return JSON.parse(text);
  if (keyword === "variable" && name === "default") return DEFAULTS[text] ?? JSON.parse(text);
  return /^"[^"$%\\]*"$/.test(text) ? JSON.parse(text) : `\${${text}}`;
}

const DEFAULTS: Readonly<Record<string, unknown>> = { '{ team = "net" }': { team: "net" } };
