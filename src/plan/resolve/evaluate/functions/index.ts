import type { Place } from "../../../source/hcl/ast";
import { strict } from "../strict";
import { firstOf, isKnown, unknownIn } from "../unknown-in";
import { ERROR, optionsOf, union, type Unknown, unknown, type Value } from "../value";
import type { Argument, Call } from "./function";
import { LISTS } from "./lists";
import { DECODERS } from "./decoders";
import { ENCODINGS, isEncoded } from "./encodings";
import { JOINED } from "./joined";
import { NUMBERS } from "./numbers";
import { PATTERNS } from "./patterns";
import { SELECTING } from "./select";
import { SETS } from "./sets";
import { TEXTS } from "./texts";

/** The functions that are modelled, except `try` and `can`, which depend on what fails. Any other gives an unknown value. */
const FUNCTIONS: ReadonlyMap<string, Call> = new Map(
  [SELECTING, LISTS, SETS, TEXTS, JOINED, PATTERNS, ENCODINGS, DECODERS, NUMBERS].flatMap((one) => Object.entries(one)),
);

/** Alternatives that are gone through one by one; a call with more of them gives an unknown value. */
const MOST_ALTERNATIVES = 20_000;

/** Numbers of arguments: the least and the most. A call with another number does not get past terraform's validation. */
const ARITY: Readonly<Record<string, readonly [number, number]>> = {
  element: [2, 2],
  lookup: [2, 3],
  zipmap: [2, 2],
  matchkeys: [3, 3],
  slice: [3, 3],
  chunklist: [2, 2],
  contains: [2, 2],
  index: [2, 2],
  split: [2, 2],
  indent: [2, 2],
  replace: [3, 3],
  substr: [3, 3],
  trim: [2, 2],
  trimprefix: [2, 2],
  trimsuffix: [2, 2],
  startswith: [2, 2],
  endswith: [2, 2],
  strcontains: [2, 2],
  setsubtract: [2, 2],
  range: [1, 3],
  pow: [2, 2],
  parseint: [2, 2],
  setproduct: [2, Infinity],
  regex: [2, 2],
  regexall: [2, 2],
};

const ANY_NUMBER: readonly [number, number] = [0, Infinity];
const ONE_OR_MORE: readonly [number, number] = [1, Infinity];
const VARIADIC = new Set([
  "concat",
  "merge",
  "coalesce",
  "coalescelist",
  "setunion",
  "setintersection",
  "max",
  "min",
  "join",
  "format",
  "formatlist",
]);

/** Calls a function by its name, for each alternative of its arguments. */
export function callFunction(name: string, args: readonly Value[], at: Place): Value {
  const plain = name.startsWith("core::") ? name.slice(6) : name;
  const call = FUNCTIONS.get(plain);
  if (call === undefined) return orFails(notModelled(name, plain, args, at));
  const [least, most] = ARITY[plain] ?? (plain === "merge" ? ANY_NUMBER : VARIADIC.has(plain) ? ONE_OR_MORE : [1, 1]);
  if (args.length < least || args.length > most) return ERROR;
  const made = strict(args, (given) => alternatives(given, at, (one) => call(one, at)));
  return optionsOf(made).some((one) => one.kind === "unknown" && !isEncoded(one))
    ? orFails(explained(plain, made, args))
    : made;
}

/** Functions that read files. They may change before the apply, in which Terraform reads them again. */
const FILES =
  /^(?:file|fileexists|fileset|templatefile|file(?:base64|md5|sha1|sha256|sha512|base64sha256|base64sha512))$/;

function notModelled(name: string, plain: string, args: readonly Value[], at: Place): Unknown {
  if (FILES.test(plain)) {
    const fix = "Write the value into the configuration or pass it as a variable: the gate reads no files.";
    return unknown(`calls ${name}, and the gate reads no files`, at, { fix });
  }
  const fix = "Refer to the value itself, without this function.";
  const made = unknown(`calls ${name}, which the gate does not evaluate`, at, { fix });
  return blamed(made, args) ?? made;
}

/** What cannot be determined says why: since an argument cannot, or since the function is not modelled for such arguments. */
function explained(name: string, made: Value, args: readonly Value[]): Value {
  const options = optionsOf(made).map((one) => {
    // A limit that was met is the reason itself.
    if (one.kind !== "unknown" || one.limit) return one;
    const why = `is computed by ${name} in a way that the gate does not evaluate`;
    return blamed(one, args) ?? (args.every(isKnown) ? { ...one, why } : one);
  });
  return options.length === 1 ? options[0]! : { kind: "union", options };
}

/** The same, for the reason that an argument has. */
function blamed(made: Unknown, args: readonly Value[]): Unknown | undefined {
  const cause = firstOf(args, unknownIn);
  if (cause?.hidden !== false) return undefined;
  return { ...made, why: cause.why, at: cause.at ?? made.at, fix: cause.fix ?? made.fix };
}

/** A call whose value is not known may as well fail. */
function orFails(value: Value): Value {
  return optionsOf(value).some(({ kind }) => kind === "unknown") ? union([value, ERROR]) : value;
}

/** Applies to each combination of what the arguments may be. */
export function alternatives(args: readonly Value[], at: Place, make: (args: readonly Argument[]) => Value): Value {
  if (!args.some((arg) => arg.kind === "union")) return make(args as readonly Argument[]);
  const options = args.map(optionsOf);
  if (options.reduce((product, one) => product * one.length, 1) > MOST_ALTERNATIVES)
    return unknown(`has more than ${String(MOST_ALTERNATIVES)} alternatives`, at, { limit: true });
  let rows: Argument[][] = [[]];
  for (const one of options) rows = rows.flatMap((row) => one.map((value) => [...row, value as Argument]));
  return union(rows.map(make));
}
