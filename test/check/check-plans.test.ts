import { readFileSync } from "node:fs";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CheckReport } from "../../src/core/check-report";
import { checkPlans } from "../../src/check";
import type { CheckOptions } from "../../src/check";

const PLANS = join(__dirname, "..", "fixtures", "plans");
const ATTACHMENT = "alicloud_eipanycast_anycast_eip_address_attachment.t";
const expectations = JSON.parse(readFileSync(join(PLANS, "index.json"), "utf8")) as {
  name: string;
  expect: string;
  why: string;
}[];

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "anycast-check-"))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function check(names: readonly string[], options: Partial<CheckOptions> = {}): Promise<CheckReport> {
  const sources = names.map((name) => ({ name, path: join(PLANS, `${name}.json`) }));
  return checkPlans(sources, { emit: () => undefined, cwd: directory, ...options });
}

function config(text: string): void {
  writeFileSync(join(directory, "anycast.yaml"), text);
}

describe("real plans of the provider", () => {
  it("are all present", () => expect(expectations).toHaveLength(16));

  it.each(expectations.map(({ name, expect: verdict, why }) => [name, verdict, why]))(
    "%s: %s (%s)",
    async (name, verdict) => {
      const report = await check([name]);
      expect(report.verdict).toBe(verdict === "allow" ? "allowed" : "denied");
    },
  );

  it("are refused by the intended rule", async () => {
    const denied = [
      "internet-facing",
      "address-type-omitted",
      "classic-network",
      "region-unsupported",
      "region-mismatch",
      "alias-mismatch",
      "literal-id",
      "target-only",
    ];
    const report = await check(denied);
    const rulesOf = ({ findings = [] }: (typeof report.plans)[number]): string[] => [
      ...new Set(findings.filter(({ level }) => level === "deny").map(({ rule }) => rule)),
    ];
    expect(report.plans.map(rulesOf)).toEqual([
      ["binding/internal-only"],
      ["binding/internal-only"],
      ["binding/vpc-only"],
      ["binding/region-in-area", "binding/supported-region"],
      ["binding/region-matches-target"],
      // Its CLB is in another region than the binding says, and than its vSwitch.
      ["binding/one-region", "binding/region-matches-target"],
      ["binding/provable-target"],
      ["plan/complete"],
    ]);
  });

  it("come with the evidence that allowed them", async () => {
    const report = await check(["module-output-good"]);
    expect(report.plans[0]?.evidence).toEqual([
      {
        address: ATTACHMENT,
        region: "ap-southeast-1",
        targets: [
          {
            address: "module.m.alicloud_slb_load_balancer.lb",
            via: "reference",
            by: "alicloud_slb_load_balancer.lb.id (by reference, expression not visible)",
            address_type: "intranet",
            vswitch: "alicloud_vswitch.s",
            region_from: "provider alicloud",
          },
        ],
      },
    ]);
  });
});

describe("several plans", () => {
  it("get the worst verdict overall, and one each", async () => {
    const report = await check(["internal-vpc", "internet-facing"]);
    expect(report.verdict).toBe("denied");
    expect(report.plans.map((plan) => plan.verdict)).toEqual(["allowed", "denied"]);
    expect((await check(["internal-vpc", "not-there", "internet-facing"])).verdict).toBe("error");
  });

  it("are an error when there are none, never allowed", async () => {
    expect((await check([])).verdict).toBe("error");
  });

  it("get the same report byte for byte for the same input", async () => {
    const names = expectations.map(({ name }) => name);
    expect(JSON.stringify(await check(names))).toBe(JSON.stringify(await check(names)));
  });
});

describe("input that is not a plan", () => {
  it.each([
    ["an empty file", "", "PlanEmpty"],
    ["only spaces", " \n", "PlanEmpty"],
    ["an empty list", "[]", "NotAPlan"],
    ["an empty object", "{}", "NotAPlan"],
    ["null", "null", "NotAPlan"],
    ["a number", "1", "NotAPlan"],
    ["truncated JSON", '{"format_version":"1.2","resource_ch', "PlanNotJson"],
    ["a state file", '{"version":4,"serial":1,"lineage":"x","resources":[]}', "NotAPlan"],
    ["a shown state", '{"format_version":"1.0","terraform_version":"1.11.4","values":{}}', "NotAPlan"],
    ["HTML", "<html></html>", "PlanNotJson"],
  ])("%s is an error with a message", async (_name, text, code) => {
    const path = join(directory, "plan.json");
    writeFileSync(path, text);
    const report = await checkPlans([{ name: "plan.json", path }], { emit: () => undefined, cwd: directory });
    expect(report.verdict).toBe("error");
    expect(report.plans[0]?.error?.code).toBe(code);
    expect(report.plans[0]?.error?.message).toMatch(/^[A-Z].*plan\.json.* Fix: /);
  });

  it("is a directory, or does not exist", async () => {
    const report = await checkPlans(
      [
        { name: ".", path: directory },
        { name: "x", path: join(directory, "x") },
      ],
      { emit: () => undefined },
    );
    expect(report.plans.map((plan) => plan.error?.code)).toEqual(["PlanIsADirectory", "PlanNotFound"]);
  });
});

describe("anycast.yaml", () => {
  const waiver = (expires: string, address = ATTACHMENT): string =>
    `waivers:\n  - {rule: binding/internal-only, address: ${address}, reason: moving, owner: net, expires: ${expires}}\n`;
  const now = new Date("2026-06-01T12:00:00Z");

  it("waives one finding, which stays visible and proves nothing", async () => {
    config(waiver("2026-06-01"));
    const report = await check(["internet-facing"], { now });
    expect(report.verdict).toBe("allowed");
    expect(report.plans[0]).toMatchObject({ bindings: 0 });
    const waived = report.plans[0]?.findings?.filter(({ level }) => level === "deny");
    expect(waived).toMatchObject([{ rule: "binding/internal-only", waived: true }]);
    expect(report.waivers).toMatchObject([{ state: "used", owner: "net", at: "anycast.yaml:2:5" }]);
  });

  it.each([
    ["an expired waiver", waiver("2026-05-31"), "expired"],
    ["a waiver for another address", waiver("2026-12-31", "other.t"), "unused"],
  ])("reports %s and refuses", async (_name, text, state) => {
    config(text);
    const report = await check(["internet-facing"], { now });
    expect(report.verdict).toBe("denied");
    expect(report.waivers?.[0]?.state).toBe(state);
  });

  it("sets the allowed regions", async () => {
    config("regions: [cn-shanghai]\n");
    const denials = async (name: string): Promise<unknown> =>
      (await check([name])).plans[0]?.findings?.filter(({ level }) => level === "deny").map(({ rule }) => rule);
    // Not supported by default; its address is of another area besides.
    expect(await denials("region-unsupported")).toEqual(["binding/region-in-area"]);
    expect(await denials("internal-vpc")).toEqual(["binding/supported-region"]);
  });

  it("denies outside a change window what is otherwise a warning", async () => {
    expect((await check(["destroy-all"], { now })).verdict).toBe("allowed");
    config('windows:\n  - {from: "02:00", to: "04:00", time_zone: UTC}\n');
    expect((await check(["destroy-all"], { now })).verdict).toBe("denied");
    expect((await check(["destroy-all"], { now: new Date("2026-06-01T03:00:00Z") })).verdict).toBe("allowed");
  });

  it("that is invalid stops the run before any plan is checked", async () => {
    config("regionz: current\n");
    await expect(check(["internal-vpc"])).rejects.toMatchObject({ code: "ConfigInvalid" });
  });
});

describe("a region from the environment", () => {
  it("is undetermined unless it is given", async () => {
    const plan = JSON.parse(readFileSync(join(PLANS, "internal-vpc.json"), "utf8")) as {
      configuration: { provider_config: { alicloud: { expressions: Record<string, unknown> } } };
    };
    delete plan.configuration.provider_config.alicloud.expressions.region;
    const source = { name: "p", json: Buffer.from(JSON.stringify(plan)) };
    const verdict = async (regionFromEnv?: string): Promise<string> =>
      (
        await checkPlans([source], {
          emit: () => undefined,
          cwd: directory,
          ...(regionFromEnv === undefined ? {} : { regionFromEnv }),
        })
      ).verdict;
    expect(await verdict()).toBe("denied");
    expect(await verdict("cn-hongkong")).toBe("denied");
    expect(await verdict("ap-southeast-1")).toBe("allowed");
  });
});
