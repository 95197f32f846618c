import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CheckReport } from "../../src/core/check-report";
import { run } from "../../src/core/process";
import { terraformEnvironment } from "../../src/core/terraform-binary";
import { checkPlans } from "../../src/check";

const plan = (name: string): string =>
  readFileSync(join(__dirname, "../fixtures/plans", `${name}.json`), "utf8").trim();
const check = (text: string): Promise<CheckReport> =>
  checkPlans([{ name: "-", json: Buffer.from(text) }], { emit: () => undefined, cwd: directory });

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "anycast-streams-"))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe("several plans in one stream, as Terragrunt prints them", () => {
  test.each([
    ["\n", ["internal-vpc", "noop-good"], "allowed"],
    ["", ["internal-vpc", "internet-facing", "noop-good"], "denied"],
    [" \r\n\n", ["internet-facing", "internal-vpc"], "denied"],
  ])("separated by %j are each checked separately", async (separator, names, verdict) => {
    const report = await check(names.map(plan).join(separator) + separator);
    expect(report.verdict).toBe(verdict);
    const alone = await Promise.all(names.map((name) => check(plan(name))));
    expect(report.plans.map((one) => one.verdict)).toEqual(alone.map((one) => one.verdict));
    expect(report.plans.map((one) => one.digest)).toEqual(alone.map((one) => one.plans[0]!.digest));
    expect(report.plans[0]!.source).toBe(`- (plan 1 of ${names.length})`);
  });

  test.each([
    ["an empty object", "{}"],
    ["a plan without its changes", '{"format_version":"1.2","a":{}}'],
    ["a duplicate key", '{"format_version":"1.2","format_version":"1.2"}'],
  ])("are an error with %s after a good plan", async (_what, second) => {
    const report = await check(`${plan("internal-vpc")}\n${second}`);
    expect(report.verdict).toBe("error");
    expect(report.plans.map(({ verdict }) => verdict)).toEqual(["allowed", "error"]);
  });

  test.each([
    ["words", "done"],
    ["half an object", '{"format_version":'],
    ["a closing bracket", "}"],
  ])("cannot be read at all with %s after a good plan", async (_what, rest) => {
    const report = await check(`${plan("internal-vpc")}\n${rest}`);
    expect(report.plans.map(({ error }) => error?.code)).toEqual(["PlanNotJson"]);
  });
});

describe("what is given in place of a plan", () => {
  test.each([
    ["[command]/opt/hostedtoolcache/terraform-bin show -json plan.tfplan"],
    ["12:34:56.789 STDOUT [unit] terraform: reading"],
  ])("a wrapper's or a log's first line is quoted in the error: %s", async (line) => {
    const report = await check(`${line}\n${plan("internal-vpc")}`);
    expect(report.plans[0]!.error).toMatchObject({ code: "PlanNotJson" });
    expect(report.plans[0]!.error!.message).toContain(line);
  });

  test("the content of a broken plan is never quoted", async () => {
    const report = await check('{"format_version":"1.2",\n{"password":"hunter2"');
    expect(report.plans[0]!.error!.code).toBe("PlanNotJson");
    expect(report.plans[0]!.error!.message).not.toContain("hunter2");
  });

  test("the saved plan of a run in HCP Terraform is recognised", async () => {
    const bookmark = '{"remote_plan_format":1,"run_id":"run-GXfuHMkbyHccAGUg","hostname":"app.terraform.io"}';
    const report = await check(bookmark);
    expect(report.plans[0]!.error).toMatchObject({ code: "PlanIsRemote" });
    expect(report.plans[0]!.error!.message).toContain("terraform show -json FILE | anycast check -");
  });
});

describe("a refresh-only plan", () => {
  test.each([[true], [false]])("gets the same verdict as a file and as JSON (with drift: %s)", async (drift) => {
    const file = join(directory, "file");
    const local = `resource "terraform_data" "a" { input = "x" }\noutput "o" { value = terraform_data.a.id }\n`;
    writeFileSync(join(directory, "main.tf"), local);
    const terraform = async (...args: string[]): Promise<string> => {
      const ended = await run("terraform", args, { cwd: directory, env: terraformEnvironment() });
      if (ended.exitCode !== 0) throw new Error(ended.stderr.toString());
      return ended.stdout.toString();
    };
    await terraform("init");
    await terraform("apply", "-auto-approve");
    writeFileSync(file, "x");
    await terraform("plan", "-refresh-only", "-out=p");
    let json = await terraform("show", "-json", "p");
    // Nothing that needs no provider drifts by itself: the member is added as terraform writes it.
    const change = '{"address":"x","mode":"managed","type":"x","name":"x","change":{"actions":["update"]}}';
    if (drift) {
      json = json.replace('"applyable":false', '"applyable":true');
      json = json.replace('"prior_state":', `"resource_drift":[${change}],"prior_state":`);
      expect(json).toContain("resource_drift");
    }
    const saved = await checkPlans([{ name: "p", json: Buffer.from(json), planFile: join(directory, "p") }], {
      emit: () => undefined,
      cwd: directory,
    });
    const alone = await check(json);
    expect(saved.verdict).toBe("allowed");
    // OpenTofu's JSON does not say that a plan is complete: only its saved file is allowed.
    expect(alone.verdict).toBe(json.includes('"complete":true') ? "allowed" : "denied");
  });

  test.each([
    ["outputs change", { outputs: { x: { sensitive: false, type: "number", value: 1 } }, root_module: {} }],
    ["nothing at all differs", { root_module: {} }],
  ])("is allowed as JSON where %s", async (_what, planned) => {
    const { resource_changes: _left, ...document } = JSON.parse(plan("internal-vpc")) as Record<string, unknown>;
    const [report] = (await check(JSON.stringify({ ...document, applyable: true, planned_values: planned }))).plans;
    expect(report).toMatchObject({ verdict: "allowed", bindings: 0 });
  });

  test("is denied when its list of changes was merely removed", async () => {
    const document = JSON.parse(plan("internal-vpc")) as Record<string, unknown>;
    delete document.resource_changes;
    const report = await check(JSON.stringify({ ...document, resource_drift: [{ address: "x" }] }));
    expect(report.verdict).toBe("denied");
  });
});
