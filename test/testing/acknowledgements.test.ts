import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { EipanycastAnycastEipAddress } from "@cdktf/provider-alicloud/lib/eipanycast-anycast-eip-address";
import { EipanycastAnycastEipAddressAttachment } from "@cdktf/provider-alicloud/lib/eipanycast-anycast-eip-address-attachment";
import { AlicloudProvider } from "@cdktf/provider-alicloud/lib/provider";
import { SlbLoadBalancer } from "@cdktf/provider-alicloud/lib/slb-load-balancer";
import { Construct } from "constructs";
import { Policies } from "../../src";
import type { Acknowledgement } from "../../src";
import { judge, planInSandbox } from "../../src/testing";
import type { CheckReport, SandboxPlan } from "../../src/testing";

jest.setTimeout(120_000);

const directory = mkdtempSync(join(tmpdir(), "acknowledged-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const ADDRESS = "alicloud_eipanycast_anycast_eip_address";
type Scope = "app" | "group" | "stack" | "address" | "elsewhere";

const made = new Map<string, Promise<SandboxPlan>>();

/** Each plan once: the tests check it with different settings. */
function planned(at: Scope, change: Partial<Acknowledgement>): Promise<SandboxPlan> {
  const key = JSON.stringify([at, change]);
  const plan = made.get(key) ?? makePlan(at, change);
  made.set(key, plan);
  return plan;
}

/** A stack whose address has a bandwidth below the limit of anycast.yaml, and a load balancer that faces the internet. */
function makePlan(at: Scope, change: Partial<Acknowledgement>): Promise<SandboxPlan> {
  const app = new App();
  Policies.of(app, { env: { ANYCAST_GATE: "1" } });
  const acknowledge = (scope: Construct): void => {
    Policies.of(scope).acknowledge({
      rule: "address/bandwidth",
      reason: "measured twice",
      owner: "team-network",
      expires: "2027-03-31",
      ...change,
    });
  };
  const group = new Construct(app, "group");
  if (at === "app") acknowledge(app);
  if (at === "group") acknowledge(group);
  const stack = new TerraformStack(group, "shop");
  new AlicloudProvider(stack, "alicloud", { region: "cn-hongkong" });
  const address = new EipanycastAnycastEipAddress(stack, "eip", { serviceLocation: "international", bandwidth: 200 });
  const clb = new SlbLoadBalancer(stack, "clb", { addressType: "internet", instanceChargeType: "PayByCLCU" });
  const attachment = new EipanycastAnycastEipAddressAttachment(stack, "binding", {
    anycastId: address.id,
    bindInstanceId: clb.id,
    bindInstanceType: "SlbInstance",
    bindInstanceRegionId: "cn-hongkong",
  });
  if (at === "stack") acknowledge(stack);
  if (at === "address") acknowledge(address);
  if (at === "elsewhere") acknowledge(attachment);
  return planInSandbox(stack);
}

const NOW = new Date("2027-01-01T00:00:00Z");

function checked(plan: SandboxPlan, settings: string, now = NOW): Promise<CheckReport> {
  const config = join(directory, "anycast.yaml");
  writeFileSync(config, `version: 1\nbandwidth: { min: 300 }\n${settings}`);
  return judge(plan, { config, now });
}

/** Whether the bandwidth's finding is waived, what became of the acknowledgement, and the verdict. */
function outcome({ plans: [plan], verdict }: CheckReport): [boolean | undefined, string | undefined, string] {
  const finding = plan?.findings?.find(
    ({ rule, address }) => rule === "address/bandwidth" && address.startsWith(ADDRESS),
  );
  expect(finding?.level).toBe("deny");
  return [finding?.waived, plan?.acknowledgements?.[0]?.state, verdict];
}

describe("an acknowledgement at a construct", () => {
  it.each<[Scope, string, boolean, string]>([
    ["address", "acknowledgements: all", true, "used"],
    ["address", "acknowledgements: [address/bandwidth, address/name]", true, "used"],
    ["stack", "acknowledgements: all", true, "used"],
    ["group", "acknowledgements: all", true, "used"],
    ["app", "acknowledgements: all", true, "used"],
    ["address", "", false, "not-allowed"],
    ["address", "acknowledgements: none", false, "not-allowed"],
    ["address", "acknowledgements: [address/name]", false, "not-allowed"],
    ["elsewhere", "acknowledgements: all", false, "unused"],
  ])("given at the %s counts like a waiver in anycast.yaml (%s)", async (at, settings, waived, state) => {
    const report = await checked(await planned(at, {}), settings);
    // The binding to an internet-facing load balancer refuses the plan in any case.
    expect(outcome(report)).toEqual([waived, state, "denied"]);
  });

  it("counts until the end of its last day", async () => {
    const plan = await planned("address", { expires: "2027-01-01" });
    expect(outcome(await checked(plan, "acknowledgements: all"))).toEqual([true, "used", "denied"]);
    const next = new Date("2027-01-02T00:00:00Z");
    expect(outcome(await checked(plan, "acknowledgements: all", next))).toEqual([false, "expired", "denied"]);
  });

  it("never applies to a rule that only anycast.yaml can waive, and cannot be given in anycast.yaml", async () => {
    const plan = await planned("stack", { rule: "binding/internal-only" });
    const report = await checked(plan, "acknowledgements: all");
    expect(report.verdict).toBe("denied");
    expect(report.plans[0]?.acknowledgements).toEqual([
      expect.objectContaining({ state: "not-allowed", rule: "binding/internal-only", construct: "group/shop" }),
    ]);
    await expect(checked(plan, "acknowledgements: [binding/internal-only]")).rejects.toMatchObject({
      code: "ConfigInvalid",
    });
  });

  it("is reported with its source line", async () => {
    const report = await checked(await planned("address", {}), "acknowledgements: all");
    expect(report.plans[0]?.acknowledgements?.[0]).toMatchObject({
      construct: "group/shop/eip",
      addresses: [expect.stringMatching(`^${ADDRESS}\\.`)],
      owner: "team-network",
      reason: "measured twice",
      source: { file: "test/testing/acknowledgements.test.ts", line: expect.any(Number) as number },
    });
  });
});
