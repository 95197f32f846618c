import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { openCloud, readCloud } from "../../src/cloud";
import { decodeJournal, encodeEntry } from "../../src/cloud/store/journal";
import { anycastEip, newDirectory, testCloud, tidy } from "./harness";

afterAll(tidy);

const journal = (directory: string): string => join(directory, "journal");

describe("the state of a sandbox", () => {
  test("is there again after it was closed and reopened", async () => {
    const t = await testCloud();
    const id = await anycastEip(t, { Name: "kept" });
    await t.cloud.close();
    const again = await testCloud({ directory: t.directory });
    expect((await again.call("Eipanycast", "DescribeAnycastEipAddress", { AnycastId: id })).Name).toBe("kept");
    expect(again.cloud.accountId).toBe(t.cloud.accountId);
  });

  test("belongs to one process at a time", async () => {
    const t = await testCloud();
    await expect(openCloud({ directory: t.directory })).rejects.toMatchObject({ code: "SandboxInUse" });
    await t.cloud.close();
    await (await openCloud({ directory: t.directory })).close();
  });

  test("is taken over when its owner is dead", async () => {
    const t = await testCloud();
    await t.cloud.close();
    // A process id that the system never gives out.
    writeFileSync(join(t.directory, "lock"), JSON.stringify({ pid: 2 ** 22 + 1, started: "1" }));
    await (await openCloud({ directory: t.directory })).close();
  });

  test("is taken over when the owner's process id was reused", async () => {
    const t = await testCloud();
    await t.cloud.close();
    writeFileSync(join(t.directory, "lock"), JSON.stringify({ pid: process.ppid, started: "1" }));
    await (await openCloud({ directory: t.directory })).close();
  });

  test("can be read while it is in use, without disturbing it", async () => {
    const t = await testCloud();
    const id = await anycastEip(t, { Name: "seen" });
    const { snapshot, pid } = readCloud(t.directory, t.clock.now());
    expect(pid).toBe(process.pid);
    expect(snapshot.objects).toContainEqual(
      expect.objectContaining({ kind: "anycast-eip", id, name: "seen", status: "Allocated" }),
    );
    expect(snapshot).toEqual(t.cloud.snapshot());
  });

  test("is not created by reading it", () => {
    expect(() => readCloud(join(newDirectory(), "nothing"))).toThrow(
      expect.objectContaining({ code: "SandboxStateMissing" }),
    );
  });

  test("keeps its account id", async () => {
    const t = await testCloud({ accountId: "5000000000000001" });
    await t.cloud.close();
    await expect(openCloud({ directory: t.directory, accountId: "5000000000000002" })).rejects.toMatchObject({
      code: "SandboxAccountMismatch",
    });
  });

  test("loses no more than the last line when that line is cut off", async () => {
    const t = await testCloud();
    const first = await anycastEip(t);
    const whole = statSync(journal(t.directory)).size;
    const head = readFileSync(join(t.directory, "head"));
    const second = await anycastEip(t);
    await t.cloud.close();
    // As a process leaves it that dies while it writes the line: nobody was told of the commit yet.
    truncateSync(journal(t.directory), whole + 10);
    writeFileSync(join(t.directory, "head"), head);
    const again = await testCloud({ directory: t.directory });
    expect((await again.call("Eipanycast", "DescribeAnycastEipAddress", { AnycastId: first })).AnycastId).toBe(first);
    expect((await again.refused("Eipanycast", "DescribeAnycastEipAddress", { AnycastId: second })).httpStatus).toBe(
      404,
    );
    const third = await anycastEip(again);
    await again.cloud.close();
    const last = await testCloud({ directory: t.directory });
    expect((await last.call("Eipanycast", "DescribeAnycastEipAddress", { AnycastId: third })).AnycastId).toBe(third);
  });

  test("is refused when a line in the middle is damaged", async () => {
    const t = await testCloud();
    await anycastEip(t);
    await anycastEip(t);
    await t.cloud.close();
    const bytes = readFileSync(journal(t.directory));
    bytes[30] = bytes[30]! ^ 1;
    writeFileSync(journal(t.directory), bytes);
    await expect(openCloud({ directory: t.directory })).rejects.toMatchObject({ code: "SandboxStateDamaged" });
  });

  test("is refused when a commit is missing", async () => {
    const t = await testCloud();
    await anycastEip(t);
    await t.cloud.close();
    appendFileSync(journal(t.directory), encodeEntry({ seq: 99, ops: [] }));
    await expect(openCloud({ directory: t.directory })).rejects.toMatchObject({ code: "SandboxStateDamaged" });
  });

  test.each([
    ["is not JSON", "{", "SandboxStateDamaged"],
    ["has an unknown version", '{"format":"anycast-sandbox-state","version":2,"records":[]}', "SandboxStateUnknown"],
    ["is another document", "[]", "SandboxStateUnknown"],
  ])("is refused when its file %s", async (_, text, code) => {
    const t = await testCloud();
    await t.cloud.close();
    writeFileSync(join(t.directory, "state.json"), text);
    await expect(openCloud({ directory: t.directory })).rejects.toMatchObject({ code });
  });

  test("stays small: the journal is replaced by a snapshot, and nothing is lost", async () => {
    const t = await testCloud();
    const id = await anycastEip(t);
    const text = "x".repeat(250);
    for (let round = 0; round < 40; round += 1)
      await Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          t.call("Eipanycast", "ModifyAnycastEipAddressAttribute", {
            AnycastId: id,
            Description: `${round}-${n}-${text}`.slice(0, 250),
          }),
        ),
      );
    const size = statSync(journal(t.directory)).size;
    await t.cloud.close();
    expect(size).toBeLessThan(1.2 * 1024 * 1024);
    const again = await testCloud({ directory: t.directory });
    expect((await again.call("Eipanycast", "DescribeAnycastEipAddress", { AnycastId: id })).Description).toMatch(
      /^39-99-x+$/,
    );
  });
});

describe("statuses that pass with time", () => {
  test("advance while the sandbox is not running", async () => {
    const t = await testCloud({ speed: 1 });
    const { VpcId } = await t.call("Vpc", "CreateVpc");
    expect((await t.call("Vpc", "DescribeVpcAttribute", { VpcId })).Status).toBe("Pending");
    await t.cloud.close();
    t.clock.pass(60_000);
    const again = await testCloud({ speed: 1, directory: t.directory, clock: t.clock.now });
    expect((await again.call("Vpc", "DescribeVpcAttribute", { VpcId })).Status).toBe("Available");
  });

  test("let an object be deleted while the sandbox is not running", async () => {
    const t = await testCloud({ speed: 1 });
    const id = await anycastEip(t);
    await t.call("Eipanycast", "ReleaseAnycastEipAddress", { AnycastId: id });
    expect((await t.call("Eipanycast", "DescribeAnycastEipAddress", { AnycastId: id })).Status).toBe("Releasing");
    await t.cloud.close();
    t.clock.pass(60_000);
    const again = await testCloud({ speed: 1, directory: t.directory, clock: t.clock.now });
    expect((await again.refused("Eipanycast", "DescribeAnycastEipAddress", { AnycastId: id })).httpStatus).toBe(404);
  });
});

describe("the journal", () => {
  const entries = fc.array(fc.record({ text: fc.string(), number: fc.integer() }), { maxLength: 8 });

  test("cut off at any byte yields the complete lines before it, and nothing else", () => {
    fc.assert(
      fc.property(entries, fc.nat(), (records, place) => {
        const lines = records.map((record, index) =>
          encodeEntry({
            seq: index + 1,
            ops: [["vpc", `vpc-${index}`, { id: "x", region: "", created: 0, ...record }]],
          }),
        );
        const bytes = Buffer.from(lines.join(""), "utf8");
        const cut = bytes.subarray(0, place % (bytes.length + 1));
        let whole = 0;
        let length = 0;
        while (whole < lines.length && length + Buffer.byteLength(lines[whole]!) <= cut.length)
          length += Buffer.byteLength(lines[whole++]!);
        const read = decodeJournal(cut, "journal");
        expect(read.length).toBe(length);
        expect(read.entries.map((entry) => entry.seq)).toEqual(Array.from({ length: whole }, (_, index) => index + 1));
      }),
    );
  });
});

describe("any sequence of calls", () => {
  type Step = { readonly kind: "create" | "rename" | "release" | "fail" | "pass" | "reopen"; readonly which: number };
  const steps = fc.array(
    fc.record({
      kind: fc.constantFrom<Step["kind"]>("create", "rename", "release", "fail", "pass", "reopen"),
      which: fc.nat(9),
    }),
    { maxLength: 25 },
  );

  test("gives the same cloud whether or not it was reopened in between", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        let t = await testCloud({ speed: 1 });
        const { clock } = t;
        const ids: string[] = [];
        for (const { kind, which } of sequence) {
          const id = ids[which % Math.max(1, ids.length)] ?? "aeip-none";
          if (kind === "create" && ids.length < 15) {
            const made = await t.call("Eipanycast", "AllocateAnycastEipAddress", { ServiceLocation: "international" });
            ids.push(made.AnycastId);
          } else if (kind === "rename")
            await t
              .call("Eipanycast", "ModifyAnycastEipAddressAttribute", { AnycastId: id, Name: `name-${which}` })
              .catch(() => undefined);
          else if (kind === "release")
            await t.call("Eipanycast", "ReleaseAnycastEipAddress", { AnycastId: id }).catch(() => undefined);
          else if (kind === "fail")
            await t.refused("Eipanycast", "AllocateAnycastEipAddress", { ServiceLocation: "mars" });
          else if (kind === "pass") clock.pass(1_500);
          else if (kind === "reopen") {
            const before = t.cloud.snapshot();
            await t.cloud.close();
            t = { ...(await testCloud({ speed: 1, directory: t.directory, clock: clock.now })), clock };
            expect(t.cloud.snapshot()).toEqual(before);
          }
        }
        expect(readCloud(t.directory, clock.now()).snapshot).toEqual(t.cloud.snapshot());
        await t.cloud.close();
      }),
      { numRuns: 40 },
    );
  });
});
