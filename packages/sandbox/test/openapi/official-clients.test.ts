import { readFileSync } from "node:fs";
import { $OpenApiUtil } from "@alicloud/openapi-core";
import OpenApi, { Config, OpenApiRequest, Params } from "@alicloud/openapi-client";
import Ecs, * as ecs from "@alicloud/ecs20140526";
import RPCClient from "@alicloud/pop-core";
import { RuntimeOptions } from "@alicloud/tea-util";
import Vpc, * as vpc from "@alicloud/vpc20160428";
import { openCloud } from "../../src/cloud";
import { startOpenApi } from "../../src/openapi";
import type { OpenApi as Front } from "../../src/openapi";
import { newDirectory, tidy } from "../cloud/harness";
import type { Loose } from "../cloud/harness";

/** The official clients know nothing of the sandbox: what they accept and understand, the real provider does too. */
let front: Front;
let close: () => Promise<void>;
const region = "cn-hongkong";

beforeAll(async () => {
  const cloud = await openCloud({ directory: newDirectory() });
  front = await startOpenApi({ cloud });
  close = async () => {
    await front.close();
    await cloud.close();
  };
});
afterAll(async () => {
  await close();
  await tidy();
});

const popCore = (apiVersion: string): RPCClient =>
  new RPCClient({ ...front.credentials, endpoint: `http://${front.endpoint}`, apiVersion });

const config = (): $OpenApiUtil.Config =>
  new $OpenApiUtil.Config({ ...front.credentials, endpoint: front.endpoint, protocol: "HTTP", regionId: region });

describe("@alicloud/pop-core", () => {
  test.each(["GET", "POST"])("creates and reads an Anycast EIP by %s", async (method) => {
    const client = popCore("2020-03-09");
    const made = await client.request<{ AnycastId: string }>(
      "AllocateAnycastEipAddress",
      { RegionId: region, ServiceLocation: "international", Name: "quick_start-1", Bandwidth: 200 },
      { method },
    );
    const read = await client.request(
      "DescribeAnycastEipAddress",
      { RegionId: region, AnycastId: made.AnycastId },
      { method },
    );
    expect(read).toMatchObject({
      Name: "quick_start-1",
      Bandwidth: 200,
      Status: "Allocated",
      AnycastEipBindInfoList: [],
    });
  });

  test("reads the cloud's error codes", async () => {
    const asked = popCore("2020-03-09").request(
      "DescribeAnycastEipAddress",
      { AnycastId: "aeip-none" },
      { method: "POST" },
    );
    await expect(asked).rejects.toMatchObject({ code: "ResourceNotFound.AnycastInstance" });
  });

  test("is refused with a wrong secret", async () => {
    const client = new RPCClient({
      accessKeyId: front.credentials.accessKeyId,
      accessKeySecret: "wrong",
      endpoint: `http://${front.endpoint}`,
      apiVersion: "2015-04-01",
    });
    await expect(client.request("GetCallerIdentity", {}, {})).rejects.toMatchObject({ code: "SignatureDoesNotMatch" });
  });
});

describe("@alicloud/openapi-client", () => {
  const call = async (protocol: string, runtime: RuntimeOptions): Promise<Record<string, Loose>> => {
    const client = new OpenApi(new Config({ ...front.credentials, endpoint: front.endpoint, protocol }));
    const params = new Params({
      action: "GetCallerIdentity",
      version: "2015-04-01",
      protocol,
      pathname: "/",
      method: "POST",
      authType: "AK",
      style: "RPC",
      reqBodyType: "formData",
      bodyType: "json",
    });
    return (await client.callApi(params, new OpenApiRequest({ query: { RegionId: region } }), runtime)) as Record<
      string,
      Loose
    >;
  };

  test("signs with ACS3-HMAC-SHA256 and is accepted", async () => {
    const { body, statusCode } = await call("HTTP", new RuntimeOptions({}));
    expect({ statusCode, identity: body.IdentityType }).toEqual({ statusCode: 200, identity: "Account" });
  });

  test("trusts the sandbox's certificate when it is given the CA certificate", async () => {
    const { body } = await call("HTTPS", new RuntimeOptions({ ca: readFileSync(front.caFile, "utf8") }));
    expect(body.AccountId).toMatch(/^\d{16}$/);
  });
});

describe("@alicloud/vpc20160428", () => {
  test("creates a VPC with tags and a vSwitch, lists, tags and deletes them", async () => {
    const client = new Vpc(config());
    const made = await client.createVpc(
      new vpc.CreateVpcRequest({
        regionId: region,
        cidrBlock: "172.16.0.0/12",
        vpcName: "by-sdk",
        tag: [new vpc.CreateVpcRequestTag({ key: "a", value: "1" })],
      }),
    );
    const vpcId = made.body!.vpcId!;
    const inner = await client.createVSwitch(
      new vpc.CreateVSwitchRequest({ regionId: region, vpcId, cidrBlock: "172.16.0.0/24", zoneId: "cn-hongkong-b" }),
    );
    const read = await client.describeVpcAttribute(new vpc.DescribeVpcAttributeRequest({ regionId: region, vpcId }));
    expect(read.body).toMatchObject({ vpcName: "by-sdk", status: "Available", isDefault: false });
    expect(read.body!.tags!.tag).toEqual([expect.objectContaining({ key: "a", value: "1" })]);
    const listed = await client.describeVSwitches(new vpc.DescribeVSwitchesRequest({ regionId: region, vpcId }));
    expect(listed.body!.vSwitches!.vSwitch!.map((vswitch) => vswitch.vSwitchId)).toEqual([inner.body!.vSwitchId]);
    await expect(client.deleteVpc(new vpc.DeleteVpcRequest({ regionId: region, vpcId }))).rejects.toMatchObject({
      code: "DependencyViolation.VSwitch",
    });
    await client.deleteVSwitch(new vpc.DeleteVSwitchRequest({ regionId: region, vSwitchId: inner.body!.vSwitchId }));
    await client.deleteVpc(new vpc.DeleteVpcRequest({ regionId: region, vpcId }));
    await expect(
      client.describeVpcAttribute(new vpc.DescribeVpcAttributeRequest({ regionId: region, vpcId })),
    ).rejects.toMatchObject({ code: "InvalidVpcID.NotFound" });
  });

  test("allocates and releases an EIP", async () => {
    const client = new Vpc(config());
    const { body } = await client.allocateEipAddress(
      new vpc.AllocateEipAddressRequest({ regionId: region, bandwidth: "10", name: "out" }),
    );
    const listed = await client.describeEipAddresses(
      new vpc.DescribeEipAddressesRequest({ regionId: region, allocationId: body!.allocationId }),
    );
    expect(listed.body!.eipAddresses!.eipAddress).toEqual([
      expect.objectContaining({ ipAddress: body!.eipAddress, bandwidth: "10", status: "Available", name: "out" }),
    ]);
    await client.releaseEipAddress(
      new vpc.ReleaseEipAddressRequest({ allocationId: body!.allocationId, regionId: region }),
    );
    const after = await client.describeEipAddresses(new vpc.DescribeEipAddressesRequest({ regionId: region }));
    expect(after.body!.totalCount).toBe(0);
  });
});

describe("@alicloud/ecs20140526", () => {
  test("opens a port of a security group and runs an instance in it", async () => {
    const network = new Vpc(config());
    const client = new Ecs(config());
    const { body: made } = await network.createVpc(
      new vpc.CreateVpcRequest({ regionId: region, cidrBlock: "10.0.0.0/8" }),
    );
    const { body: inner } = await network.createVSwitch(
      new vpc.CreateVSwitchRequest({
        regionId: region,
        vpcId: made!.vpcId,
        cidrBlock: "10.1.0.0/16",
        zoneId: "cn-hongkong-b",
      }),
    );
    const { body: group } = await client.createSecurityGroup(
      new ecs.CreateSecurityGroupRequest({ regionId: region, vpcId: made!.vpcId, securityGroupName: "web" }),
    );
    await client.authorizeSecurityGroup(
      new ecs.AuthorizeSecurityGroupRequest({
        regionId: region,
        securityGroupId: group!.securityGroupId,
        permissions: [
          new ecs.AuthorizeSecurityGroupRequestPermissions({
            ipProtocol: "TCP",
            portRange: "80/80",
            sourceCidrIp: "0.0.0.0/0",
            policy: "accept",
            priority: "1",
          }),
        ],
      }),
    );
    const { body: rules } = await client.describeSecurityGroupAttribute(
      new ecs.DescribeSecurityGroupAttributeRequest({ regionId: region, securityGroupId: group!.securityGroupId }),
    );
    expect(rules!.permissions!.permission).toEqual([
      expect.objectContaining({ portRange: "80/80", direction: "ingress", sourceCidrIp: "0.0.0.0/0" }),
    ]);
    const { body: run } = await client.runInstances(
      new ecs.RunInstancesRequest({
        regionId: region,
        imageId: "ubuntu_22_04_x64_20G_alibase_20260119.vhd",
        instanceType: "ecs.g7.large",
        vSwitchId: inner!.vSwitchId,
        securityGroupId: group!.securityGroupId,
      }),
    );
    const [id] = run!.instanceIdSets!.instanceIdSet!;
    const { body: list } = await client.describeInstances(
      new ecs.DescribeInstancesRequest({ regionId: region, instanceIds: JSON.stringify([id]) }),
    );
    const [instance] = list!.instances!.instance!;
    expect(instance).toMatchObject({ status: "Running", instanceType: "ecs.g7.large", cpu: 2 });
    expect(instance!.vpcAttributes!.privateIpAddress!.ipAddress![0]).toMatch(/^10\.1\./);
    expect(instance!.networkInterfaces!.networkInterface![0]).toMatchObject({ type: "Primary" });
  });
});
