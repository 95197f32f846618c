import { mkdirSync, mkdtempSync, copyFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { examplesOf } from "../../src/check/rule-examples";
import { listRules } from "../../src/check/rules";
import { PLANS } from "../report/support/reports";
import { runMain } from "./support/run-main";
import type { MainResult } from "./support/run-main";

const explain = (args: readonly string[], terminal?: number): Promise<MainResult> =>
  runMain(["explain", ...args], { cwd: tmpdir(), ...(terminal === undefined ? {} : { terminal }) });

describe("anycast explain", () => {
  it("lists every rule with its level and title", async () => {
    const { exitCode, stdout } = await explain([], 200);
    expect(exitCode).toBe(0);
    expect(stdout.trimEnd().split("\n")).toHaveLength(listRules().length);
    expect(stdout).toMatch(/^binding\/vpc-only +deny {2}An Anycast EIP binds only to a CLB in a VPC$/m);
    expect(stdout).toMatch(/^change\/interruption +warn {2}A binding is changed when/m);
  });

  it("says what a rule requires, why, how to satisfy it, and that it is locked", async () => {
    const { exitCode, stdout } = await explain(["binding/vpc-only"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^binding\/vpc-only: An Anycast EIP binds only to a CLB in a VPC\n/);
    expect(stdout).toContain(
      "Level\n  A finding refuses the plan. The rule cannot be switched off or lowered; one\n  finding can be waived in anycast.yaml.\n",
    );
    for (const part of [
      "\nWhy\n  A CLB is in a VPC when",
      "\nFix\n  Give the CLB the id",
      "\nSource\n  Anycast EIP quick",
    ])
      expect(stdout).toContain(part);
  });

  it.each([
    ["clb/charge-type", "A finding is shown as a warning. anycast.yaml can change that"],
    ["plan/complete", "The rule cannot be switched off or lowered; nor"],
  ])("says how findings of %s can be handled", async (rule, wanted) => {
    expect((await explain([rule])).stdout).toContain(wanted);
  });

  it("shows one allowed and one denied example, and says where the others are", async () => {
    const { stdout } = await explain(["internal-only"]);
    expect(stdout.match(/^(Denied|Allowed): .*$/gm)).toEqual(["Denied: internet facing", "Allowed: internal"]);
    expect(stdout).toContain('\n    address_type       = "internet"\n');
    expect(stdout).toMatch(
      /^More examples\n {2}With --format json, and in policies\/rules\/binding\/internal-only\/examples\.$/m,
    );
    expect((await explain(["change/interruption"])).stdout).toContain("\nWarned about: clb that serves\n");
  });

  it("accepts the last part of an id where it is unique", async () => {
    expect((await explain(["supported-region"])).stdout).toMatch(/^binding\/supported-region: /);
  });

  it.each([
    ["binding/internal-onyl", "binding/internal-only"],
    ["vpc-olny", "binding/vpc-only"],
    ["addres/name", "address/name"],
  ])("suggests the closest rule for %s", async (given, meant) => {
    const { exitCode, stdout, stderr } = await explain([given]);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`Fix: did you mean ${meant}? `);
    expect(stderr).toMatch(/\[RuleNotFound\]\n$/);
  });

  it("suggests nothing where no rule is close", async () => {
    const { exitCode, stderr } = await explain(["something-else-entirely"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Fix: `anycast explain` lists them");
  });

  it("prints one rule or all of them as JSON", async () => {
    const one = JSON.parse((await explain(["vpc-only", "--format", "json"])).stdout) as object;
    expect(one).toMatchObject({
      version: 1,
      rule: { id: "binding/vpc-only", level: "deny", locked: true, doc: "docs/rules/binding/vpc-only.md" },
    });
    const all = JSON.parse((await explain(["--format=json"])).stdout) as { rules: { id: string }[] };
    expect(all.rules.map(({ id }) => id)).toEqual(listRules().map(({ id }) => id));
    expect((await explain(["--format", "yaml"])).exitCode).toBe(2);
  });

  it("fits 80 columns for every rule, and a narrow terminal, except for examples and single long words", async () => {
    for (const { id } of listRules()) {
      for (const width of [80, 44]) {
        const { stdout } = await explain([id], width);

        const prose = stdout
          .replace(/\u001b\[\d+m/g, "")
          .replace(/^(Denied|Warned about|Allowed)[^]*?(?=^(Source|More examples)$)/m, "");
        for (const line of prose.split("\n"))
          if (line.trim().includes(" ")) expect(line.length).toBeLessThanOrEqual(width);
      }
    }
  });
});

describe("the examples of a rule", () => {
  let root: string;
  const rule = listRules().find(({ id }) => id === "binding/internal-only")!;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "anycast-examples-"));
    const folder = join(root, "policies/rules/binding/internal-only/examples");
    mkdirSync(folder, { recursive: true });
    copyFileSync(join(PLANS, "module-output-bad.json"), join(folder, "denied-module-output.plan"));
    writeFileSync(join(folder, "allowed.tf"), 'resource "x" "y" {}\n');
    writeFileSync(join(folder, "notes.txt"), "no example");
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it("are plans shown as the configuration they were made of, denied ones first", () => {
    const examples = examplesOf(rule, root);
    expect(examples.map(({ verdict, about, language }) => [verdict, about, language])).toEqual([
      ["denied", "module output", "hcl"],
      ["allowed", "", "hcl"],
    ]);
    expect(examples[1]!.text).toBe('resource "x" "y" {}');
    expect(examples[0]!.text).toContain(
      [
        'module "m" {',
        '  t   = "internet"',
        "  vsw = alicloud_vswitch.s.id",
        "}",
        "",
        "# in module.m",
        'resource "alicloud_slb_load_balancer" "lb" {',
        "  address_type       = var.t",
        '  load_balancer_name = "lb"',
        "  vswitch_id         = var.vsw",
        "}",
      ].join("\n"),
    );
  });

  it.each([
    ["becomes-internet", '# planned: delete, then create\nresource "alicloud_slb_load_balancer" "lb" {'],
    ["target-only", "# the plan has complete: false\n"],
    ["count-index-good", "  count = 2\n"],
    ["for-each-one-bad", '  for_each = {"x":"intranet","y":"internet"}\n'],
  ])("show the unusual plan of %s", (name, wanted) => {
    copyFileSync(
      join(PLANS, `${name}.json`),
      join(root, "policies/rules/binding/internal-only/examples/denied-module-output.plan"),
    );
    expect(examplesOf(rule, root)[0]!.text).toContain(wanted);
  });

  it("are empty for a rule without an examples folder", () => {
    expect(examplesOf({ ...rule, file: "rules/a/b/c.rego" }, root)).toEqual([]);
  });
});
