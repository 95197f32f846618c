import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { checkPlans } from "../../src/check";
import { loadConfig } from "../../src/check/config";
import { readBundle } from "../../src/check/custom-rules/bundle";
import { evaluateCustom } from "../../src/check/custom-rules/evaluation";
import { planSources } from "../../src/cli/check-sources";
import type { CliIo } from "../../src/cli/io";
import { MOST_TEXT } from "../../src/core/limits";
import { run } from "../../src/core/process";
import { readRegularFile } from "../../src/core/regular-file";
import { pemFrom } from "../../src/gate/receipt/keys";
import { demandReceipts } from "../../src/gate/stacks/demanded-receipts";
import { provePlanFile, readPlan, readPlanFile } from "../../src/plan";
import { noteConfiguration, withShownConfiguration } from "../../src/plan/file/document/configuration-text";
import { JsonScanner } from "../../src/plan/file/scan/json-scanner";
import { scanText } from "../../src/plan/file/text";
import { cutIntoParts } from "../../src/plan/resolve";
import type { FactsDocument } from "../../src/plan/resolve/facts-document";
import { evaluate } from "../../src/plan/resolve/evaluate/evaluate";
import { optionsOf, text, union, type Value } from "../../src/plan/resolve/evaluate/value";
import { parseExpression } from "../../src/plan/source/hcl";
import { decideByParts } from "../../src/policy/parts";
import { fixture, type Json } from "../gate/support/plan";
import { evaluateInLittleMemory, LARGE } from "../policy/support/little-memory";
import { scopeWith } from "../plan/resolve/support/constants";
import { withinLimit } from "../../src/report";
import { FACTS } from "../plan/support/facts";
import { archive, zip } from "../plan/support/plan-file";

/** A row of the table "Limits" of docs/configuration.md. */
interface Limit {
  readonly what: string;
  /** As written: a number, perhaps with its unit. */
  readonly most: string;
  readonly code: string;
}

const PAGE = readFileSync(join(__dirname, "../../docs/configuration.md"), "utf8");
const LIMITS: readonly Limit[] = PAGE.slice(PAGE.indexOf("## Limits"))
  .split("\n")
  .filter((line) => line.startsWith("|"))
  .slice(2)
  .map((line) => {
    const [, what, most, code] = line.split("|").map((cell) => cell.trim());
    return { what: what!, most: most!, code: code!.replaceAll("`", "") };
  });

let directory: string;
beforeAll(() => (directory = mkdtempSync(join(tmpdir(), "anycast-limits-"))));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** A file of so many bytes, which takes no room. */
function sparse(bytes: number, name = "sparse"): string {
  const path = join(directory, name);
  writeFileSync(path, "");
  truncateSync(path, bytes);
  return path;
}

/** What goes wrong one above the limit `n`: an error, or why a value is not known. */
type Provoke = (n: number) => unknown;

const EXPRESSION = { file: "main.tf" };
/** What is not known of it: a call may fail as well. */
const asked = (expression: string, variables: Readonly<Record<string, Value>> = {}): Value | undefined =>
  optionsOf(evaluate(parseExpression({ ...EXPRESSION, text: expression }), scopeWith(variables))).find(
    ({ kind }) => kind === "unknown",
  );
const someOf = (count: number): Value => union(Array.from({ length: count }, (_, i) => text(`x${String(i)}`)));

/** A plan whose text is longer than what is to be read of it, without being there. */
const longPart = (n: number): unknown =>
  scanText(Buffer.from("{}"), "plan.json", (bytes) => new JsonScanner(bytes).parse(0, n + 1));

function withConfiguration(n: number): unknown {
  const bytes = Buffer.alloc(n + 1);
  bytes.write("${");
  const plan = {};
  noteConfiguration(plan, bytes);
  return withShownConfiguration(plan, () => ({}), "plan.json");
}

/** `var.v0` through so many variables of modules that lead to each other. */
function chain(n: number): Value {
  const scope = { ...scopeWith({ v: text("x") }), depth: n + 1 };
  return evaluate(parseExpression({ ...EXPRESSION, text: "var.v" }), scope);
}

/** A plan whose binding refers to the load balancer through so many modules. */
async function byReferences(n: number): Promise<unknown> {
  const plan = fixture("internal-vpc");
  const root = plan.configuration.root_module;
  const outermost: Json = { module_calls: {}, outputs: {} };
  let module = outermost;
  for (let i = 0; i < n; i++) {
    const inner: Json = { module_calls: {}, outputs: { id: { expression: { references: ["local.none"] } } } };
    module.module_calls.m = { module: inner };
    module.outputs.id = { expression: { references: ["module.m.id", "module.m"] } };
    module = inner;
  }
  root.module_calls = { ...root.module_calls, m: { module: outermost } };
  const binding = root.resources.find((one: Json) => (one.type as string).endsWith("_attachment"));
  binding.expressions.bind_instance_id = { references: ["module.m.id", "module.m"] };
  const options = { emit: () => undefined, env: {}, cwd: directory };
  const report = await checkPlans([{ name: "p.json", json: Buffer.from(JSON.stringify(plan)) }], options);
  return report.plans[0]!.findings!.find(({ rule }) => rule === "binding/provable-target")?.message;
}

const digits = (n: number): unknown => {
  const plan = fixture("internal-vpc");
  const binding = plan.resource_changes.find((one: Json) => (one.type as string).endsWith("_attachment"));
  binding.change.after.number = 7;
  const json = JSON.stringify(plan).replace('"number":7', `"number":${"1".repeat(n)}.123`);
  return readPlan(Buffer.from(json), "plan.json", FACTS);
};

const tooOften = (n: number): unknown => {
  const content = Buffer.alloc(2 ** 20 + 1);
  const packed = archive([{ name: "tfplan", content }]);
  expect(content.length / packed.length).toBeGreaterThan(n);
  return provePlanFile(packed, "plan.tfplan");
};

async function withCustomRules(json: string): Promise<unknown> {
  const options = {
    emit: () => undefined,
    env: {},
    cwd: directory,
    policies: [join(__dirname, "../fixtures/wasm/team.tar.gz")],
  };
  const { plans } = await checkPlans([{ name: "plan.json", path: json }], options);
  return plans[0]!.error;
}

/** A policy that never ends loading, in its thread: (module (func $f (loop (br 0))) (start $f)). */
const ENDLESS = Buffer.from("0061736d01000000010401600000030201000801000a0901070003400c000b0b", "hex");

async function endless(n: number): Promise<unknown> {
  jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate", "queueMicrotask", "performance"] });
  try {
    let isEnded = false;
    const ended = evaluateCustom({ wasm: ENDLESS, data: {}, entrypoint: "x" }, "own").catch((thrown: unknown) => {
      isEnded = true;
      return thrown;
    });
    jest.advanceTimersByTime(n * 1000 - 1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(isEnded).toBe(false);
    jest.advanceTimersByTime(1);
    return await ended;
  } finally {
    jest.useRealTimers();
  }
}

/** By the first words of a row. */
const PROVOKED: Readonly<Record<string, Provoke>> = {
  "a plan that `check` is given": (n) => readPlanFile(sparse(n + 1)),
  "a part of it that is read as a whole": longPart,
  "a plan with custom rules": (n) => withCustomRules(sparse(n + 1)),
  "the configuration in a plan's JSON": withConfiguration,
  "levels of a plan's JSON": (n) => readPlan(Buffer.from("[".repeat(n + 1)), "plan.json", FACTS),
  "digits of a number": digits,
  "what a program prints": () => run(process.execPath, ["-p", "'x'.repeat(100)"], { most: 10 }),
  "a saved plan, unpacked": (n) => provePlanFile(archive(halves(n)), "plan.tfplan"),
  "one file in it": (n) => provePlanFile(archive([file(n + 1)]), "plan.tfplan"),
  "how many times its size": tooOften,
  "levels of an expression": (n) => asked("(".repeat(n + 1) + "1" + ")".repeat(n + 1)),
  "steps from an expression": chain,
  "the same where only": byReferences,
  "pairs of possible values": () => asked("var.a == var.b", { a: someOf(17), b: someOf(17) }),
  "values that the arguments": (n) => asked('coalesce(var.a, "x")', { a: someOf(n + 1) }),
  "elements of one `setproduct`": (n) => asked(`setproduct(range(${String(Math.ceil(n / 100))}), range(101))`),
  "what the rules look at together": (n) =>
    decideByParts([{ text: "x".repeat(n + 1), restore: (answer) => answer }], () => ({})),
  "memory of the rules": () => evaluateInLittleMemory(LARGE["many small objects"]),
  "`anycast.yaml`": (n) => loadConfig(sparse(n + 1, "anycast.yaml"), directory, []),
  "a bundle of custom rules": (n) => readBundle(gzipSync(Buffer.alloc(n + 1), { level: 1 }), "own.tar.gz"),
  "seconds that custom rules": endless,
  "a receipt": (n) => {
    const path = sparse(n + 1, "receipt.json");
    return demandReceipts({ path, maxAgeMs: 1, inSandbox: false, trusted: undefined, projectDirectory: directory });
  },
  "a key": (n) => pemFrom(sparse(n + 1, "r.key"), {}, "NOTHING"),
  "a report, in one format": (n) => withinLimit("json", () => "x".repeat(n + 1)),
  "any other file": (n) => readRegularFile(sparse(n + 1)),
};

const file = (size: number): { name: string; content: Buffer; size: number } => ({
  name: `f${String(size)}`,
  content: Buffer.alloc(10),
  size,
});
const halves = (n: number): ReturnType<typeof file>[] => [0, 1, 2].map((i) => file(Math.ceil(n / 3) + i));

async function messageOf(provoke: Provoke, n: number): Promise<{ code: string | undefined; said: string }> {
  try {
    const said = await provoke(n);
    // Whether a call that is not evaluated would fail is not known either.
    const { options } = (said ?? {}) as { options?: readonly Value[] };
    const given = options?.find(({ kind }) => kind === "unknown") ?? said;
    const { code, message, why } = (given ?? {}) as { code?: string; message?: string; why?: string };
    return { code, said: typeof given === "string" ? given : (message ?? why ?? "") };
  } catch (thrown) {
    return { code: (thrown as { code?: string }).code, said: (thrown as Error).message };
  }
}

describe("the limits of docs/configuration.md", () => {
  test("are the ones that are provoked here", () => {
    const provokers = Object.keys(PROVOKED);
    expect(provokers.filter((one) => !LIMITS.some(({ what }) => what.startsWith(one)))).toEqual([]);
    expect(LIMITS.filter(({ what }) => !provokers.some((one) => what.startsWith(one)))).toEqual([]);
  });

  test.each(LIMITS.map((one) => [one.what, one] as const))("%s", async (what, { most, code }) => {
    const provoke = Object.entries(PROVOKED).find(([begin]) => what.startsWith(begin))![1];
    const n = Number(/^\d+/.exec(most)![0]);
    const { code: got, said } = await messageOf(provoke, n);
    if (!code.startsWith("a finding")) expect(got).toBe(code);
    if (code === "OutputTooLarge") {
      expect(said).toContain("more than 10 bytes");
      expect(String(MOST_TEXT)).toBe(String(n));
    } else expect(said).toContain(code === "OwnPolicyTooSlow" ? `${most} s` : most);
  });

  test("stdin ends where its limit is", async () => {
    const chunk = Buffer.alloc(2 ** 26);
    const stdin = Readable.from(Array.from({ length: 40 }, () => chunk));
    const io = { stdin, interactive: false } as unknown as CliIo;
    await expect(planSources(["-"], undefined, io)).rejects.toMatchObject({
      code: "PlanTooLarge",
      message: expect.stringContaining("2147483647 bytes (2 GiB)") as string,
    });
  });

  test("what the rules look at together is refused before it is written whole", () => {
    const change = { actions: ["create"], after: { id: "x".repeat(2 ** 20) } };
    const long = { address: "a.b", mode: "managed", type: "a", name: "b", change };
    const facts: FactsDocument = { version: 1, bindings: [], unplanned: [], configured: [] };
    // A thousand MiB would be more than fits into a text.
    const input = { resource_changes: Array.from({ length: 1000 }, () => long) };
    expect(() => [...cutIntoParts(input, facts, FACTS)]).toThrow(
      /at most 67108864 bytes \(64 MiB\), got `\d{8} bytes or more`/,
    );
  });

  test("a report that is longer than a text can be is refused as one above the limit", () => {
    expect(() => withinLimit("text", () => "x".repeat(2 ** 30))).toThrow(
      "Expected the report in the format text to be at most 524288000 bytes (500 MiB), got `more`. Fix: check fewer plans at a time, or split the stack.",
    );
    expect(() => withinLimit("text", () => "x".repeat(-1))).toThrow(RangeError);
  });

  test("an archive just below them is read", () => {
    expect(() => provePlanFile(zip([["tfplan", Buffer.from("x")]]), "plan.tfplan")).not.toThrow();
  });
});
