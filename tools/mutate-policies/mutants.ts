import { readFileSync } from "node:fs";
import { join } from "node:path";
import { opa } from "../policies/opa";

/** A policy with one condition less, or with one body of a rule that never holds. */
export interface Mutant {
  /** Path of the file, relative to the policies. */
  readonly file: string;
  readonly row: number;
  /** What is different, the same as long as the rule is: `from_source#3 without source.what == "resource"`. */
  readonly change: string;
  /** The file's text with the change. */
  readonly text: string;
}

/** What `opa parse` says of an expression or a rule, as far as it is read here. */
interface Node {
  readonly location: { readonly row: number; readonly col: number; readonly text: string };
  /** True for a body that is not written. */
  readonly generated?: boolean;
}
interface Rule extends Node {
  readonly default?: boolean;
  readonly head: { readonly ref: readonly { readonly value: unknown }[] };
  readonly body: readonly Node[];
  readonly else?: Rule;
}

interface Edit {
  readonly at: number;
  readonly what: string;
  /** The characters `from` to `to` give way to this. */
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

/** Every condition of every body taken away, and every body made one that never holds, one at a time. */
export function mutantsOf(policies: string, file: string): Mutant[] {
  const source = readFileSync(join(policies, file), "utf8");
  const parsed = JSON.parse(opa(["parse", "-f", "json", "--json-include", "locations", file], policies)) as {
    rules?: readonly Rule[];
  };
  const named = new Map<string, number>();
  const taken = new Map<string, number>();
  return (parsed.rules ?? []).flatMap(bodiesOf).flatMap(({ name, bodies }) => {
    const n = count(named, name);
    return bodies(source).map(({ at, what, from, to, by }) => {
      const change = `${name}#${String(n)} ${what}`;
      const again = count(taken, change);
      return {
        file,
        row: source.slice(0, at).split("\n").length,
        change: again === 1 ? change : `${change} (${String(again)})`,
        text: source.slice(0, from) + by + source.slice(to),
      };
    });
  });
}

interface Body {
  readonly name: string;
  readonly bodies: (source: string) => Edit[];
}

/** A rule and each `else` of it, each with the edits of its own. */
function bodiesOf(rule: Rule): Body[] {
  const name = rule.head.ref.map(({ value }) => (typeof value === "string" ? value : "_")).join(".");
  const chain = [rule];
  for (let last = rule; last.else !== undefined; last = last.else) chain.push(last.else);
  return chain.map((one) => ({
    name,
    bodies: (source) => [
      ...never(source, one),
      ...conditionsOf({ ...one, else: undefined }).map((condition) => without(source, condition)),
    ],
  }));
}

function without(source: string, condition: Node): Edit {
  const [at, to] = extent(source, condition);
  const text = source.slice(at, to).replace(/\s+/g, " ");
  // What comes before is needed where it is the only condition; `true` is none.
  return { at, what: `without ${text}`, from: at, to, by: "true" };
}

function never(source: string, rule: Rule): Edit[] {
  const [at, to] = extent(source, rule);
  const [first] = rule.body;
  if (rule.default) {
    const end = source.indexOf("\n", at);
    return [{ at, what: "without its default", from: at, to: end, by: "" }];
  }
  if (first === undefined || first.generated) {
    // A constant is no condition; one of several definitions is.
    if (!isAlternative(source, rule, at)) return [];
    const end = source.slice(at, to).includes("\n") ? to : source.indexOf("\n", at);
    return [{ at, what: "never", from: end, to: end, by: " if false" }];
  }
  const [from, until] = extent(source, first);
  if (/\{\s*(#[^\n]*\n\s*)*$/.test(source.slice(at, from)))
    return [{ at, what: "never", from, to: from, by: "false; " }];
  return [{ at, what: "never", from, to: until, by: `{ false; ${source.slice(from, until)} }` }];
}

/** `else := x`, or a function that is given for one argument only: `f(null)`. */
function isAlternative(source: string, rule: Rule, at: number): boolean {
  return source.startsWith("else", at) || (rule.head as { args?: unknown }).args !== undefined;
}

/** The written conditions of all bodies in a part of the syntax tree, those of comprehensions and `every` included. */
function conditionsOf(node: unknown): Node[] {
  if (Array.isArray(node)) return node.flatMap(conditionsOf);
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => [
    ...(key === "body" && Array.isArray(value) ? (value as Node[]).filter((one) => !one.generated) : []),
    ...conditionsOf(value),
  ]);
}

/** Where a node's text begins and ends in the source. */
function extent(source: string, { location: { row, col, text } }: Node): [number, number] {
  let start = 0;
  for (let line = 1; line < row; line++) start = source.indexOf("\n", start) + 1;
  const at = start + col - 1;
  const written = Buffer.from(text, "base64").toString("utf8");
  if (!source.startsWith(written, at)) {
    throw new Error(`Expected the policy to hold \`${written}\` in line ${String(row)}, but it does not.`);
  }
  return [at, at + written.length];
}

function count(of: Map<string, number>, key: string): number {
  const n = (of.get(key) ?? 0) + 1;
  of.set(key, n);
  return n;
}
