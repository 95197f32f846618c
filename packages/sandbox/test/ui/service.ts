import { anycastEip, bind, internalBalancer } from "../cloud/harness";
import type { TestCloud } from "../cloud/harness";

export interface Service {
  readonly anycast: string;
  readonly anycastIp: string;
  readonly balancer: string;
  readonly servers: readonly string[];
  readonly plain: string;
  readonly plainIp: string;
}

/** The quick start as it is once deployed: two servers behind a load balancer, with an Anycast EIP and a plain EIP. */
export async function service(t: TestCloud, region = "ap-southeast-1", name = "shop-front"): Promise<Service> {
  const balancer = await internalBalancer(t, region, `${region}a`);
  const listener = { LoadBalancerId: balancer, ListenerPort: "80", BackendServerPort: "80" };
  const off = { HealthCheck: "off", StickySession: "off", Bandwidth: "-1" };
  await t.call("Slb", "CreateLoadBalancerHTTPListener", { ...listener, ...off }, region);
  const servers = await instances(t, region, ["web-1", "web-2"]);
  const BackendServers = JSON.stringify(servers.map((ServerId) => ({ ServerId, Weight: "100" })));
  await t.call("Slb", "AddBackendServers", { LoadBalancerId: balancer, BackendServers }, region);
  await t.call("Slb", "StartLoadBalancerListener", { LoadBalancerId: balancer, ListenerPort: "80" }, region);
  const eip = await t.call("Vpc", "AllocateEipAddress", {}, region);
  t.clock.pass(60_000);
  const bound = { AllocationId: eip.AllocationId, InstanceId: balancer, InstanceType: "SlbInstance" };
  await t.call("Vpc", "AssociateEipAddress", bound, region);
  const anycast = await anycastEip(t, { Name: name });
  await t.call("Eipanycast", "AssociateAnycastEipAddress", bind(anycast, balancer, region));
  t.clock.pass(60_000);
  const anycastIp = t.cloud.snapshot().objects.find(({ id }) => id === anycast)!.facts.ip!;
  return { anycast, anycastIp, balancer, servers, plain: eip.AllocationId, plainIp: eip.EipAddress };
}

async function instances(t: TestCloud, region: string, names: readonly string[]): Promise<string[]> {
  const { objects } = t.cloud.snapshot();
  const last = (kind: string): string => objects.findLast((one) => one.kind === kind && one.region === region)!.id;
  const images = await t.call("Ecs", "DescribeImages", {}, region);
  const ids: string[] = [];
  for (const InstanceName of names) {
    const launch = {
      InstanceName,
      ImageId: images.Images.Image[0].ImageId,
      InstanceType: "ecs.g7.large",
      VSwitchId: last("vswitch"),
      SecurityGroupId: last("security-group"),
      "SystemDisk.Category": "cloud_essd",
    };
    ids.push((await t.call("Ecs", "RunInstances", launch, region)).InstanceIdSets.InstanceIdSet[0]);
  }
  t.clock.pass(60_000);
  return ids;
}
