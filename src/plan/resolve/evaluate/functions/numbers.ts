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
};

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
          return number(a.value * b.value);
        case "/":
          if (b.value === 0n) return ERROR;
          return a.value % b.value === 0n
            ? number(a.value / b.value)
            : unknown("is a fraction", at, { type: "number" });
        case "%":
          if (b.value === 0n) return ERROR;
          return a.value >= 0n && b.value > 0n
            ? number(a.value % b.value)
            : unknown("is a remainder of negative numbers", at, { type: "number" });
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
