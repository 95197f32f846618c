import { ArchiveError } from "./archive-error";

/** A field of a protobuf message: a number, or the bytes of a text or of a message inside. */
export type Field = readonly [number: number, value: number | Buffer];

/**
 * The fields of a protobuf message, one level deep, in their order.
 * @throws ArchiveError when the bytes are no message
 */
export function* fieldsOf(bytes: Buffer): Iterable<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let power = 1; at < bytes.length && power < 2 ** 70; power *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 127) * power;
      if (byte < 128) return value;
    }
    throw new ArchiveError("its plan is damaged");
  };
  const take = (length: number): Buffer => {
    at += length;
    if (at > bytes.length) throw new ArchiveError("its plan is cut off");
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    if (key % 8 === 0) yield [number, varint()];
    else if (key % 8 === 1) yield [number, take(8)];
    else if (key % 8 === 2) yield [number, take(varint())];
    else if (key % 8 === 5) yield [number, take(4)];
    else throw new ArchiveError("its plan is damaged");
  }
}
