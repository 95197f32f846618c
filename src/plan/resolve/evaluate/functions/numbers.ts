import { elements, unorderedElements } from "../collect";
import { each, toNumber } from "../primitive";
import { bool, ERROR, number, type Value, unknown } from "../value";
import type { Argument, Call } from "./function";

/** Functions of whole numbers; what would give or take a fraction is unknown. */
export const NUMBERS: Readonly<Record<string, Call>> = {
  abs: ([of], at) => whole([of!], "abs", at, ([a]) => number(a! < 0n ? -a! : a!)),
  max: (args, at) => whole(args, "max", at, (all) => number(all.reduce((a, b) => (a > b ? a : b)))),
  min: (args, at) => whole(args, "min", at, (all) => number(all.reduce((a, b) => (a < b ? a : b)))),
  ceil: ([of], at) => whole([of!], "ceil", at, ([a]) => number(a!)),
  floor: ([of], at) => whole([of!], "floor", at, ([a]) => number(a!)),
  signum: ([of], at) => whole([of!], "signum", at, ([a]) => number(a! < 0n ? -1n : a! > 0n ? 1n : 0n)),
  pow: (args, at) =>
    whole(args, "pow", at, ([base, power]) =>
      // Terraform computes it in doubles.
      power! >= 0n && power! <= 64n && fits(base! ** power!) ? number(base! ** power!) : tooLarge("pow", at),
    ),
  sum: ([of], at) => {
    const all = elements(of!);
    if (all === undefined) return of!.kind === "unknown" ? unknown(of!.why, of!.at, { type: "number" }) : ERROR;
    const items = unorderedElements(of!);
    if (items === undefined) return unknown("is the sum of what is known only after apply", at, { type: "number" });
    if (!items.every((item) => item.kind === "number")) return unknown("is a sum", at, { type: "number" });
    return items.length === 0 ? ERROR : number(items.reduce((total, item) => total + item.value, 0n));
  },
  parseint: ([of, base], at) => {
    const radix = toNumber(base!);
    if (of!.kind !== "string" || radix.kind !== "number")
      return unknown("is parsed as a number", at, { type: "number" });
    const [by, written] = [Number(radix.value), of!.value];
    if (by < 2 || by > 36) return unknown("is parsed as a number", at, { type: "number" });
    if (!/^-?[0-9a-z]{1,10}$/i.test(written)) return unknown("is parsed as a number", at, { type: "number" });
    const digits = "0123456789abcdefghijklmnopqrstuvwxyz".slice(0, by);
    const isNumber = [...written.toLowerCase().replace("-", "")].every((digit) => digits.includes(digit));
    return isNumber ? number(BigInt(parseInt(written, by))) : ERROR;
  },
};

/** `floor(a / b)` and `ceil(a / b)` of whole numbers, which are evaluated although the quotient is not. */
export function roundedQuotient(name: "floor" | "ceil", left: Value, right: Value, at: Parameters<Call>[1]): Value {
  return each(toNumber(left), (a) =>
    each(toNumber(right), (b) => {
      if (a.kind !== "number" || b.kind !== "number") return calculate("/", a, b, at);
      if (b.value === 0n) return byZero(at);
      if (!fits(a.value) || !fits(b.value)) return tooLarge(name, at);
      const [whole, rest] = [a.value / b.value, a.value % b.value];
      if (rest === 0n) return number(whole);
      // Division of these rounds towards zero.
      const isBelow = a.value < 0n !== b.value < 0n;
      return number(name === "floor" ? (isBelow ? whole - 1n : whole) : isBelow ? whole : whole + 1n);
    }),
  );
}

/** Numbers so small that no digit of them is lost, however Terraform holds them. */
function fits(value: bigint): boolean {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= -BigInt(Number.MAX_SAFE_INTEGER);
}

/** A product or quotient. Terraform has a negative zero, equal to zero and written `-0`, which no whole number here can be. */
function signed(value: bigint, isNegative: boolean, at: Parameters<Call>[1]): Value {
  return value === 0n && isNegative ? unknown("is a negative zero", at, { type: "number" }) : number(value);
}

/** Terraform continues with an infinite number, which no file and no attribute can hold. */
function byZero(at: Parameters<Call>[1]): Value {
  return unknown("is a division by zero", at, { type: "number" });
}

function tooLarge(name: string, at: Parameters<Call>[1]): Value {
  return unknown(`is computed by ${name} of numbers that the gate does not compute with`, at, { type: "number" });
}

/** Arithmetic and comparison of Terraform's operators. */
export function calculate(operator: string, left: Value, right: Value, at: Parameters<Call>[1]): Value {
  return each(toNumber(left), (a) =>
    each(toNumber(right), (b) => {
      if (a.kind !== "number" || b.kind !== "number") {
        if (a.kind === "error" || b.kind === "error" || a.kind === "null" || b.kind === "null") return ERROR;
        return unknown("is calculated from what is known only after apply", at, {
          type: isComparison(operator) ? "bool" : "number",
        });
      }
      switch (operator) {
        case "+":
          return number(a.value + b.value);
        case "-":
          return number(a.value - b.value);
        case "*":
          return signed(a.value * b.value, a.value < 0n !== b.value < 0n, at);
        case "/":
          if (b.value === 0n) return byZero(at);
          return a.value % b.value === 0n
            ? signed(a.value / b.value, a.value < 0n !== b.value < 0n, at)
            : unknown("is a fraction", at, { type: "number" });
        case "%":
          if (b.value === 0n) return byZero(at);
          return number(a.value % b.value);
        case "<":
          return bool(a.value < b.value);
        case ">":
          return bool(a.value > b.value);
        case "<=":
          return bool(a.value <= b.value);
        default:
          return bool(a.value >= b.value);
      }
    }),
  );
}

function isComparison(operator: string): boolean {
  return operator.startsWith("<") || operator.startsWith(">");
}

function whole(
  args: readonly Argument[],
  name: string,
  at: Parameters<Call>[1],
  compute: (all: readonly bigint[]) => Value,
): Value {
  if (args.length === 0) return ERROR;
  const numbers = args.map((arg) => toNumber(arg));
  if (numbers.some((one) => one.kind === "error" || one.kind === "null")) return ERROR;
  if (!numbers.every((one) => one.kind === "number"))
    return unknown(`is computed by ${name} from what is known only after apply`, at, { type: "number" });
  return compute(numbers.map((one) => (one as { readonly value: bigint }).value));
}
