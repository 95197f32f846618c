import { readFields, WireWriter } from "./wire";

/** What one field of a message holds. */
export type FieldKind =
  | "string"
  | "bytes"
  | "bool"
  | "int"
  /** A message of that shape. */
  | MessageShape
  /** A map whose values have that shape; keys are text. */
  | { readonly map: MessageShape | "string" };

export interface FieldShape {
  readonly name: string;
  readonly kind: FieldKind;
  /** @default false */
  readonly repeated?: boolean;
  /** One of several alternatives: written even when it equals the format's default. @default false */
  readonly alternative?: boolean;
}

/** A message: field number to what it holds. */
export interface MessageShape {
  readonly fields: Readonly<Record<number, FieldShape>>;
}

export type Message = Record<string, unknown>;

const isMap = (kind: FieldKind): kind is { readonly map: MessageShape | "string" } =>
  typeof kind === "object" && "map" in kind;

/** Encodes a message; what equals the format's default (empty, zero, false) is left out, but never an empty message. */
export function encodeMessage(shape: MessageShape, message: Message): Buffer {
  const out = new WireWriter();
  for (const [key, field] of Object.entries(shape.fields)) {
    const number = Number(key);
    const value = message[field.name];
    if (value === undefined || value === null) continue;
    if (isMap(field.kind)) {
      for (const [name, one] of Object.entries(value as Record<string, unknown>)) {
        out.bytes(number, encodeEntry(field.kind.map, name, one));
      }
    } else if (field.repeated) {
      for (const one of value as readonly unknown[]) encodeOne(out, number, field.kind, one, true);
    } else encodeOne(out, number, field.kind, value, field.alternative === true);
  }
  return out.finish();
}

function encodeEntry(kind: MessageShape | "string", name: string, value: unknown): Buffer {
  const entry = new WireWriter();
  entry.text(1, name);
  encodeOne(entry, 2, kind, value, true);
  return entry.finish();
}

function encodeOne(out: WireWriter, field: number, kind: FieldKind, value: unknown, keepDefault: boolean): void {
  if (kind === "string") {
    if (keepDefault || value !== "") out.text(field, String(value));
  } else if (kind === "bytes") {
    if (keepDefault || (value as Uint8Array).length > 0) out.bytes(field, value as Uint8Array);
  } else if (kind === "bool") {
    if (keepDefault || value === true) out.varint(field, value === true ? 1 : 0);
  } else if (kind === "int") {
    if (keepDefault || value !== 0) out.varint(field, value as number);
  } else if (value instanceof Uint8Array) {
    // Encoded before: the schema is asked for several times a run.
    out.bytes(field, value);
  } else out.bytes(field, encodeMessage(kind as MessageShape, value as Message));
}

/** Decodes a message. Fields that are not in the shape are passed over, as the format asks of old readers. */
export function decodeMessage(shape: MessageShape, bytes: Uint8Array): Message {
  const message: Message = {};
  for (const field of Object.values(shape.fields)) {
    if (isMap(field.kind)) message[field.name] = {};
    else if (field.repeated) message[field.name] = [];
    else if (typeof field.kind === "string") message[field.name] = defaultOf(field.kind);
  }
  for (const read of readFields(bytes)) {
    const field = shape.fields[read.field];
    if (field === undefined) continue;
    if (isMap(field.kind)) {
      const valueShape: MessageShape = {
        fields: { 1: { name: "key", kind: "string" }, 2: { name: "value", kind: field.kind.map } },
      };
      const entry = decodeMessage(valueShape, read.bytes ?? new Uint8Array());
      (message[field.name] as Record<string, unknown>)[entry.key as string] = entry.value;
      continue;
    }
    const value = decodeOne(field.kind, read.number, read.bytes);
    if (field.repeated) (message[field.name] as unknown[]).push(value);
    else message[field.name] = value;
  }
  return message;
}

function defaultOf(kind: "string" | "bytes" | "bool" | "int"): unknown {
  return kind === "string" ? "" : kind === "bytes" ? new Uint8Array() : kind === "bool" ? false : 0;
}

function decodeOne(kind: FieldKind, number: bigint | undefined, bytes: Uint8Array | undefined): unknown {
  if (kind === "int") return Number(number ?? 0n);
  if (kind === "bool") return (number ?? 0n) !== 0n;
  const content = bytes ?? new Uint8Array();
  if (kind === "string") return Buffer.from(content).toString("utf8");
  // A copy: the transport's buffer may be reused.
  if (kind === "bytes") return Uint8Array.from(content);
  return decodeMessage(kind as MessageShape, content);
}
