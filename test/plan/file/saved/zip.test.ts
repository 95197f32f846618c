import { ArchiveError, filesInZip } from "../../../../src/plan/file/saved";
import type { ArchivedFile } from "../../support/plan-file";
import { archive, zip } from "../../support/plan-file";

const PLAN: ArchivedFile = { name: "tfplan", content: Buffer.from("the plan") };
const MAIN: ArchivedFile = { name: "tfconfig/m-/main.tf", content: Buffer.from("locals {}\n") };
const GOOD = archive([PLAN, MAIN]);

/** All that is in an archive, unpacked. */
function contents(bytes: Buffer): Record<string, string> {
  return Object.fromEntries([...filesInZip(bytes, "")].map(([name, unpack]) => [name, unpack().toString()]));
}

/** An archive with two directories: who finds the first one reads `shown`, who looks at the end reads `real`. */
function withTwoDirectories(): Buffer {
  const shown = zip([["main.tf", Buffer.from("shown")]]);
  const real = zip([["main.tf", Buffer.from("real")]]);
  const moved = Buffer.from(real);
  const end = moved.length - 22;
  const directory = moved.readUInt32LE(end + 16);
  moved.writeUInt32LE(moved.readUInt32LE(directory + 42) + shown.length, directory + 42);
  moved.writeUInt32LE(directory + shown.length, end + 16);
  return Buffer.concat([shown, moved]);
}

describe("a zip archive", () => {
  test("as written by Go is read", () => {
    expect(contents(GOOD)).toEqual({ tfplan: "the plan", "tfconfig/m-/main.tf": "locals {}\n" });
    expect(contents(archive([]))).toEqual({});
    expect(contents(zip([["empty", Buffer.alloc(0)]]))).toEqual({ empty: "" });
  });

  const add = (name: string, bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.from(name)]);
  const with64 = (header: Buffer): void => void header.writeUInt16LE(0xffff, 10);

  test.each<[string, Buffer, RegExp]>([
    ["two central directories", withTwoDirectories(), /do not follow each other/],
    ["data before it", Buffer.concat([Buffer.from("#!"), GOOD]), /not where its end says/],
    ["data after it", add("more", GOOD), /does not end with/],
    ["a second end record", Buffer.concat([GOOD, GOOD.subarray(-22)]), /not where its end says/],
    ["a comment", add("abc", archive([PLAN], (end) => end.writeUInt16LE(3, 20))), /does not end with/],
    ["a comment length without a comment", archive([PLAN], (end) => end.writeUInt16LE(3, 20)), /a comment/],
    ["another number of files", archive([PLAN, MAIN], (end) => { end.writeUInt16LE(1, 8); end.writeUInt16LE(1, 10); }), /between/],
    ["a central directory longer than its stated size", archive([PLAN], (end) => end.writeUInt32LE(9, 12)), /not where its end says/],
    ["several disks", archive([PLAN], (end) => end.writeUInt16LE(1, 4)), /part of several/],
    ["the zip64 format", archive([PLAN], (end) => { end.writeUInt16LE(0xffff, 8); with64(end); }), /over 4 GB/],
    ["a zip64 locator before its end", archive([{ ...PLAN, name: `PK\u0006\u0007${"x".repeat(16)}` }]), /over 4 GB/],
    ["a gap between files", archive([PLAN, { ...MAIN, before: Buffer.from("gap") }]), /do not follow each other/],
    ["a gap before the first file", archive([{ ...PLAN, before: Buffer.from("gap") }]), /do not follow each other/],
    ["a gap before the central directory", archive([PLAN], undefined, Buffer.from("gap")), /between its files and its directory/],
    ["two files of the same name", archive([PLAN, PLAN]), /more than one file named tfplan/],
    ["another name in the local header", archive([{ ...PLAN, local: (header) => header.write("tfother", 30) }]), /something else than its directory/],
    ["another method in the local header", archive([{ ...PLAN, local: (header) => header.writeUInt16LE(0, 8) }]), /something else than/],
    ["another size in the local header", archive([{ ...PLAN, local: (header) => header.writeUInt32LE(5, 22) }]), /something else than/],
    ["an extra field in the local header", archive([{ ...PLAN, local: (header) => header.writeUInt16LE(1, 28) }]), /cut off|something else/],
    ["an encrypted file", archive([{ ...PLAN, entry: (header) => header.writeUInt16LE(9, 8) }]), /encrypted/],
    ["an unknown method", archive([{ ...PLAN, entry: (header) => header.writeUInt16LE(93, 10) }]), /unknown way/],
    ["a file's comment", archive([{ ...PLAN, entry: (header) => header.writeUInt16LE(1, 32) }]), /comment/],
    ["a wrong offset of a file", archive([{ ...PLAN, entry: (header) => header.writeUInt32LE(4, 42) }]), /do not follow/],
    ["a path that leaves the directory", archive([{ ...PLAN, name: "../tfplan" }]), /not that of a file/],
    ["an absolute path", archive([{ ...PLAN, name: "/tfplan" }]), /not that of a file/],
    ["a backslash", archive([{ ...PLAN, name: "a\\b" }]), /not that of a file/],
    ["a directory", archive([{ ...PLAN, name: "a/" }]), /not that of a file/],
    ["more than 1 GiB of content", archive([{ ...PLAN, size: 0x7fffffff }]), /unpacks to 2147483647 bytes, and at most 1073741824/],
    ["an excessive compression ratio", zip([["tfplan", Buffer.alloc(2 ** 21)]]), /times its size, and at most 400 times/],
    ["nothing", Buffer.alloc(0), /does not end with/],
    ["only half of its bytes", GOOD.subarray(0, GOOD.length / 2), /does not end with/],
  ])("with %s is refused", (_what, bytes, why) => {
    expect(() => filesInZip(bytes, "")).toThrow(ArchiveError);
    expect(() => filesInZip(bytes, "")).toThrow(why);
  }); // prettier-ignore

  test.each<[string, Buffer]>([
    ["another checksum", archive([{ ...PLAN, entry: (header) => header.writeUInt32LE(7, 16) }])],
    ["less content than stated", archive([{ ...PLAN, size: 100 }])],
    ["more content than stated", archive([{ ...PLAN, size: 3 }])],
    ["data after its content", archive([{ ...PLAN, behind: Buffer.from("more") }])],
  ])("with a file with %s is refused at the latest on extraction", (_what, bytes) => {
    expect(() => contents(bytes)).toThrow(ArchiveError);
  });

  test("with any byte changed is refused or has the same content", () => {
    const before = contents(GOOD);
    for (let at = 0; at < GOOD.length; at++) {
      const changed = Buffer.from(GOOD);
      changed[at] = changed[at]! ^ 0x15;
      let after;
      try {
        after = contents(changed);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(ArchiveError);
        continue;
      }
      // Versions and times are left to those who need them; a name is part of both places, or neither.
      expect(after).toEqual(before);
    }
  });
});
