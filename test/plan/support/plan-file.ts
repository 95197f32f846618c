import { deflateRawSync } from "node:zlib";

/** Fields of a plan file's message by number: a number, or text. A list stands for a repeated field. */
export type PlanFields = Readonly<Record<number, number | string | readonly string[]>>;

/** A saved plan file with these fields, written by hand as Go's zip writer does. */
export function planFile(fields: PlanFields): Buffer {
  return zip([["tfplan", message(fields)]]);
}

/** Fields that both programs write into every plan. */
export const COMMON = { 1: 3, 3: ["a change"], 21: "2026-11-22T12:00:00Z" } as const;
/** As OpenTofu 1.11.0 writes a plan that was made whole. */
export const BY_OPENTOFU = { ...COMMON, 14: "1.11.0" } as const;
/** As Terraform 1.11.4 does: it also says that the plan can be applied (25) and is complete (26). */
export const BY_TERRAFORM = { ...COMMON, 14: "1.11.4", 25: 1, 26: 1 } as const;

/** As OpenTofu writes an encrypted plan; the cipher text is none. */
export const ENCRYPTED = Buffer.from(
  '{"meta":{"key_provider.pbkdf2.k":"eyJzYWx0IjoiIn0="},"encrypted_data":"AAAA","encryption_version":"v0"}',
);

export function message(fields: PlanFields): Buffer {
  const parts: Buffer[] = [];
  for (const [number, given] of Object.entries(fields)) {
    for (const value of Array.isArray(given) ? (given as readonly string[]) : [given as number | string]) {
      if (typeof value === "number") parts.push(varint(Number(number) * 8), varint(value));
      else parts.push(varint(Number(number) * 8 + 2), varint(Buffer.byteLength(value)), Buffer.from(value));
    }
  }
  return Buffer.concat(parts);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}

/** A zip archive; sizes stand behind the content and in the directory, as Go streams it. */
export function zip(files: readonly (readonly [name: string, content: Buffer])[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of files) {
    const packed = deflateRawSync(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 6);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(name.length, 26);
    const behind = Buffer.alloc(16);
    behind.writeUInt32LE(0x08074b50, 0);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(content.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    directory.push(entry, Buffer.from(name));
    const parts = [local, Buffer.from(name), packed, behind];
    locals.push(...parts);
    offset += parts.reduce((sum, part) => sum + part.length, 0);
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}
