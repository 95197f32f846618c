import { deflateRawSync } from "node:zlib";

/** Fields of a plan file's message by number: a number, or text. A list stands for a repeated field. */
export type PlanFields = Readonly<Record<number, number | string | readonly string[]>>;

/**
 * A saved plan file with these fields, written by hand as Go's zip writer does.
 * @param source of the root module's main.tf. @default the file holds no configuration
 */
export function planFile(fields: PlanFields, source?: string): Buffer {
  const configuration: [string, Buffer][] =
    source === undefined
      ? []
      : [
          ["tfconfig/m-/main.tf", Buffer.from(source)],
          ["tfconfig/modules.json", Buffer.from('[{"Key":"","Dir":"."}]')],
        ];
  return zip([["tfplan", message(fields)], ...configuration]);
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
  return archive(files.map(([name, content]) => ({ name, content })));
}

/** A file in an archive, and what is to be wrong with it. */
export interface ArchivedFile {
  readonly name: string;
  readonly content: Buffer;
  /** Said in the directory in place of the content's. */
  readonly size?: number;
  /** Changes what is in front of the content (30 bytes and the name) or in the directory (46 bytes and the name). */
  readonly local?: (header: Buffer) => void;
  readonly entry?: (header: Buffer) => void;
  /** Stand in front of the file, and behind its packed content as a part of that. */
  readonly before?: Buffer;
  readonly behind?: Buffer;
}

/** @param end changes the end of the directory (22 bytes) */
export function archive(
  files: readonly ArchivedFile[],
  end: (record: Buffer) => void = () => undefined,
  gap = Buffer.alloc(0),
): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  const add = (...parts: readonly Buffer[]): void => {
    locals.push(...parts);
    for (const part of parts) offset += part.length;
  };
  for (const file of files) {
    const { content, before = Buffer.alloc(0), behind = Buffer.alloc(0) } = file;
    const name = Buffer.from(file.name);
    const packed = Buffer.concat([deflateRawSync(content), behind]);
    const sizes = [crc32(content), packed.length, file.size ?? content.length];
    add(before);
    const local = Buffer.concat([Buffer.alloc(30), name]);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(8, 6);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(name.length, 26);
    file.local?.(local);
    const entry = Buffer.concat([Buffer.alloc(46), name]);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 4);
    entry.writeUInt16LE(20, 6);
    entry.writeUInt16LE(8, 8);
    entry.writeUInt16LE(8, 10);
    sizes.forEach((size, at) => entry.writeUInt32LE(size, 16 + 4 * at));
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    file.entry?.(entry);
    directory.push(entry);
    const descriptor = Buffer.alloc(16);
    descriptor.writeUInt32LE(0x08074b50, 0);
    sizes.forEach((size, at) => descriptor.writeUInt32LE(size, 4 + 4 * at));
    add(local, packed, descriptor);
  }
  add(gap);
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(files.length, 8);
  record.writeUInt16LE(files.length, 10);
  record.writeUInt32LE(Buffer.concat(directory).length, 12);
  record.writeUInt32LE(offset, 16);
  end(record);
  return Buffer.concat([...locals, ...directory, record]);
}

/** The checksum that archives have. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
