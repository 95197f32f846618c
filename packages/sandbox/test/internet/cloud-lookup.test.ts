import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCloud } from "../../src/cloud";
import type { Body, Cloud, Params, Product } from "../../src/cloud";
import { cloudLookup } from "../../src/internet";
import type { Lookup } from "../../src/internet";
import { interruptible } from "../../src/internet/interruption";

const REGION = "ap-southeast-1";
let directory: string;
let cloud: Cloud;
let lookup: Lookup;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "anycast-lookup-"));
  cloud = await openCloud({ directory });
  lookup = cloudLookup(cloud);
});
afterEach(async () => {
  await cloud.close();
  rmSync(directory, { recursive: true, force: true });
});

const call = (product: Product, action: string, params: Params): Promise<Body> =>
  cloud.call(product, action, { RegionId: REGION, ...params }, { region: REGION });
const idFrom = async (key: string, answer: Promise<Body>): Promise<string> => String((await answer)[key]);

interface Service {
  readonly balancer: string;
  readonly server: string;
}

/** A server behind an internal load balancer with a running HTTP listener on port 80. */
async function service(): Promise<Service> {
  const vpc = await idFrom("VpcId", call("Vpc", "CreateVpc", { CidrBlock: "10.0.0.0/16" }));
  const vswitch = await idFrom(
    "VSwitchId",
    call("Vpc", "CreateVSwitch", { VpcId: vpc, CidrBlock: "10.0.1.0/24", ZoneId: "ap-southeast-1a" }),
  );
  const group = await idFrom("SecurityGroupId", call("Ecs", "CreateSecurityGroup", { VpcId: vpc }));
  const balancer = await idFrom(
    "LoadBalancerId",
    call("Slb", "CreateLoadBalancer", {
      AddressType: "intranet",
      VpcId: vpc,
      VSwitchId: vswitch,
      InstanceChargeType: "PayByCLCU",
    }),
  );
  const image = (await call("Ecs", "DescribeImages", { PageSize: "100" })) as {
    Images: { Image: { ImageId: string }[] };
  };
  const types = (await call("Ecs", "DescribeInstanceTypes", {})) as {
    InstanceTypes: { InstanceType: { InstanceTypeId: string }[] };
  };
  const run = (await call("Ecs", "RunInstances", {
    ImageId: image.Images.Image[0]?.ImageId ?? "",
    InstanceType: types.InstanceTypes.InstanceType[0]?.InstanceTypeId ?? "",
    VSwitchId: vswitch,
    SecurityGroupId: group,
    "SystemDisk.Category": "cloud_essd",
  })) as { InstanceIdSets: { InstanceIdSet: string[] } };
  const server = run.InstanceIdSets.InstanceIdSet[0] ?? "";
  await call("Slb", "AddBackendServers", {
    LoadBalancerId: balancer,
    BackendServers: `[{'ServerId':'${server}','Weight':'30', 'Type': 'ecs'}]`,
  });
  await call("Slb", "CreateLoadBalancerHTTPListener", {
    LoadBalancerId: balancer,
    ListenerPort: "80",
    BackendServerPort: "8080",
    StickySession: "off",
    HealthCheck: "off",
  });
  await call("Slb", "StartLoadBalancerListener", { LoadBalancerId: balancer, ListenerPort: "80" });
  return { balancer, server };
}

async function plainEip(): Promise<{ id: string; ip: string }> {
  const eip = await call("Vpc", "AllocateEipAddress", {});
  return { id: String(eip.AllocationId), ip: String(eip.EipAddress) };
}

async function anycastEip(): Promise<{ id: string; ip: string }> {
  const id = await idFrom(
    "AnycastId",
    call("Eipanycast", "AllocateAnycastEipAddress", { ServiceLocation: "international" }),
  );
  return { id, ip: await idFrom("IpAddress", call("Eipanycast", "DescribeAnycastEipAddress", { AnycastId: id })) };
}

describe("looking addresses up in the simulated cloud", () => {
  it.each(["8.8.8.8", "127.0.0.1", "::1", ""])("finds nothing for %p", async (ip) => {
    await plainEip();
    await anycastEip();
    expect(await lookup(ip)).toBeUndefined();
  });

  it("finds addresses that are not bound", async () => {
    const [plain, anycast] = [await plainEip(), await anycastEip()];
    expect(await lookup(plain.ip)).toEqual({ ip: plain.ip, kind: "plain", accessPoints: [], targets: [] });
    const found = await lookup(anycast.ip);
    expect(found).toMatchObject({ ip: anycast.ip, kind: "anycast", targets: [] });
    expect(found?.accessPoints).toContain("eu-west-1-pop");
    expect(found?.accessPoints).not.toContain("cn-beijing-pop");
  });

  it("resolves both addresses to the servers behind the load balancer, and follows every change", async () => {
    const { balancer, server } = await service();
    const [plain, anycast] = [await plainEip(), await anycastEip()];
    await call("Vpc", "AssociateEipAddress", {
      AllocationId: plain.id,
      InstanceId: balancer,
      InstanceType: "SlbInstance",
    });
    const binding = {
      AnycastId: anycast.id,
      BindInstanceId: balancer,
      BindInstanceRegionId: REGION,
      BindInstanceType: "SlbInstance",
    };
    await call("Eipanycast", "AssociateAnycastEipAddress", binding);
    const target = {
      loadBalancerId: balancer,
      region: REGION,
      accessPoints: [],
      active: true,
      listeners: [
        {
          port: 80,
          protocol: "http",
          running: true,
          backEnds: [{ serverId: server, port: 8080, weight: 30, healthy: true }],
        },
      ],
    };
    expect((await lookup(plain.ip))?.targets).toEqual([target]);
    expect((await lookup(anycast.ip))?.targets).toEqual([{ ...target, isDefault: true }]);

    await call("Ecs", "StopInstance", { InstanceId: server });
    expect((await lookup(plain.ip))?.targets).toMatchObject([{ listeners: [{ backEnds: [{ healthy: false }] }] }]);
    await call("Slb", "StopLoadBalancerListener", { LoadBalancerId: balancer, ListenerPort: "80" });
    expect((await lookup(plain.ip))?.targets).toMatchObject([{ listeners: [{ running: false }] }]);
    await call("Eipanycast", "UnassociateAnycastEipAddress", binding);
    expect((await lookup(anycast.ip))?.targets).toEqual([]);
    await call("Eipanycast", "ReleaseAnycastEipAddress", { AnycastId: anycast.id });
    expect(await lookup(anycast.ip)).toBeUndefined();
  });

  it("finds no target for the time that an interruption fault sets after an association, by either address", async () => {
    await cloud.close();
    cloud = await openCloud({ directory, faults: ["interruption=800ms"] });
    const watched = interruptible(cloud, cloudLookup(cloud));
    const { balancer } = await service();
    const [plain, anycast] = [await plainEip(), await anycastEip()];
    const eip = { AllocationId: plain.id, InstanceId: balancer, InstanceType: "SlbInstance" };
    await call("Vpc", "AssociateEipAddress", eip);
    expect((await watched(plain.ip))?.targets).toHaveLength(1);
    const binding = { BindInstanceId: balancer, BindInstanceRegionId: REGION, BindInstanceType: "SlbInstance" };
    const before = performance.now();
    await call("Eipanycast", "AssociateAnycastEipAddress", { AnycastId: anycast.id, ...binding });
    const seen = (await watched(plain.ip))?.targets.length;
    // On a machine that is too slow to look in time there is nothing to see.
    expect(performance.now() - before < 800 ? seen : 0).toBe(0);
    while ((await watched(plain.ip))?.targets.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(performance.now() - before).toBeGreaterThanOrEqual(800);
    expect((await watched(anycast.ip))?.targets).toHaveLength(1);
  });

  it("finds no target before a binding is complete", async () => {
    await cloud.close();
    cloud = await openCloud({ directory, speed: 0.001 });
    lookup = cloudLookup(cloud);
    const anycast = await anycastEip();
    expect(await lookup(anycast.ip)).toMatchObject({ kind: "anycast", targets: [] });
  });

  it("is not an API request: it is not logged and uses up no fault", async () => {
    const anycast = await anycastEip();
    await cloud.close();
    cloud = await openCloud({ directory, faults: ["500:*:1"] });
    const logged: unknown[] = [];
    cloud.on((event) => logged.push(event));
    expect(await cloudLookup(cloud)(anycast.ip)).toMatchObject({ kind: "anycast" });
    expect(logged).toEqual([]);
    await expect(call("Vpc", "DescribeVpcs", {})).rejects.toMatchObject({ code: "InternalError" });
    expect(logged).toMatchObject([{ type: "call", action: "DescribeVpcs", fault: "500:*:1" }]);
  });

  it("passes on an error of the cloud itself", async () => {
    const broken = cloudLookup({ call: () => Promise.reject(new Error("on fire")) });
    await expect(broken("47.236.0.1")).rejects.toThrow("on fire");
  });
});
