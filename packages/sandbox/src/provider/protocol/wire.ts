/**
 * The protocol buffer wire format, as far as plugin protocol 5 needs it: varints and length-delimited fields.
 * Small enough to write down, and it spares a code generator and its install script.
 */

/** Appends fields to a growing list of chunks. */
export class WireWriter {
  private readonly chunks: Uint8Array[] = [];

  public varint(field: number, value: number | bigint): void {
    this.chunks.push(encodeVarint(BigInt(field) << 3n), encodeVarint(BigInt(value)));
  }

  public bytes(field: number, value: Uint8Array): void {
    this.chunks.push(encodeVarint((BigInt(field) << 3n) | 2n), encodeVarint(BigInt(value.length)), value);
  }

  public text(field: number, value: string): void {
    this.bytes(field, Buffer.from(value, "utf8"));
  }

  public finish(): Buffer {
    return Buffer.concat(this.chunks);
  }
}

/** Negative numbers take ten bytes, as the format asks (two's complement of 64 bits). */
function encodeVarint(value: bigint): Uint8Array {
  let rest = BigInt.asUintN(64, value);
  const out: number[] = [];
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    out.push(rest === 0n ? low : low | 0x80);
  } while (rest !== 0n);
  return Uint8Array.from(out);
}

export interface WireField {
  readonly field: number;
  /** The number of a varint field (two's complement of 64 bits), else undefined. */
  readonly number: bigint | undefined;
  /** The content of a length-delimited field, else undefined. */
  readonly bytes: Uint8Array | undefined;
}

/**
 * Reads the fields of one message in order. Fixed-width fields are passed over: protocol 5 has none.
 * @throws RangeError when the message ends in the middle of a field
 */
export function* readFields(message: Uint8Array): Generator<WireField> {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = message[at];
      if (byte === undefined) throw new RangeError("The message ends inside a number.");
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(64, value);
    }
    throw new RangeError("A number is longer than ten bytes.");
  };
  const take = (length: number): Uint8Array => {
    if (length < 0 || at + length > message.length) throw new RangeError("The message ends inside a field.");
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const tag = Number(varint());
    const field = tag >>> 3;
    const kind = tag & 7;
    if (kind === 0) yield { field, number: varint(), bytes: undefined };
    else if (kind === 2) yield { field, number: undefined, bytes: take(Number(varint())) };
    else if (kind === 5) take(4);
    else if (kind === 1) take(8);
    else throw new RangeError(`Field ${field} has the unknown wire type ${kind}.`);
  }
}
