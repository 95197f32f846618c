import { spawnSync } from "node:child_process";
import { join } from "node:path";
import * as fc from "fast-check";
import { ArchiveError, filesInZip } from "../../src/plan/file/saved";
import { zip } from "../plan/support/plan-file";

/** One line to the witness, or from it. Bytes are base64. */
interface Line {
  readonly zip?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly error?: string;
}

const CHANGED = 3_000;
const WRITTEN = 100;

describe("archives, compared with Go's archive/zip", () => {
  test("written by Go as Terraform does are read", () => {
    const names = fc.constantFrom(
      "tfplan",
      "tfstate",
      "tfconfig/m-/main.tf",
      "tfconfig/m-é/a.tf",
      "tfconfig/modules.json",
    );
    const files = fc.dictionary(names, fc.oneof(fc.base64String({ maxLength: 400 }), fc.constant("A".repeat(2_000))));
    const asked = fc.sample(files, { numRuns: WRITTEN, seed: 7 }).filter((one) => Object.keys(one).length > 0);
    const written = witness(asked.map((one) => ({ files: one })));
    expect(written.map(({ zip: bytes }) => contents(Buffer.from(bytes!, "base64")))).toEqual(
      asked.map((one) => plain(one)),
    );
  });

  test("that are read here are read by Go too, with the same names and contents", () => {
    const [go] = witness([
      { files: { tfplan: base64("plan ".repeat(50)), "tfconfig/m-/main.tf": base64("locals {}\n") } },
    ]);
    const bases = [Buffer.from(go!.zip!, "base64"), zip([["tfplan", Buffer.from("plan")], ["main.tf", Buffer.from("x")]])]; // prettier-ignore
    const changed = fc.sample(changes(bases), { numRuns: CHANGED, seed: 11 });
    const ours = changed.map(contents);
    const theirs = witness(changed.map((bytes) => ({ zip: bytes.toString("base64") })));
    const wrong = ours.flatMap((read, at) => {
      const { files, error } = theirs[at]!;
      if (read === undefined) return [];
      const same = error === undefined && JSON.stringify(sorted(read)) === JSON.stringify(sorted(plain(files ?? {})));
      return same ? [] : [{ archive: changed[at]!.toString("base64"), ours: read, theirs: theirs[at] }];
    });
    expect(wrong).toEqual([]);
    // Both must have had a say.
    expect(ours.filter((read) => read !== undefined).length).toBeGreaterThan(50);
    expect(ours.filter((read, at) => read === undefined && theirs[at]!.error === undefined).length).toBeGreaterThan(50);
  });
});

/** Archives with bytes changed, cut out, doubled, put in, or with parts of two of them joined. */
function changes(bases: readonly Buffer[]): fc.Arbitrary<Buffer> {
  const one = fc.record({
    kind: fc.constantFrom("set", "cut", "double", "insert", "join", "none", "field"),
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    to: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    byte: fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 8, 0xff)),
  });
  return fc.tuple(fc.nat(bases.length - 1), fc.array(one, { minLength: 1, maxLength: 3 })).map(([base, all]) =>
    all.reduce<Buffer>((bytes, { kind, at, to, byte }) => {
      const [start, end] = [Math.floor(at * bytes.length), Math.floor(to * bytes.length)].sort((a, b) => a - b) as [
        number,
        number,
      ];
      switch (kind) {
        case "set":
          return Buffer.concat([bytes.subarray(0, start), Buffer.of(byte), bytes.subarray(start + 1)]);
        case "cut":
          return Buffer.concat([bytes.subarray(0, start), bytes.subarray(Math.min(end, start + 30))]);
        case "double":
          return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
        case "insert":
          return Buffer.concat([bytes.subarray(0, start), Buffer.alloc(byte % 24, byte), bytes.subarray(start)]);
        case "join":
          return Buffer.concat([bytes, bases[byte % bases.length]!]);
        case "field": {
          // Near a signature, where it matters.
          const signatures = ["PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "PK\u0007\u0008"];
          const found = bytes.indexOf(signatures[byte % 4]!, start, "latin1");
          const field = found === -1 ? start : Math.min(found + Math.floor(to * 46), bytes.length - 1);
          return Buffer.concat([bytes.subarray(0, field), Buffer.of(byte), bytes.subarray(field + 1)]);
        }
        default:
          return bytes;
      }
    }, bases[base]!),
  );
}

/** Undefined for what is refused. */
function contents(bytes: Buffer): Record<string, string> | undefined {
  try {
    return Object.fromEntries([...filesInZip(bytes, "")].map(([name, unpack]) => [name, unpack().toString("base64")]));
  } catch (thrown) {
    if (thrown instanceof ArchiveError) return undefined;
    throw thrown;
  }
}

/** Base64 as this side writes it. */
function plain(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => [name, Buffer.from(content ?? "", "base64").toString("base64")]),
  );
}

function sorted(files: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function witness(asked: readonly Line[]): Line[] {
  const { status, stdout, stderr } = spawnSync("go", ["run", join(__dirname, "zip-witness", "main.go")], {
    input: asked.map((line) => `${JSON.stringify(line)}\n`).join(""),
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(stderr);
  const answers = stdout.split("\n").filter((line) => line !== "");
  if (answers.length !== asked.length)
    throw new Error(`${String(answers.length)} answers to ${String(asked.length)} questions`);
  return answers.map((line) => JSON.parse(line) as Line);
}
