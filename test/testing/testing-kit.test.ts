import { App, TerraformStack } from "cdktf";
import { AlicloudProvider } from "@cdktf/provider-alicloud/lib/provider";
import { EipanycastAnycastEipAddress } from "@cdktf/provider-alicloud/lib/eipanycast-anycast-eip-address";
import { EipanycastAnycastEipAddressAttachment } from "@cdktf/provider-alicloud/lib/eipanycast-anycast-eip-address-attachment";
import { SlbLoadBalancer } from "@cdktf/provider-alicloud/lib/slb-load-balancer";
import { simulatedTypes } from "alicloud-sandbox";
import { AcceleratedService } from "../../src";
import { anycastMatchers, judge, planInSandbox } from "../../src/testing";

jest.setTimeout(120_000);

function stackOf(build: (stack: TerraformStack) => void): TerraformStack {
  const stack = new TerraformStack(new App(), "shop");
  new AlicloudProvider(stack, "alicloud", { region: "ap-southeast-1" });
  build(stack);
  return stack;
}
const good = (): TerraformStack =>
  stackOf((stack) => {
    new AcceleratedService(stack, "shop", {
      name: "shop",
      network: { zoneId: "ap-southeast-1a" },
      listeners: [{ protocol: "tcp", port: 80 }],
    });
  });
const bad = (): TerraformStack =>
  stackOf((stack) => {
    const clb = new SlbLoadBalancer(stack, "clb", { addressType: "internet", instanceChargeType: "PayByCLCU" });
    new EipanycastAnycastEipAddressAttachment(stack, "binding", {
      anycastId: new EipanycastAnycastEipAddress(stack, "eip", { serviceLocation: "international" }).id,
      bindInstanceId: clb.id,
      bindInstanceType: "SlbInstance",
      bindInstanceRegionId: "ap-southeast-1",
    });
  });

describe("the testing kit", () => {
  it("gives the real plan of a stack, and the gate's report of it", async () => {
    const plan = await planInSandbox(good());
    expect(plan.document.terraform_version).toMatch(/^1\./);
    await expect(plan).toPlan({ add: 6, change: 0, destroy: 0 });
    await expect(plan).toBeAllowedByPolicy();
    await expect(plan).toBindOnlyInternalClbs();
    expect(await judge(plan)).toMatchObject({ verdict: "allowed", plans: [{ bindings: 1, source: "shop" }] });
  });

  it("plans stacks one after the other in one initialised directory, also when called concurrently", async () => {
    const plans = await Promise.all([planInSandbox(good()), planInSandbox(bad()), planInSandbox(good())]);
    expect(plans.map((plan) => plan.changes.add)).toEqual([6, 3, 6]);
  });

  it("mocks what the sandbox does not simulate", async () => {
    const other = stackOf((stack) => stack.addOverride("resource.alicloud_log_project.it", { project_name: "logs" }));
    await expect(other).toPlan({ add: 1 });
    expect(simulatedTypes().resources).not.toContain("alicloud_log_project");
  });

  it("accepts a stack in place of its plan", async () => {
    await expect(good()).toBeAllowedByPolicy();
    await expect(bad()).not.toBeAllowedByPolicy();
    await expect(bad()).not.toBindOnlyInternalClbs();
  });

  it("fails with the report of anycast check", async () => {
    const plan = await planInSandbox(bad());
    const { pass, message } = await anycastMatchers.toBeAllowedByPolicy(plan);
    expect(pass).toBe(false);
    expect(message()).toMatch(/denied: binding\/internal-only[^]+Verdict: denied/);
    const counted = await anycastMatchers.toPlan(plan, { add: 4 });
    expect(counted.pass).toBe(false);
    expect(counted.message()).toMatch(
      /^Expected the plan of shop to be 4 to add, got `3 to add`:\n {2}create alicloud_/,
    );
  });

  it("does not pass without a binding, or without an expectation", async () => {
    const empty = await planInSandbox(stackOf(() => undefined));
    expect((await anycastMatchers.toBindOnlyInternalClbs(empty)).pass).toBe(false);
    expect((await anycastMatchers.toPlan(empty, {})).pass).toBe(false);
    await expect(anycastMatchers.toBeAllowedByPolicy("a plan")).rejects.toThrow("neither a stack nor a plan");
  });

  it("reports terraform's message when there is no plan", async () => {
    const broken = stackOf((stack) => stack.addOverride("resource.alicloud_vpc.x.nonsense", 1));
    await expect(planInSandbox(broken)).rejects.toMatchObject({
      code: "PlanFailed",
      message: expect.stringContaining("nonsense") as string,
    });
  });
});
