import {
  type Value,
  bool,
  ERROR,
  isSurelyGiven,
  nullOf,
  number,
  optionsOf,
  text,
  union,
  unknown,
  unknownAs,
} from "./value";

/** Without `-0`, which Terraform writes otherwise than `0`. */
const NUMBER = /^(?:0|-?[1-9][0-9]*)$/;

/** "1.0", "+1" and "1e3" are numbers too. */
const WRITTEN_OTHERWISE = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eEpP][+-]?[0-9]+)?$/;

/** The number that a text holds, where it is a whole one in plain notation; other notations give `unknown`. */
export function wholeNumber(written: string): bigint | undefined {
  if (NUMBER.test(written)) return BigInt(written);
  // "1.0" and "2e3"
  const [, sign, whole, zeros] = /^(-?)(0|[1-9][0-9]*)(?:\.0+)?(?:[eE]\+?([0-9]{1,2}))?$/.exec(written) ?? [];
  if (whole === undefined || (sign === "-" && whole === "0")) return undefined;
  return BigInt(sign! + whole) * 10n ** BigInt(zeros ?? 0);
}

/** The value as a string, as a template or a type constraint converts it. Applied to each option. */
export function toText(value: Value): Value {
  return each(value, (one) => {
    switch (one.kind) {
      case "string":
      case "ref":
      case "error":
        return one;
      case "null":
        return nullOf("string");
      case "number":
      case "bool":
        return text(String(one.value));
      case "unknown":
        if (one.type === "string") return one;
        return one.type === undefined ? union([unknownAs(one, "string"), ERROR]) : unknownAs(one, "string");
      default:
        return ERROR;
    }
  });
}

export function toNumber(value: Value): Value {
  return each(value, (one) => {
    switch (one.kind) {
      case "number":
      case "error":
        return one;
      case "null":
        return one.type === "bool" ? ERROR : nullOf("number");
      case "string": {
        const whole = wholeNumber(one.value);
        if (whole !== undefined) return number(whole);
        if (/^-?[0-9]*[1-9][0-9]*$|^0+$/.test(one.value)) return number(BigInt(one.value));
        return WRITTEN_OTHERWISE.test(one.value)
          ? unknown("is a number that is not written plainly", undefined, { type: "number" })
          : ERROR;
      }
      case "ref":
        return union([unknown(`is ${one.address}.${one.attribute} as a number`, undefined, { type: "number" }), ERROR]);
      case "unknown":
        // What may be no number fails, which `try` and `can` notice.
        return one.type === "number" ? one : union([unknownAs(one, "number"), ERROR]);
      default:
        return ERROR;
    }
  });
}

export function toBool(value: Value): Value {
  return each(value, (one) => {
    switch (one.kind) {
      case "bool":
      case "error":
        return one;
      case "null":
        return one.type === "number" ? ERROR : nullOf("bool");
      case "string":
        return one.value === "true" || one.value === "1"
          ? bool(true)
          : one.value === "false" || one.value === "0"
            ? bool(false)
            : ERROR;
      case "ref":
        return union([unknown(`is ${one.address}.${one.attribute} as a bool`, undefined, { type: "bool" }), ERROR]);
      case "unknown":
        return one.type === "bool" ? one : union([unknownAs(one, "bool"), ERROR]);
      default:
        return ERROR;
    }
  });
}

/**
 * What a condition gives: true, false, or both. Null and errors stop Terraform, so they select no branch.
 */
export function truth(value: Value): {
  readonly mayBeTrue: boolean;
  readonly mayBeFalse: boolean;
  readonly mayFail: boolean;
} {
  let [mayBeTrue, mayBeFalse, mayFail] = [false, false, false];
  for (const one of optionsOf(toBool(value))) {
    if (one.kind === "bool") {
      if (one.value) mayBeTrue = true;
      else mayBeFalse = true;
    } else if (one.kind === "null" || one.kind === "error") mayFail = true;
    else mayBeTrue = mayBeFalse = mayFail = true;
  }
  return { mayBeTrue, mayBeFalse, mayFail };
}

/** Pairs of possible values that are compared one by one. */
const MOST_COMPARED = 256;

/**
 * `a == b`. Terraform never converts here, and a list is not a tuple: collections are compared only where they certainly differ.
 */
export function equal(a: Value, b: Value): Value {
  const results: Value[] = [];
  for (const left of optionsOf(a)) {
    for (const right of optionsOf(b)) {
      results.push(equalOne(left, right));
      if (results.length > MOST_COMPARED)
        return unknown(`compares more than ${String(MOST_COMPARED)} pairs of values`, undefined, {
          type: "bool",
          limit: true,
        });
    }
  }
  return union(results);
}

function equalOne(a: Value, b: Value): Value {
  if (a.kind === "error" || b.kind === "error") return ERROR;
  if (isKnown(a) && isKnown(b)) {
    if (a.kind === "null" || b.kind === "null") return bool(a.kind === b.kind);
    return bool(a.kind === b.kind && a.value === b.value);
  }
  if (a.kind === "ref" && b.kind === "ref" && a.address === b.address && a.attribute === b.attribute) return bool(true);
  const [ref, other] = a.kind === "ref" ? [a, b] : [b, a];
  if (ref.kind === "ref") {
    if (other.kind === "string" && other.value !== "") {
      const known = ref.known();
      if (known !== undefined) return bool(known === other.value);
    }
    // An id is a text that is not empty.
    if (isSurelyGiven(ref) && (other.kind === "null" || other.kind === "number" || other.kind === "bool"))
      return bool(false);
    if (isSurelyGiven(ref) && other.kind === "string" && other.value === "") return bool(false);
  }
  if ((isFilled(a) && b.kind === "null") || (isFilled(b) && a.kind === "null")) return bool(false);
  if (surelyDiffer(a, b)) return bool(false);
  const cause = [a, b].find((one) => one.kind === "unknown" && !one.hidden);
  if (cause?.kind === "unknown") return unknownAs(cause, "bool");
  const why = isFilled(a) || isFilled(b) ? "compares collections" : "compares what is known only after apply";
  return unknown(why, undefined, { type: "bool" });
}

/** Whatever their types turn out to be: another kind, another size, other keys, or a part that is another value. */
function surelyDiffer(a: Value, b: Value): boolean {
  if (isKnown(a) && isKnown(b)) return a.kind !== b.kind || (a.kind !== "null" && a.value !== (b as typeof a).value);
  if ((isKnown(a) && isFilled(b)) || (isFilled(a) && isKnown(b))) return true;
  if (a.kind === "map" && b.kind === "map") {
    if (a.entries.size !== b.entries.size) return true;
    return [...a.entries].some(([key, one]) => {
      const other = b.entries.get(key);
      return other === undefined || surelyDiffer(one, other);
    });
  }
  if ((a.kind === "map" && b.kind === "list") || (a.kind === "list" && b.kind === "map")) return true;
  if (a.kind !== "list" || b.kind !== "list" || a.form !== "list" || b.form !== "list") return false;
  return a.items.length !== b.items.length || a.items.some((one, i) => surelyDiffer(one, b.items[i]!));
}

function isFilled(value: Value): boolean {
  return value.kind === "list" || value.kind === "map" || value.kind === "some" || value.kind === "lazy";
}

function isKnown(value: Value): value is Extract<Value, { kind: "string" | "number" | "bool" | "null" }> {
  return value.kind === "string" || value.kind === "number" || value.kind === "bool" || value.kind === "null";
}

/** Applies to each option of a value. */
export function each(value: Value, change: (one: Exclude<Value, { kind: "union" }>) => Value): Value {
  if (value.kind !== "union") return change(value);
  const changed = value.options.map((one) => change(one as Exclude<Value, { kind: "union" }>));
  return changed.every((one, i) => one === value.options[i]) ? value : union(changed);
}
