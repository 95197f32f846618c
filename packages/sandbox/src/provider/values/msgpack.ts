import { decode, encode, ExtData, ExtensionCodec } from "@msgpack/msgpack";
import type { CtyType, Value } from "./value";
import { isArray, isObject, UNKNOWN } from "./value";

/** Unknown values are extension type 0 (any payload), or 12 when terraform adds what it already knows of them. */
const UNKNOWN_TYPES = [0, 12];

const codec = new ExtensionCodec();
for (const type of UNKNOWN_TYPES) codec.register({ type, encode: () => null, decode: () => UNKNOWN });

/** Reads a value of the given type; `undefined` bytes (no value sent) read as null. */
export function decodeValue(type: CtyType, bytes: Uint8Array | undefined): Value {
  if (bytes === undefined || bytes.length === 0) return null;
  return fromPlain(type, decode(bytes, { extensionCodec: codec, useBigInt64: true }));
}

function fromPlain(type: CtyType, plain: unknown): Value {
  if (plain === null || plain === undefined) return null;
  if (plain === UNKNOWN) return UNKNOWN;
  if (type === "number") return numberOf(plain);
  if (type === "dynamic") return dynamicOf(plain);
  if (typeof type === "string") return plain as Value;
  if (type[0] === "list" || type[0] === "set") return (plain as unknown[]).map((one) => fromPlain(type[1], one));
  if (type[0] === "tuple") return (plain as unknown[]).map((one, at) => fromPlain(type[1][at] ?? "dynamic", one));
  const record = plain as Record<string, unknown>;
  if (type[0] === "map") {
    return Object.fromEntries(Object.entries(record).map(([key, one]) => [key, fromPlain(type[1], one)]));
  }
  return Object.fromEntries(Object.entries(type[1]).map(([key, one]) => [key, fromPlain(one, record[key])]));
}

/** A value whose type travels with it: `[type as JSON, value]`. */
function dynamicOf(plain: unknown): Value {
  if (!Array.isArray(plain)) return null;
  const [typeBytes, value] = plain as [Uint8Array | string, unknown];
  const text = typeof typeBytes === "string" ? typeBytes : Buffer.from(typeBytes).toString("utf8");
  return fromPlain(JSON.parse(text) as CtyType, value);
}

function numberOf(plain: unknown): number | string {
  if (typeof plain === "bigint") {
    const number = Number(plain);
    return Number.isSafeInteger(number) ? number : plain.toString();
  }
  if (typeof plain === "string") {
    const number = Number(plain);
    return String(number) === plain ? number : plain;
  }
  return plain as number;
}

/** Writes a value of the given type. */
export function encodeValue(type: CtyType, value: Value): Uint8Array {
  return encode(toPlain(type, value), { sortKeys: true });
}

const unknownMark = new ExtData(0, Uint8Array.of(0));

function toPlain(type: CtyType, value: Value): unknown {
  if (value === UNKNOWN) return unknownMark;
  if (value === null) return null;
  if (typeof type === "string") return value;
  if (type[0] === "list" || type[0] === "set") return (value as readonly Value[]).map((one) => toPlain(type[1], one));
  if (type[0] === "tuple" && isArray(value)) return value.map((one, at) => toPlain(type[1][at] ?? "dynamic", one));
  if (!isObject(value)) return null;
  if (type[0] === "map") {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, toPlain(type[1], one)]));
  }
  return Object.fromEntries(
    Object.entries(type[1] as Record<string, CtyType>).map(([key, one]) => [key, toPlain(one, value[key] ?? null)]),
  );
}
