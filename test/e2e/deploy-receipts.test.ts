import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { anycast } from "../support/anycast";
import type { AppOnDisk } from "../support/app";
import { makeApp } from "../support/app";

const TEAM = join(__dirname, "../fixtures/wasm/team.tar.gz");
const SIGNED = ["--sign-key", "r.key"];
const STACKS = { base: { input: "base" }, alone: { input: "alone" } };

let app: AppOnDisk;
const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}): ReturnType<typeof anycast> =>
  anycast(app.root, args, env);
const at = (...parts: readonly string[]): string => join(app.root, ...parts);
const applied = (): string[] => Object.keys(STACKS).filter((name) => app.state(name) !== undefined);
const receiptOf = (path: string): { anycast: Record<string, unknown> } => {
  const { payload } = JSON.parse(readFileSync(path, "utf8")) as { payload: string };
  return (JSON.parse(Buffer.from(payload, "base64").toString()) as { predicate: { anycast: Record<string, unknown> } })
    .predicate;
};

beforeAll(async () => {
  app = makeApp(STACKS);
  expect((await run(["keys", "new", "r.key"])).code).toBe(0);
  expect((await run(["keys", "new", "other.key"])).code).toBe(0);
  const planned = await run(["plan", "--save", "plans", "--receipts", "receipts", ...SIGNED]);
  expect([planned.code, planned.err]).toEqual([
    0,
    expect.stringContaining("anycast deploy --require-receipt receipts"),
  ]);
});
afterAll(() => app.remove());
afterEach(() => {
  for (const name of ["copy", "anycast.yaml"]) rmSync(at(name), { recursive: true, force: true });
  app.write(STACKS);
});

/** Unpacks a plan's zip, changes one file in it, packs it again. */
function editPlan(member: string): void {
  const script = `
import sys, zipfile
path, member = sys.argv[1:]
with zipfile.ZipFile(path) as old: parts = [(i.filename, old.read(i.filename)) for i in old.infolist()]
names = [n for n, _ in parts if n.startswith(member)]
assert names, parts
with zipfile.ZipFile(path, "w") as new:
    for name, data in parts: new.writestr(name, data.replace(b"base", b"evil") if name in names else data)
`;
  execFileSync("python3", ["-c", script, at("copy/base/plan.tfplan"), member]);
}

/** Changes the statement inside a receipt's envelope; the signature stays. */
function editReceipt(from: string, to: string): void {
  const path = at("copy/base/receipt.json");
  const envelope = JSON.parse(readFileSync(path, "utf8")) as { payload: string };
  const statement = Buffer.from(envelope.payload, "base64").toString();
  expect(statement).toContain(from);
  const edited = Buffer.from(statement.replace(from, to)).toString("base64");
  writeFileSync(path, JSON.stringify({ ...envelope, payload: edited }));
}

function swap(file: string): void {
  renameSync(at("copy/base", file), at("copy/x"));
  renameSync(at("copy/alone", file), at("copy/base", file));
  renameSync(at("copy/x"), at("copy/alone", file));
}

describe("anycast apply, as a process", () => {
  const key = ["--require-receipt", "r.key.pub"];
  interface Case {
    readonly change?: () => void;
    readonly args?: readonly string[];
    readonly env?: NodeJS.ProcessEnv;
    readonly says: string;
  }
  test.each<[string, Case]>([
    ["a plan edited inside its zip", { change: () => editPlan("tfplan"), says: "plan file .*ReceiptMismatch" }],
    [
      "a configuration edited inside its zip",
      { change: () => editPlan("tfconfig"), says: "plan file .*ReceiptMismatch" },
    ],
    ["swapped plans", { change: () => swap("plan.tfplan"), says: "plan file .*ReceiptMismatch" }],
    [
      "swapped receipts",
      { change: () => swap("receipt.json"), says: "receipt of alone, not of base.*ReceiptMismatch" },
    ],
    [
      "an edited receipt",
      { change: () => editReceipt('"operation":"deploy"', '"operation":"destroy"'), says: "ReceiptSignatureWrong" },
    ],
    ["a receipt of another key", { args: ["--require-receipt", "other.key.pub"], says: "ReceiptSignatureWrong" }],
    ["a required signature without a key", { args: ["--require-receipt"], says: "KeyInvalid" }],
    ["an expired receipt", { args: [...key, "--max-age", "0s"], says: "ReceiptExpired" }],
    [
      "custom rules that the check did not use",
      { args: [...key, "--policy", TEAM], says: "own policies .*ReceiptMismatch" },
    ],
    [
      "changed settings",
      { change: () => writeFileSync(at("anycast.yaml"), "regions: current\n"), says: "anycast.yaml .*ReceiptMismatch" },
    ],
    ["a real receipt in the sandbox", { env: { ANYCAST_SANDBOX: "x" }, says: "ReceiptFromOtherWorld" }],
    [
      "an environment that rewrites commands",
      { env: { TF_CLI_ARGS_apply: "-refresh=false" }, says: "EnvironmentRewritesCommands" },
    ],
  ])("refuses %s and applies nothing", async (_what, { change, args = key, env, says }) => {
    cpSync(at("plans"), at("copy"), { recursive: true });
    change?.();
    const { code, out, err } = await run(["apply", "copy", "--auto-approve", "--format", "json", ...args], env);
    expect(err).toMatch(new RegExp(`${says}\\]\\n$`));
    const expected = says.startsWith("Key") || says.startsWith("Env") ? 2 : 1;
    expect(code).toBe(expected);
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      operation: "apply",
      exitCode: expected,
      stacks: [],
      error: {},
    });
    expect(applied()).toEqual([]);
  });

  test.each([
    ["that nothing changes", '"hasChanges":true', '"hasChanges":false', "whether the plan changes anything"],
    ["other counts", '"changes":{"add":1,', '"changes":{"add":0,', "number of changes in the plan"],
    ["a destroy", '"operation":"deploy"', '"operation":"destroy"', "kind of the plan"],
  ])("trusts the plan over an unsigned receipt that claims %s", async (_what, from, to, says) => {
    cpSync(at("plans"), at("copy"), { recursive: true });
    editReceipt(from, to);
    const { code, err } = await run(["apply", "copy", "--auto-approve"]);
    expect([code, err]).toEqual([1, expect.stringContaining(says)]);
    expect(err).toContain("[ReceiptMismatch]");
    expect(applied()).toEqual([]);
  });

  test("accepts no sandbox receipt for a real apply, whatever key signed it", async () => {
    expect((await run(["plan", "--save", "copy", ...SIGNED], { ANYCAST_SANDBOX: "x" })).code).toBe(0);
    rmSync(at("terraform.base.tfstate.sandbox"), { force: true });
    rmSync(at("terraform.alone.tfstate.sandbox"), { force: true });
    const { code, err } = await run(["apply", "copy", "--auto-approve", ...key]);
    expect([code, err]).toEqual([1, expect.stringContaining("[ReceiptFromOtherWorld]")]);
    expect(applied()).toEqual([]);
  });
});

describe("anycast deploy --require-receipt, as a process", () => {
  const DEMAND = ["deploy", "--auto-approve", "--receipt-key", "r.key.pub", "--require-receipt"];

  test.each<[string, readonly string[], NodeJS.ProcessEnv, string]>([
    ["an expired receipt", ["receipts", "--max-age", "0s"], {}, "ReceiptExpired"],
    ["a receipt of another key", ["receipts", "--receipt-key", "other.key.pub"], {}, "ReceiptSignatureWrong"],
    ["a real receipt in the sandbox", ["receipts"], { ANYCAST_SANDBOX: "x" }, "ReceiptFromOtherWorld"],
    ["a directory without receipts", ["."], {}, "ReceiptsNotFound"],
    ["a file that is not a receipt", ["cdktf.json"], {}, "ReceiptInvalid"],
  ])("refuses %s before anything is planned", async (_what, args, env, code) => {
    const ended = await run([...DEMAND, ...args], env);
    expect([ended.code, ended.err]).toEqual([
      code === "ReceiptsNotFound" || code === "ReceiptInvalid" ? 2 : 1,
      expect.stringContaining(`[${code}]`),
    ]);
    expect(ended.err).not.toContain("synth");
    expect(applied()).toEqual([]);
  });

  test.each<[string, () => void, readonly string[], string]>([
    [
      "another change",
      () => app.write({ ...STACKS, base: { input: "evil" } }),
      [],
      "Expected the plan to be what was checked",
    ],
    [
      "a stack without a receipt",
      () => app.write({ ...STACKS, more: { input: "more" } }),
      [],
      "There is no receipt of a check of more",
    ],
    [
      "changed settings",
      () => writeFileSync(at("anycast.yaml"), "regions: current\n"),
      [],
      "Expected the anycast.yaml to be",
    ],
    [
      "custom rules that the check did not use",
      () => undefined,
      ["--policy", TEAM],
      "Expected the team's own policies",
    ],
    [
      "a stack that can be planned only later",
      () => app.write({ ...STACKS, later: { input: "x", reads: ["base"] } }),
      [],
      "deploy that first with --only",
    ],
  ])("refuses %s and applies nothing", async (_what, change, args, says) => {
    change();
    const { code, out } = await run([...DEMAND, "receipts", ...args]);
    expect(out.replace(/\s+/g, " ")).toContain(says);
    expect(code).toBe(1);
    expect(applied()).toEqual([]);
  });

  test("shows what differs from the check by resource and attribute, and says in the last line what to do", async () => {
    app.write({ ...STACKS, base: { input: "evil" } });
    const { code, out } = await run([...DEMAND, "receipts"]);
    const text = out.replace(/\s+/g, " ");
    expect(text).toContain("terraform_data.it.input: `(none) -> base` then, `(none) -> evil` now");
    expect(text).toContain("Plan and check again, and demand the new receipts.");
    expect(text).not.toContain("run the same command again");
    expect(code).toBe(1);
  });

  test("accepts a single receipt file, and refuses a stack that it does not cover", async () => {
    const { code, out } = await run([...DEMAND, "receipts/alone/receipt.json", "--format", "json"]);
    expect(code).toBe(1);
    const { stacks, check } = JSON.parse(out) as { stacks: object[]; check: { plans: { findings: object[] }[] } };
    expect(stacks).toMatchObject([
      { stack: "base", status: "denied" },
      { stack: "alone", status: "skipped" },
    ]);
    expect(check.plans[0]!.findings).toMatchObject([{ rule: "deploy/receipt", level: "deny", outcome: "violation" }]);
    expect(applied()).toEqual([]);
  });

  test("re-plans, applies what was checked once, and detects a replay by the state, on another machine too", async () => {
    const first = await run([...DEMAND, "receipts"]);
    expect([first.code, applied()]).toEqual([0, ["base", "alone"]]);
    const again = await run([...DEMAND, "receipts"]);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining("[ReceiptUsed]")]);
    // Another machine: it has not heard of the use, but it sees the state.
    rmSync(at(".anycast"), { recursive: true });
    app.write({ ...STACKS, base: { input: "base2" } });
    const elsewhere = await run([...DEMAND, "receipts"]);
    expect(elsewhere.code).toBe(1);
    expect(elsewhere.out.replace(/\s+/g, " ")).toMatch(
      /version of the state to be what was checked \(`none`\), got `\S+ serial 1`/,
    );
    const plans = await run(["apply", "plans", "--auto-approve", "--require-receipt", "r.key.pub"]);
    expect([plans.code, plans.err]).toEqual([1, expect.stringMatching(/version of the state .* applied already/)]);
  });

  test("treats two plans of the same changes as equal, whenever they were made", async () => {
    app.write(STACKS);
    expect((await run(["plan", "--receipts", "one"])).code).toBe(0);
    // Plans tell the second they were made in.
    await sleep(1_100);
    expect((await run(["plan", "--receipts", "two"])).code).toBe(0);
    const [one, two] = ["one", "two"].map((name) => receiptOf(at(name, "base/receipt.json")).anycast);
    const digests = (own: Record<string, unknown>): Record<string, string> => own.digests as Record<string, string>;
    expect(digests(one!).content).toBe(digests(two!).content);
    expect(digests(one!).json).not.toBe(digests(two!).json);
    expect(one!.state).toMatch(/^[0-9a-f-]{36} serial 1$/);
    expect(readdirSync(at("one/base"))).toEqual(["receipt.json"]);
    expect(existsSync(at("one/plans.json"))).toBe(false);
  });
});

test.each([
  ["a directory with something in it", ["--save", "plans"], "is not empty"],
  ["a receipt directory with something in it", ["--receipts", "receipts"], "is not empty"],
  [
    "one directory for plans and receipts",
    ["--save", "both", "--receipts", "both"],
    "--save and --receipts name one directory",
  ],
])("anycast plan refuses to save into %s before anything is planned", async (_what, args, says) => {
  const { code, err } = await run(["plan", ...args]);
  expect([code, err]).toEqual([2, expect.stringContaining(says)]);
  expect(err).not.toContain("synth");
});
