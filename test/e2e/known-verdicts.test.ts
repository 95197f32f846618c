import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { PlanReport } from "../../src/core/check-report";
import { checkPlans } from "../../src/check";
import { startSandbox, type Sandbox } from "alicloud-sandbox";
import { terraformBinary } from "../../src/core/terraform-binary";

const run = promisify(execFile);
const CASES = join(__dirname, "../fixtures/verdicts");
const MANY = 10_000;

interface Case {
  readonly name: string;
  readonly saved: "allowed" | "denied";
  /** `any` where plan JSON does not show the expression that decides. */
  readonly json: "allowed" | "denied" | "any";
  readonly why: string;
}

const cases = JSON.parse(readFileSync(join(CASES, "index.json"), "utf8")) as readonly Case[];

let sandbox: Sandbox;
let directory: string;
beforeAll(async () => (sandbox = await startSandbox({ quotas: { loadBalancers: MANY, anycastEips: MANY } })));
afterAll(() => sandbox.stop());
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "anycast-verdicts-"))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function terraformIn(cwd: string) {
  const env = { ...process.env, ...sandbox.env };
  return { env, terraform: (...args: string[]) => run(terraformBinary(env), args, { cwd, env, maxBuffer: 1 << 28 }) };
}

/** Makes what is there before the plan. */
async function applyFirst(cwd: string): Promise<void> {
  const { terraform } = terraformIn(cwd);
  await terraform("init", "-input=false");
  await terraform("apply", "-input=false", "-auto-approve");
}

/** Plans what is in a directory, and checks the saved plan and its JSON. */
async function check(cwd: string, why: string): Promise<{ saved: PlanReport; json: PlanReport }> {
  const { env, terraform } = terraformIn(cwd);
  await terraform("init", "-input=false");
  await terraform("plan", "-input=false", "-out=p.tfplan");
  const { stdout } = await terraform("show", "-json", "p.tfplan");
  const regionFromEnv = /--region-from-env=(\S+)/.exec(why)?.[1];
  const options = { emit: () => undefined, env, cwd, regionFromEnv };
  const saved = await checkPlans([{ name: "p.tfplan", path: join(cwd, "p.tfplan") }], options);
  const json = await checkPlans([{ name: "p.json", json: Buffer.from(stdout) }], options);
  return { saved: saved.plans[0]!, json: json.plans[0]! };
}

test.each(cases.filter(({ name }) => name !== "hcl-synth").map((one) => [one.name, one] as const))(
  "%s",
  async (_, { name, saved, json, why }) => {
    const before = join(CASES, name, "before");
    if (existsSync(before)) {
      cpSync(before, directory, { recursive: true });
      await applyFirst(directory);
    }
    cpSync(join(CASES, name), directory, { recursive: true });
    // Another configuration, with a state of its own.
    if (existsSync(join(directory, "elsewhere"))) await applyFirst(join(directory, "elsewhere"));
    const report = await check(directory, why);
    expect([report.saved.verdict, report.saved.error]).toEqual([saved, undefined]);
    if (json !== "any") expect(report.json.verdict).toBe(json);
  },
);

test("one CDKTF program gets one verdict, synthesised as JSON and as HCL", async () => {
  const { saved, json, why } = cases.find(({ name }) => name === "hcl-synth")!;
  for (const hcl of ["false", "true"]) {
    const out = join(directory, hcl);
    const env = {
      ...process.env,
      CDKTF_OUTDIR: out,
      SYNTH_HCL_OUTPUT: hcl,
      NODE_PATH: join(__dirname, "../../node_modules"),
    };
    await run(process.execPath, [join(CASES, "hcl-synth", "main.js")], { env });
    const stack = join(out, "stacks", "joined");
    expect(readdirSync(stack)).toContain(hcl === "true" ? "cdk.tf" : "cdk.tf.json");
    const report = await check(stack, why);
    expect([hcl, report.saved.verdict]).toEqual([hcl, saved]);
    if (hcl === "false") expect(report.json.verdict).toBe(json);
  }
});

test("a binding that may reach 150 load balancers is reported briefly", async () => {
  cpSync(join(CASES, "quadratic-element"), directory, { recursive: true });
  const { saved } = await check(directory, "");
  expect(saved.bindings).toBe(150);
  expect(JSON.stringify(saved).length).toBeLessThan(150 * 2_000);
});
