import { elements } from "../collect";
import { toNumber, toText } from "../primitive";
import { strict } from "../strict";
import { ERROR, isSurelyGiven, list, text, union, type Value } from "../value";
import type { Argument, Call } from "./function";
import { known, made } from "./texts";

/** Functions that put texts together: computed where all are known. An id that is not known yet works without them. */
export const JOINED: Readonly<Record<string, Call>> = {
  join: ([separator, ...lists], at) => {
    const items: Value[] = [];
    for (const one of lists) {
      const all = elements(one);
      if (all?.known !== true) return made("join", at);
      items.push(...all.items);
    }
    return known([separator!, ...items], "join", at, ([by, ...parts]) => text(parts.join(by)));
  },

  format: ([pattern, ...args], at) => known([pattern!], "format", at, ([form]) => formatted(form!, args, at)),

  formatlist: ([pattern, ...args], at) =>
    known(
      [pattern!],
      "formatlist",
      at,
      ([form]) => {
        const lists = args.map((arg) => elements(arg));
        const sizes = new Set<number>();
        for (const [i, one] of lists.entries()) {
          if (one?.known === true) sizes.add(one.items.length);
          else if (one !== undefined || !["string", "number", "bool", "ref"].includes(args[i]!.kind))
            return made("formatlist", at, "list");
        }
        if (sizes.size > 1) return ERROR;
        const [size] = sizes;
        if (size === undefined) return made("formatlist", at, "list");
        const rows = Array.from({ length: size }, (_, row) =>
          formatted(
            form!,
            args.map((arg, i) => {
              const one = lists[i];
              return one?.known === true ? one.items[row]! : arg;
            }),
            at,
          ),
        );
        return strict(rows, (items) => list(items));
      },
      "list",
    ),
};

const VERB = /^%(?:s|(?:0[1-9])?d)$/;

/** `%s` and `%d` of texts and whole numbers; Terraform's other verbs have rules of their own. */
function formatted(form: string, args: readonly Value[], at: Parameters<Call>[1]): Value {
  const parts: Value[] = [];
  let used = 0;
  for (const piece of form.split(/(%s|%(?:0[1-9])?d|%%)/)) {
    if (piece === "%%") parts.push(text("%"));
    else if (VERB.test(piece)) {
      const arg = args[used++];
      if (arg === undefined) return ERROR;
      const shown = piece === "%s" ? toText(arg) : toNumber(arg);
      if (shown.kind === "string" || shown.kind === "number") {
        const digits = String(shown.value);
        const width = piece.length > 2 ? Number(piece[2]) : 0;
        if (width > 0 && digits.startsWith("-")) return made("format", at);
        parts.push(text(digits.padStart(width, "0")));
      } else return made("format", at);
    } else if (piece.includes("%")) return made("format", at);
    else parts.push(text(piece));
  }
  return used === args.length ? together(parts, "format", at) : ERROR;
}

function together(parts: readonly Value[], name: string, at: Parameters<Call>[1]): Value {
  const given = parts.filter((part) => !(part.kind === "string" && part.value === ""));
  if (given.length === 1 && given[0]!.kind === "ref") return filled(given[0]!);
  return known(parts, name, at, (texts) => text(texts.join("")));
}

/** A text that may turn out to be null is refused then. */
function filled(one: Value): Value {
  if (one.kind === "null") return ERROR;
  return one.kind === "ref" && !isSurelyGiven(one) ? union([one, ERROR]) : one;
}

/** What a template gives: its parts one after the other. */
export function templateText(parts: readonly Argument[], at: Parameters<Call>[1]): Value {
  return together(parts, "a template", at);
}
