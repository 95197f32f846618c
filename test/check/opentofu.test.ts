import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlanReport } from "../../src/core/check-report";
import { checkPlans } from "../../src/check";
import type { PlanFields } from "../plan/support/plan-file";
import { BY_OPENTOFU, BY_TERRAFORM, ENCRYPTED, planFile } from "../plan/support/plan-file";

const BINDING = "alicloud_eipanycast_anycast_eip_address_attachment.b";
const FOLDER = join(__dirname, "..", "fixtures", "opentofu");

/** What `tofu show -json` of OpenTofu 1.11 printed of a plan with one binding. */
type Plan = Record<string, unknown> & { resource_changes: unknown[] };
const recorded = (): Plan => JSON.parse(readFileSync(join(FOLDER, "internal-vpc.json"), "utf8")) as Plan;

/** What OpenTofu 1.11 lists of an ephemeral resource. */
const EPHEMERAL = {
  address: "ephemeral.simple_resource.e",
  mode: "ephemeral",
  type: "simple_resource",
  name: "e",
  provider_name: "example.com/test/simple",
  change: {
    actions: ["open"],
    before: null,
    after: null,
    after_unknown: {},
    before_sensitive: false,
    after_sensitive: false,
  },
};

/** The source that the recorded plan was made of, as far as it decides. */
const SOURCE = `
provider "alicloud" {
  region = "ap-southeast-1"
}
resource "alicloud_vswitch" "s" {}
resource "alicloud_slb_load_balancer" "c" {
  address_type = "intranet"
  vswitch_id   = alicloud_vswitch.s.id
}
resource "alicloud_eipanycast_anycast_eip_address" "e" {}
resource "alicloud_eipanycast_anycast_eip_address_attachment" "b" {
  anycast_id       = alicloud_eipanycast_anycast_eip_address.e.id
  bind_instance_id = alicloud_slb_load_balancer.c.id
}
`;
const saved = (fields: PlanFields): Buffer => planFile(fields, SOURCE);

describe("OpenTofu's plans", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "anycast-opentofu-"))));
  afterEach(() => rmSync(directory, { recursive: true }));

  /** A program of this name that shows every plan so, or fails with these words. */
  function program(name: string, says: { readonly plan?: Plan; readonly error?: string }): NodeJS.ProcessEnv {
    writeFileSync(join(directory, "out.json"), says.plan === undefined ? "" : JSON.stringify(says.plan));
    writeFileSync(join(directory, "error.txt"), says.error ?? "");
    const path = join(directory, name);
    writeFileSync(path, `#!/bin/sh\ncd "${directory}"; cat error.txt >&2; cat out.json; [ -s out.json ]\n`);
    chmodSync(path, 0o755);
    return { PATH: process.env.PATH, TERRAFORM_BINARY_NAME: path };
  }

  async function checked(file: Buffer, env: NodeJS.ProcessEnv): Promise<PlanReport> {
    writeFileSync(join(directory, "p"), file);
    const options = { emit: () => undefined, env, cwd: directory };
    return (await checkPlans([{ name: "p", path: "p" }], options)).plans[0]!;
  }

  const denials = (report: PlanReport): string[] => (report.findings ?? []).map(({ message }) => message);

  test("one is checked as a Terraform plan is, as JSON and as a file", async () => {
    const env = program("tofu", { plan: recorded() });
    const json = Buffer.from(JSON.stringify(recorded()));
    const [byJson] = (await checkPlans([{ name: "p", json }], { emit: () => undefined, env, cwd: directory })).plans;
    const byFile = await checked(saved(BY_OPENTOFU), env);
    expect(byFile.findings).toEqual([]);
    expect(byJson!.findings?.map(({ rule, level }) => [rule, level])).toEqual([["plan/expressions-visible", "warn"]]);
    for (const report of [byJson!, byFile]) {
      expect(report).toMatchObject({ verdict: "allowed", bindings: 1 });
      expect(report.evidence?.[0]).toMatchObject({ address: BINDING, region: "ap-southeast-1" });
    }
  });

  test.each<[string, PlanFields]>([
    ["-target", { 5: [BINDING] }],
    ["-exclude", { 6: ["alicloud_vpc.other"] }],
  ])("one created with %s is refused, though its JSON does not show it", async (_option, part) => {
    const report = await checked(saved({ ...BY_OPENTOFU, ...part }), program("tofu", { plan: recorded() }));
    expect(report.verdict).toBe("denied");
    expect(denials(report)).toEqual(["Expected complete to be true, got `false` (at the plan)."]);
  });

  test("a refresh-only one lists no changes, and is allowed as Terraform's is", async () => {
    const { resource_changes: _left, ...plan } = recorded();
    const env = program("tofu", { plan: plan as Plan });
    expect((await checked(saved({ ...BY_OPENTOFU, 17: 2 }), env)).verdict).toBe("allowed");
    expect((await checked(saved(BY_OPENTOFU), env)).verdict).toBe("denied");
  });

  test("one with an ephemeral resource is checked as usual", async () => {
    const plan = recorded();
    plan.resource_changes.push(EPHEMERAL);
    expect(await checked(saved(BY_OPENTOFU), program("tofu", { plan }))).toMatchObject({
      verdict: "allowed",
      bindings: 1,
    });
  });

  test.each<[string, string, PlanFields, Plan, string]>([
    ["a Terraform plan file read by tofu", "tofu", BY_TERRAFORM, recorded(), "Terraform 1.11.4"],
    [
      "an OpenTofu plan file read by terraform",
      "terraform",
      BY_OPENTOFU,
      { ...recorded(), complete: false },
      "OpenTofu 1.11.0",
    ],
  ])("%s is refused with the program to use instead", async (_what, name, fields, plan, maker) => {
    const { error } = await checked(saved(fields), program(name, { plan }));
    expect(error?.code).toBe("PlanOfOtherProgram");
    expect(error?.message).toContain(`${maker} made this saved plan`);
    expect(error?.message).toContain(`TERRAFORM_BINARY_NAME=${maker.startsWith("Open") ? "tofu" : "terraform"}`);
  });

  test("a file whose plan cannot be read is refused", async () => {
    const damaged = saved(BY_OPENTOFU);
    damaged.writeUInt32LE(0, damaged.length - 6);
    expect((await checked(damaged, program("tofu", { plan: recorded() }))).error?.code).toBe("PlanFileDamaged");
  });

  test.each<[string, string, Buffer, string]>([
    [
      "OpenTofu's with terraform",
      "terraform",
      saved(BY_OPENTOFU),
      "with OpenTofu 1.11.0, which made it (TERRAFORM_BINARY_NAME=tofu)",
    ],
    ["of another version", "tofu", saved(BY_OPENTOFU), "with OpenTofu 1.11.0, which made it."],
    ["of an unknown program", "tofu", saved({ 1: 3 }), "with the program and version that made it"],
    [
      "an encrypted one without its key",
      "tofu",
      ENCRYPTED,
      "it is encrypted: check it with the TF_ENCRYPTION or encryption block that it was made with.",
    ],
    ["an encrypted one with terraform", "terraform", ENCRYPTED, "and with OpenTofu (TERRAFORM_BINARY_NAME=tofu)."],
  ])("when a saved plan cannot be shown, the fix names the program that can: %s", async (_what, name, file, fix) => {
    const { error } = await checked(file, program(name, { error: "│ Error: no.\n" }));
    expect(error?.code).toBe("PlanNotShown");
    expect(error?.message).toMatch(new RegExp(`^\`${name} show -json\` could not read the saved plan`));
    expect(error?.message).toContain(fix);
  });

  test("an encrypted one is shown by the program that has the key, and checked", async () => {
    expect(await checked(ENCRYPTED, program("tofu", { plan: recorded() }))).toMatchObject({
      verdict: "allowed",
      bindings: 1,
    });
  });

  test("an encrypted one cannot be piped in", async () => {
    const options = { emit: () => undefined, env: {}, cwd: directory };
    const [report] = (await checkPlans([{ name: "-", json: ENCRYPTED }], options)).plans;
    expect(report!.error?.code).toBe("PlanNotText");
  });
});
