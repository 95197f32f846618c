import { toBool, toNumber, toText } from "../primitive";
import { bool, ERROR, list, type Value, text, union, unknown } from "../value";
import type { Argument, Call } from "./function";
import { replaced } from "./patterns";

/** Functions that make texts. They are computed where all is known, and unknown where anything is not. */
export const TEXTS: Readonly<Record<string, Call>> = {
  tostring: ([of]) => orFails(of!, toText(of!)),
  tonumber: ([of]) => orFails(of!, toNumber(of!)),
  tobool: ([of]) => orFails(of!, toBool(of!)),

  split: (args, at) =>
    known(args, "split", at, ([by, from]) => list((by === "" ? [...from!] : from!.split(by!)).map(text)), "list"),
  replace: (args, at) =>
    known(args, "replace", at, ([from, what, by]) => {
      // A pattern between slashes is a regular expression of Go's.
      if (what!.length > 1 && what!.startsWith("/") && what!.endsWith("/")) {
        const found = replaced(from!, what!.slice(1, -1), by!);
        return found === undefined ? made("replace", at) : text(found);
      }
      // An empty text is found between all characters, and at both ends.
      if (what === "") return text([by!, ...[...from!].flatMap((one) => [one, by!])].join(""));
      return text(from!.split(what!).join(by!));
    }),
  lower: (args, at) =>
    known(args, "lower", at, ([of]) => (ASCII.test(of!) ? text(of!.toLowerCase()) : made("lower", at))),
  upper: (args, at) =>
    known(args, "upper", at, ([of]) => (ASCII.test(of!) ? text(of!.toUpperCase()) : made("upper", at))),
  trimprefix: (args, at) =>
    known(args, "trimprefix", at, ([of, by]) => text(of!.startsWith(by!) ? of!.slice(by!.length) : of!)),
  trimsuffix: (args, at) =>
    known(args, "trimsuffix", at, ([of, by]) =>
      text(by !== "" && of!.endsWith(by!) ? of!.slice(0, of!.length - by!.length) : of!),
    ),
  chomp: (args, at) => known(args, "chomp", at, ([of]) => text(of!.replace(/[\r\n]+$/, ""))),
  trimspace: (args, at) =>
    known(args, "trimspace", at, ([of]) =>
      ASCII.test(of!) ? text(of!.replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, "")) : made("trimspace", at),
    ),
  trim: (args, at) =>
    known(args, "trim", at, ([of, cut]) => {
      let [start, end] = [0, of!.length];
      if (!ASCII.test(of!) || !ASCII.test(cut!)) return made("trim", at);
      while (start < end && cut!.includes(of![start]!)) start++;
      while (end > start && cut!.includes(of![end - 1]!)) end--;
      return text(of!.slice(start, end));
    }),
  indent: ([by, of], at) => {
    const spaces = toNumber(by!);
    return known([of!], "indent", at, ([from]) =>
      spaces.kind === "number" && spaces.value >= 0n && spaces.value < 1000n
        ? text(from!.replaceAll("\n", `\n${" ".repeat(Number(spaces.value))}`))
        : made("indent", at),
    );
  },
  title: (args, at) =>
    known(args, "title", at, ([of]) =>
      ASCII.test(of!) ? text(of!.replace(/(?<![0-9A-Za-z_])[a-z]/g, (a) => a.toUpperCase())) : made("title", at),
    ),
  basename: (args, at) =>
    known(args, "basename", at, ([of]) =>
      /^[\w./-]*[\w.-]$/.test(of!) ? text(of!.split("/").pop()!) : made("basename", at),
    ),
  urlencode: (args, at) =>
    known(args, "urlencode", at, ([of]) =>
      ASCII.test(of!)
        ? text(
            encodeURIComponent(of!)
              .replace(/[!'()*]/g, percent)
              .replaceAll("%20", "+"),
          )
        : made("urlencode", at),
    ),
  strrev: (args, at) =>
    known(args, "strrev", at, ([of]) => (SINGLE.test(of!) ? text([...of!].reverse().join("")) : made("strrev", at))),
  startswith: (args, at) => known(args, "startswith", at, ([of, by]) => bool(of!.startsWith(by!)), "bool"),
  endswith: (args, at) => known(args, "endswith", at, ([of, by]) => bool(of!.endsWith(by!)), "bool"),
  strcontains: (args, at) => known(args, "strcontains", at, ([of, by]) => bool(of!.includes(by!)), "bool"),

  substr: ([of, from, size], at) => {
    const [start, length] = [toNumber(from!), toNumber(size!)];
    return known([of!], "substr", at, ([whole]) => {
      if (!SINGLE.test(whole!) || start.kind !== "number" || length.kind !== "number" || start.value < 0n)
        return made("substr", at);
      const begin = Number(start.value);
      return text(length.value < 0n ? whole!.slice(begin) : whole!.slice(begin, begin + Number(length.value)));
    });
  },
};

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** ASCII only, so that upper and lower case, order and positions are the same in Go and JavaScript. */
const ASCII = /^[\x00-\x7f]*$/;

/** The same without line ends, of which two may count as one character. */
const SINGLE = /^[\x00-\x09\x0b\x0c\x0e-\x7f]*$/;

/** What a function returns; the elements of a list are left open. */
type Made = "string" | "bool" | "list";

/** A text that a function computes from something unknown: it may be any text. */
export function made(name: string, at: Parameters<Call>[1], type: Made = "string"): Value {
  return unknown(`is computed by ${name} from what is known only after apply, so it may be any text`, at, {
    type: type === "list" ? undefined : type,
    fix: "Use the id of the load balancer itself: alicloud_slb_load_balancer.NAME.id, or one(alicloud_slb_load_balancer.NAME[*].id) with count.",
  });
}

export function known(
  args: readonly Value[],
  name: string,
  at: Parameters<Call>[1],
  compute: (texts: readonly string[]) => Value,
  type: Made = "string",
): Value {
  const texts: string[] = [];
  for (const arg of args) {
    const one = toText(arg);
    const told = one.kind === "string" ? one.value : one.kind === "ref" ? one.known() : undefined;
    if (told !== undefined) texts.push(told);
    else if (one.kind === "error" || one.kind === "null") return ERROR;
    else return made(name, at, type);
  }
  return compute(texts);
}

/**
 * What is read from one text, or computed from it.
 * @param open the result for a text that is not known
 */
export function ofText(of: Value, open: Value, read: (written: string) => Value): Value {
  const one = toText(of);
  if (one.kind === "error" || one.kind === "null") return ERROR;
  return one.kind === "string" ? read(one.value) : open;
}

/** Null of a type that does not convert is refused. */
function orFails(of: Argument, made: Value): Value {
  return of.kind === "null" && of.type === undefined ? union([made, ERROR]) : made;
}
