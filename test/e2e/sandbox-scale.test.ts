import { statSync } from "node:fs";
import { join } from "node:path";
import { State } from "../../packages/sandbox/src/cloud/store/state";
import { Workspace } from "../../packages/sandbox/test/provider/support/workspace";

jest.setTimeout(120_000);

const configuration = (count: number): string => `
resource "alicloud_vpc" "v" {
  cidr_block = "10.0.0.0/8"
}
resource "alicloud_vswitch" "s" {
  vpc_id     = alicloud_vpc.v.id
  cidr_block = "10.1.0.0/16"
  zone_id    = "ap-southeast-1a"
}
locals {
  all = toset([for at in range(${count}) : tostring(at)])
}
resource "alicloud_slb_load_balancer" "lb" {
  for_each           = local.all
  address_type       = "intranet"
  load_balancer_spec = "slb.s1.small"
  vswitch_id         = alicloud_vswitch.s.id
}
resource "alicloud_eipanycast_anycast_eip_address" "a" {
  for_each         = local.all
  service_location = "international"
}
resource "alicloud_eipanycast_anycast_eip_address_attachment" "t" {
  for_each                = local.all
  anycast_id              = alicloud_eipanycast_anycast_eip_address.a[each.key].id
  bind_instance_id        = alicloud_slb_load_balancer.lb[each.key].id
  bind_instance_type      = "SlbInstance"
  bind_instance_region_id = "ap-southeast-1"
}
`;

interface Work {
  /** Calls of the cloud by action. */
  readonly calls: Readonly<Record<string, number>>;
  /** Records that the cloud handed out to answer them. */
  readonly records: number;
  /** Bytes written to its journal. */
  readonly bytes: number;
}

/** Applies so many bound addresses with 50 operations at once, and counts what that cost the sandbox. */
async function workOf(count: number): Promise<Work> {
  const work = await Workspace.open({ quotas: { anycastEips: count, loadBalancers: count } });
  const calls: Record<string, number> = {};
  let records = 0;
  const counted = (["all", "by"] as const).map((name) => {
    const original = State.prototype[name] as (...args: unknown[]) => unknown[];
    return jest.spyOn(State.prototype, name).mockImplementation(function (this: State, ...args: unknown[]) {
      const found = original.apply(this, args);
      records += found.length;
      return found as never;
    });
  });
  try {
    work.sandbox.cloud.on((event) => {
      if (event.type === "call") calls[event.action] = (calls[event.action] ?? 0) + 1;
    });
    await work.configure(configuration(count));
    await work.apply("-parallelism=50");
    const handedOut = records;
    expect(work.sandbox.status().bindings).toHaveLength(count);
    return { calls, records: handedOut, bytes: statSync(join(work.sandbox.directory, "journal")).size };
  } finally {
    for (const spy of counted) spy.mockRestore();
    await work.close();
  }
}

describe("the workload of the sandbox", () => {
  const [few, many] = [10, 40];
  let small: Work;
  let large: Work;
  beforeAll(async () => {
    small = await workOf(few);
    large = await workOf(many);
  });

  it.each([few, many])("is a fixed number of calls for each of %i bound addresses", (count) => {
    const { calls } = count === few ? small : large;
    expect(calls).toEqual({
      CreateVpc: 1,
      DescribeVpcAttribute: 2,
      DescribeRouteTableList: 2,
      CreateVSwitch: 1,
      DescribeVSwitchAttributes: count + 2,
      CreateLoadBalancer: count,
      DescribeLoadBalancerAttribute: 2 * count,
      ListTagResources: count,
      AllocateAnycastEipAddress: count,
      AssociateAnycastEipAddress: count,
      DescribeAnycastEipAddress: 4 * count,
    });
  });

  it("is a fixed number of record reads for each address, however many there are", () => {
    expect(small.records).toBeGreaterThan(0);
    expect(large.records / small.records).toBeLessThanOrEqual((many / few) * 1.1);
  });

  it("is a fixed number of bytes written for each address", () => {
    expect(small.bytes).toBeGreaterThan(0);
    expect(large.bytes / small.bytes).toBeLessThanOrEqual((many / few) * 1.1);
  });
});
