import { check } from "./support/judge";
import { ADDRESS, block, change, CLB, fixture, refer, references, type Json } from "./support/plan";

/** One cause of a refusal: how a plan comes to have it, what its fix says, and the plan when that was done. */
interface Cause {
  readonly title: string;
  readonly rule: string;
  readonly made: (plan: Json) => void;
  readonly fix: RegExp;
  readonly carriedOut: (plan: Json) => void;
}

const PROVIDER = "registry.terraform.io/aliyun/alicloud";

const literal = (plan: Json): void => {
  const planned = change(plan, "alicloud_eipanycast_anycast_eip_address_attachment").change;
  planned.after.bind_instance_id = "lb-made0000";
  delete planned.after_unknown.bind_instance_id;
};

const CAUSES: readonly Cause[] = [
  {
    title: "a local value in between",
    rule: "binding/provable-target",
    made: (plan) => refer(plan, { references: ["local.lb"] }),
    fix: /refer to the load balancer without one\.$/,
    carriedOut: (plan) => refer(plan, references(`${CLB}.lb.id`)),
  },
  {
    title: "another attribute than the id",
    rule: "binding/provable-target",
    made: (plan) => refer(plan, references(`${CLB}.lb.address`)),
    fix: /^Take its id/,
    carriedOut: (plan) => refer(plan, references(`${CLB}.lb.id`)),
  },
  {
    title: "a literal id that nothing proves",
    rule: "binding/provable-target",
    made: literal,
    fix: /^Read the load balancer with the data source/,
    carriedOut: (plan) => Object.assign(change(plan, CLB).change.after, { id: "lb-made0000", ...knownId(plan) }),
  },
  {
    title: "an address type left out",
    rule: "binding/internal-only",
    made: (plan) => {
      delete change(plan, CLB).change.after.address_type;
      change(plan, CLB).change.after_unknown.address_type = true;
      delete block(plan, CLB).expressions.address_type;
    },
    fix: /^Set address_type = "intranet" on the CLB\./,
    carriedOut: (plan) => {
      change(plan, CLB).change.after.address_type = "intranet";
      delete change(plan, CLB).change.after_unknown.address_type;
    },
  },
  {
    title: "a region that the binding does not share",
    rule: "binding/region-matches-target",
    made: (plan) => setRegion(plan, "eu-central-1"),
    fix: /^Set bind_instance_region_id = "ap-southeast-1"/,
    carriedOut: (plan) => setRegion(plan, "ap-southeast-1"),
  },
  {
    title: "a region from the environment",
    rule: "binding/region-matches-target",
    made: (plan) => delete plan.configuration.provider_config.alicloud.expressions,
    fix: /^Write the region into the provider configuration/,
    carriedOut: (plan) => {
      plan.configuration.provider_config.alicloud.expressions = { region: { constant_value: "ap-southeast-1" } };
    },
  },
  {
    title: "a module without the provider's source",
    rule: "plan/provider",
    made: (plan) => setProvider(plan, "registry.terraform.io/hashicorp/alicloud"),
    fix: /^Write required_providers \{ alicloud = \{ source = "aliyun\/alicloud" \} \} in the module that declares alicloud_eipanycast_anycast_eip_address\./,
    carriedOut: (plan) => setProvider(plan, PROVIDER),
  },
];

function knownId(plan: Json): object {
  delete change(plan, CLB).change.after_unknown.id;
  return {};
}

function setRegion(plan: Json, region: string): void {
  change(plan, "alicloud_eipanycast_anycast_eip_address_attachment").change.after.bind_instance_region_id = region;
}

function setProvider(plan: Json, name: string): void {
  change(plan, ADDRESS).provider_name = name;
}

describe("the fix of each cause", () => {
  it.each(CAUSES)("of $title makes the finding go", async ({ rule, made, fix, carriedOut }) => {
    const plan = fixture("internal-vpc");
    made(plan);
    const refused = (await check(plan)).findings?.filter((one) => one.rule === rule) ?? [];
    expect(refused.map((one) => one.fix)).toEqual([expect.stringMatching(fix)]);
    carriedOut(plan);
    const report = await check(plan);
    expect(report.findings?.filter((one) => one.level === "deny")).toEqual([]);
    expect(report.verdict).toBe("allowed");
  });
});
