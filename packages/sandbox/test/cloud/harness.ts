import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudError, openCloud } from "../../src/cloud";
import type { Body, Cloud, CloudOptions, Product } from "../../src/cloud";

/** An answer's JSON, of which a test looks at single fields. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the types of all answers would repeat the cloud's code
export type Loose = any;

/** A clock that only the test moves. */
export interface TestClock {
  readonly now: () => number;
  pass(milliseconds: number): void;
}

export function testClock(start = Date.parse("2026-01-01T00:00:00Z")): TestClock {
  let now = start;
  return { now: () => now, pass: (milliseconds) => void (now += milliseconds) };
}

export interface TestCloud {
  readonly cloud: Cloud;
  readonly clock: TestClock;
  readonly directory: string;
  /** Calls an action in Hong Kong unless another region is named. */
  call(product: Product, action: string, params?: Record<string, string>, region?: string): Promise<Loose>;
  /** The code of the error that an action answers with. */
  refused(product: Product, action: string, params?: Record<string, string>, region?: string): Promise<CloudError>;
}

const directories: string[] = [];
const clouds: Cloud[] = [];

export function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "sandbox-cloud-"));
  directories.push(directory);
  return directory;
}

export async function testCloud(options: Partial<CloudOptions> = {}): Promise<TestCloud> {
  const clock = testClock();
  const directory = options.directory ?? newDirectory();
  const cloud = await openCloud({ clock: clock.now, ...options, directory });
  clouds.push(cloud);
  const call = (
    product: Product,
    action: string,
    params: Record<string, string> = {},
    region = "cn-hongkong",
  ): Promise<Body> => cloud.call(product, action, params, { region });
  return {
    cloud,
    clock,
    directory,
    call,
    refused: async (product, action, params, region) => {
      const thrown = await call(product, action, params, region).then(
        (body) => new Error(`${action} was not refused but answered ${JSON.stringify(body)}`),
        (error: unknown) => error,
      );
      if (thrown instanceof CloudError) return thrown;
      throw thrown;
    },
  };
}

/** Closes what a test file opened. For afterAll. */
export async function tidy(): Promise<void> {
  await Promise.all(clouds.splice(0).map((cloud) => cloud.close()));
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
}

export interface Network {
  readonly vpc: string;
  readonly vswitch: string;
  readonly group: string;
}

/** A VPC with one vSwitch and one security group. */
export async function network(t: TestCloud, region = "cn-hongkong", zone = "cn-hongkong-b"): Promise<Network> {
  const { VpcId: vpc } = await t.call("Vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8" }, region);
  t.clock.pass(10_000);
  const created = await t.call("Vpc", "CreateVSwitch", { VpcId: vpc, CidrBlock: "10.1.0.0/16", ZoneId: zone }, region);
  t.clock.pass(10_000);
  const { SecurityGroupId: group } = await t.call(
    "Ecs",
    "CreateSecurityGroup",
    { VpcId: vpc, SecurityGroupName: "web" },
    region,
  );
  return { vpc, vswitch: created.VSwitchId, group };
}

/** An internal-facing load balancer in a VPC: what an Anycast EIP may lead to. */
export async function internalBalancer(t: TestCloud, region = "cn-hongkong", zone = "cn-hongkong-b"): Promise<string> {
  const { vpc, vswitch } = await network(t, region, zone);
  const created = await t.call(
    "Slb",
    "CreateLoadBalancer",
    { AddressType: "intranet", VpcId: vpc, VSwitchId: vswitch, LoadBalancerName: "inner" },
    region,
  );
  return created.LoadBalancerId;
}

/** A free Anycast EIP. */
export async function anycastEip(t: TestCloud, params: Record<string, string> = {}): Promise<string> {
  const { AnycastId } = await t.call("Eipanycast", "AllocateAnycastEipAddress", {
    ServiceLocation: "international",
    ...params,
  });
  t.clock.pass(10_000);
  return AnycastId;
}

/** Parameters of a binding to a load balancer. */
export const bind = (anycast: string, instance: string, region = "cn-hongkong", more: Record<string, string> = {}) => ({
  AnycastId: anycast,
  BindInstanceId: instance,
  BindInstanceRegionId: region,
  BindInstanceType: "SlbInstance",
  ...more,
});

/** Binds and waits until it is done. */
export async function associate(t: TestCloud, params: Record<string, string>): Promise<void> {
  await t.call("Eipanycast", "AssociateAnycastEipAddress", params);
  t.clock.pass(20_000);
}

/** An Anycast EIP with its bindings. */
export const readAnycast = (t: TestCloud, id: string) =>
  t.call("Eipanycast", "DescribeAnycastEipAddress", { AnycastId: id });
