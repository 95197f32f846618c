import { readFileSync } from "node:fs";
import { join } from "node:path";
import { askCloud } from "../../../src/check/live";
import type { Ask } from "../../../src/check/live/api";

const plan = JSON.parse(
  readFileSync(join(__dirname, "..", "..", "fixtures", "plans", "literal-id.json"), "utf8"),
) as Record<string, unknown>;
const FOUND = {
  LoadBalancerId: "lb-gs5abcdefgh",
  AddressType: "intranet",
  NetworkType: "vpc",
  VSwitchId: "vsw-1",
  VpcId: "vpc-1",
  RegionId: "ap-southeast-1",
  LoadBalancerStatus: "inactive",
};

function cloud(balancers: readonly object[]): { ask: Ask; asked: string[] } {
  const asked: string[] = [];
  const ask: Ask = (product, action, region, query) => {
    asked.push(`${product}.${action} ${region} ${query.LoadBalancerId ?? query.ServiceLocation ?? ""}`);
    const answer =
      action === "DescribeLoadBalancers"
        ? { LoadBalancers: { LoadBalancer: balancers } }
        : { AnycastServerRegionList: [{ RegionId: "ap-southeast-1" }] };
    return Promise.resolve(answer);
  };
  return { ask, asked };
}

describe("asking the cloud", () => {
  it("asks for the literal ids in the plan's regions, and for the supported regions", async () => {
    const { ask, asked } = cloud([FOUND]);
    const { live, facts } = await askCloud(plan, { ask });
    expect(asked).toEqual([
      "Slb.DescribeLoadBalancers ap-southeast-1 lb-gs5abcdefgh",
      "Eipanycast.DescribeAnycastServerRegions ap-southeast-1 international",
    ]);
    expect(live.load_balancers).toEqual([
      expect.objectContaining({
        id: "lb-gs5abcdefgh",
        address_type: "intranet",
        vswitch_id: "vsw-1",
        region: "ap-southeast-1",
        status: "inactive",
      }),
    ]);
    expect(live.regions).toEqual(["ap-southeast-1"]);
    expect(facts.map((fact) => fact.action)).toEqual([
      "Slb.DescribeLoadBalancers",
      "Eipanycast.DescribeAnycastServerRegions",
    ]);
    expect(Number.isNaN(Date.parse(facts[0]?.seen_at ?? ""))).toBe(false);
  });

  it("does not accept another load balancer than the requested one", async () => {
    const { live, facts } = await askCloud(plan, cloud([{ ...FOUND, LoadBalancerId: "lb-other" }]));
    expect(live.load_balancers).toEqual([]);
    expect(facts[0]?.answer).toEqual({ found: false });
  });

  it("records an error and proves nothing from it", async () => {
    const ask: Ask = () => Promise.reject(new Error("connect ECONNREFUSED"));
    const { live, facts } = await askCloud(plan, { ask });
    expect(live).toEqual({ load_balancers: [] });
    expect(facts.map((fact) => fact.answer)).toEqual([
      { error: "connect ECONNREFUSED" },
      { error: "connect ECONNREFUSED" },
    ]);
  });

  it("sends no request when every id is in the plan", async () => {
    const { ask, asked } = cloud([]);
    const known = JSON.parse(
      readFileSync(join(__dirname, "..", "..", "fixtures", "plans", "noop-good.json"), "utf8"),
    ) as Record<string, unknown>;
    await askCloud(known, { ask });
    expect(asked).toEqual([]);
  });
});
