import { join } from "node:path";
import { anycast } from "../support/anycast";
import type { AppOnDisk } from "../support/app";
import { makeApp } from "../support/app";

const TEAM = join(__dirname, "../fixtures/wasm/team.tar.gz");
const SIGNED = ["--sign-key", "r.key"];
const STACKS = { base: { input: "base" }, alone: { input: "alone" } };

let app: AppOnDisk;
const run = (args: readonly string[]): ReturnType<typeof anycast> => anycast(app.root, args);

describe("anycast destroy --require-receipt, as a process", () => {
  const DEMAND = ["destroy", "--auto-approve", "--receipt-key", "r.key.pub", "--require-receipt"];
  const standing = (): string[] => Object.keys(STACKS).filter((name) => (app.state(name) ?? []).length > 0);

  beforeAll(async () => {
    app = makeApp(STACKS);
    expect((await run(["keys", "new", "r.key"])).code).toBe(0);
    expect((await run(["keys", "new", "other.key"])).code).toBe(0);
    expect((await run(["deploy", "--auto-approve"])).code).toBe(0);
    expect((await run(["plan", "--receipts", "there", ...SIGNED])).code).toBe(0);
    const { code, err } = await run(["plan", "--destroy", "--receipts", "gone", "--save", "gone-plans", ...SIGNED]);
    expect([code, err]).toEqual([0, expect.stringContaining("Next: anycast destroy --require-receipt gone.")]);
    expect(standing()).toEqual(["base", "alone"]);
  });

  afterAll(() => app.remove());

  test.each<[string, readonly string[], number, string]>([
    ["receipts of a deploy", ["there"], 1, "Expected the plan to be what was checked"],
    ["a receipt of another stack", ["gone/base/receipt.json"], 1, "There is no receipt of a check of alone"],
    ["an expired receipt", ["gone", "--max-age", "0s"], 1, "[ReceiptExpired]"],
    ["a receipt of another key", ["gone", "--receipt-key", "other.key.pub"], 1, "[ReceiptSignatureWrong]"],
    ["custom rules that the check did not use", ["gone", "--policy", TEAM], 1, "Expected the team's own policies"],
  ])("refuses %s and destroys nothing", async (_what, args, code, says) => {
    const ended = await run([...DEMAND, ...args]);
    expect([ended.code, (ended.out + ended.err).replace(/\s+/g, " ")]).toEqual([code, expect.stringContaining(says)]);
    expect(standing()).toEqual(["base", "alone"]);
  });

  test.each(["deploy", "destroy"])("refuses a key without receipts: %s", async (verb) => {
    const ended = await run([verb, "--auto-approve", "--receipt-key", "r.key.pub"]);
    expect([ended.code, ended.err]).toEqual([2, expect.stringContaining("[OptionInvalid]")]);
    expect(standing()).toEqual(["base", "alone"]);
  });

  test("refuses what was changed since the check", async () => {
    app.write({ ...STACKS, base: { input: "changed" } });
    expect((await run(["deploy", "--auto-approve", "--only", "base"])).code).toBe(0);
    app.write(STACKS);
    const { code, out } = await run([...DEMAND, "gone"]);
    expect([code, out.replace(/\s+/g, " ")]).toEqual([
      1,
      expect.stringContaining("the version of the state to be what"),
    ]);
    expect(standing()).toEqual(["base", "alone"]);
  });

  test("destroys what was checked, once", async () => {
    expect((await run(["plan", "--destroy", "--receipts", "gone2", "--save", "gone2-plans", ...SIGNED])).code).toBe(0);
    // Of the two, each in its own way.
    const done = await run([...DEMAND, "gone2", "--only", "base"]);
    expect([done.code, standing()]).toEqual([0, ["alone"]]);
    const again = await run([...DEMAND, "gone2", "--only", "base"]);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining("[ReceiptUsed]")]);
  });

  test("applies a saved destroy on another machine, and only where the state is the same", async () => {
    const stale = await run(["apply", "gone2-plans", "--auto-approve", "--require-receipt", "r.key.pub"]);
    expect([stale.code, standing()]).toEqual([1, ["alone"]]);
    expect((await run(["plan", "--destroy", "--only", "alone", "--save", "last", ...SIGNED])).code).toBe(0);
    const applied = await run(["apply", "last", "--auto-approve", "--require-receipt", "r.key.pub"]);
    expect([applied.code, applied.out]).toEqual([0, expect.stringContaining("The stack is destroyed as checked.")]);
    expect(standing()).toEqual([]);
  });
});
