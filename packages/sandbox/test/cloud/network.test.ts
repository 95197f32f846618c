import { anycastEip, internalBalancer, network, testCloud, tidy } from "./harness";
import type { TestCloud } from "./harness";

afterAll(tidy);

describe("a VPC", () => {
  test("has the response format that clients read, with a system route table from the start", async () => {
    const t = await testCloud();
    const made = await t.call("Vpc", "CreateVpc", {
      CidrBlock: "172.16.0.0/12",
      VpcName: "main",
      "Tag.1.Key": "env",
      "Tag.1.Value": "dev",
    });
    expect(made.VpcId).toMatch(/^vpc-j6c[0-9a-z]{18}$/);
    const vpc = await t.call("Vpc", "DescribeVpcAttribute", { VpcId: made.VpcId });
    expect(vpc).toMatchObject({
      Status: "Available",
      VpcName: "main",
      CidrBlock: "172.16.0.0/12",
      Description: "",
      IsDefault: false,
      ClassicLinkEnabled: false,
      EnabledIpv6: false,
      DnsHostnameStatus: "DISABLED",
      RegionId: "cn-hongkong",
      Tags: { Tag: [{ Key: "env", Value: "dev" }] },
      UserCidrs: { UserCidr: [] },
      SecondaryCidrBlocks: { SecondaryCidrBlock: [] },
      Ipv6CidrBlocks: { Ipv6CidrBlock: [] },
    });
    const { RouterTableList } = await t.call("Vpc", "DescribeRouteTableList", { VpcId: made.VpcId });
    expect(RouterTableList.RouterTableListType).toEqual([
      expect.objectContaining({
        RouteTableType: "System",
        VpcId: made.VpcId,
        RouterId: vpc.VRouterId,
        ResourceGroupId: vpc.ResourceGroupId,
        // A name nobody gave would look like a change.
        RouteTableName: "",
        Description: "",
        RoutePropagationEnable: true,
      }),
    ]);
  });

  test("is in its own region only, and found by id where no region is given", async () => {
    const t = await testCloud();
    const { VpcId } = await t.call("Vpc", "CreateVpc");
    expect((await t.refused("Vpc", "DescribeVpcAttribute", { VpcId }, "eu-central-1")).httpStatus).toBe(404);
    expect((await t.call("Vpc", "DescribeVpcAttribute", { VpcId }, "")).VpcId).toBe(VpcId);
    expect((await t.refused("Vpc", "CreateVpc", {}, "")).code).toBe("MissingParameter");
  });

  test("can be deleted only when it is empty", async () => {
    const t = await testCloud();
    const { vpc, vswitch, group } = await network(t);
    expect((await t.refused("Vpc", "DeleteVpc", { VpcId: vpc })).code).toBe("DependencyViolation.VSwitch");
    await t.call("Vpc", "DeleteVSwitch", { VSwitchId: vswitch });
    expect((await t.refused("Vpc", "DeleteVpc", { VpcId: vpc })).code).toBe("DependencyViolation.SecurityGroup");
    await t.call("Ecs", "DeleteSecurityGroup", { SecurityGroupId: group });
    await t.call("Vpc", "DeleteVpc", { VpcId: vpc });
    expect((await t.refused("Vpc", "DeleteVpc", { VpcId: vpc })).httpStatus).toBe(404);
  });

  test("accepts updates, secondary blocks, IPv6 and another resource group", async () => {
    const t = await testCloud();
    const { VpcId } = await t.call("Vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8" });
    await t.call("Vpc", "ModifyVpcAttribute", {
      VpcId,
      VpcName: "n",
      Description: "d",
      EnableDnsHostname: "true",
      EnableIPv6: "true",
    });
    await t.call("Vpc", "AssociateVpcCidrBlock", { VpcId, SecondaryCidrBlock: "192.168.0.0/16" });
    const group = (await t.call("ResourceManager", "CreateResourceGroup", { Name: "other", DisplayName: "o" }))
      .ResourceGroup.Id;
    await t.call("Vpc", "MoveResourceGroup", { ResourceId: VpcId, NewResourceGroupId: group, ResourceType: "VPC" });
    expect(await t.call("Vpc", "DescribeVpcAttribute", { VpcId })).toMatchObject({
      VpcName: "n",
      Description: "d",
      DnsHostnameStatus: "ENABLED",
      EnabledIpv6: true,
      Ipv6CidrBlock: expect.stringMatching(/::\/56$/),
      ResourceGroupId: group,
      SecondaryCidrBlocks: { SecondaryCidrBlock: ["192.168.0.0/16"] },
    });
  });

  test("is limited to ten per region", async () => {
    const t = await testCloud();
    for (let count = 0; count < 10; count += 1) await t.call("Vpc", "CreateVpc");
    expect((await t.refused("Vpc", "CreateVpc")).code).toBe("QuotaExceeded.Vpc");
    await t.call("Vpc", "CreateVpc", {}, "eu-central-1");
  });
});

describe("a vSwitch", () => {
  test.each([
    ["outside the VPC's block", { CidrBlock: "192.168.0.0/24" }, "InvalidCidrBlock.NotInVpc"],
    ["that overlaps another", { CidrBlock: "10.1.128.0/24" }, "InvalidCidrBlock.Overlapped"],
    ["with host bits set", { CidrBlock: "10.2.0.1/24" }, "InvalidCidrBlock.Malformed"],
    ["with a mask of 8", { CidrBlock: "10.0.0.0/8" }, "InvalidCidrBlock.Malformed"],
    ["in a zone of another region", { ZoneId: "ap-southeast-1a" }, "InvalidZoneId.NotFound"],
    ["without a zone", { ZoneId: "" }, "MissingParameter"],
  ])("%s is refused", async (_, change, code) => {
    const t = await testCloud();
    const { vpc } = await network(t);
    const params = { VpcId: vpc, CidrBlock: "10.2.0.0/24", ZoneId: "cn-hongkong-b", ...change };
    expect(await t.refused("Vpc", "CreateVSwitch", params)).toMatchObject({ code, httpStatus: 400 });
  });

  test("counts its free addresses and assigns each once", async () => {
    const t = await testCloud();
    const { vpc, group } = await network(t);
    const { VSwitchId } = await t.call("Vpc", "CreateVSwitch", {
      VpcId: vpc,
      CidrBlock: "10.2.0.0/29",
      ZoneId: "cn-hongkong-b",
    });
    const free = async (): Promise<number> =>
      (await t.call("Vpc", "DescribeVSwitchAttributes", { VSwitchId })).AvailableIpAddressCount;
    expect(await free()).toBe(4);
    const ips = new Set<string>();
    for (let count = 0; count < 4; count += 1) {
      const { NetworkInterfaceId: id } = await t.call("Ecs", "CreateNetworkInterface", {
        VSwitchId,
        SecurityGroupId: group,
      });
      const { NetworkInterfaceSets } = await t.call("Ecs", "DescribeNetworkInterfaces", { "NetworkInterfaceId.1": id });
      ips.add(NetworkInterfaceSets.NetworkInterfaceSet[0].PrivateIpAddress);
    }
    expect([...ips].sort()).toEqual(["10.2.0.1", "10.2.0.2", "10.2.0.3", "10.2.0.4"]);
    expect(await free()).toBe(0);
    expect((await t.refused("Ecs", "CreateNetworkInterface", { VSwitchId, SecurityGroupId: group })).code).toBe(
      "InvalidVSwitchId.IpNotEnough",
    );
    expect((await t.refused("Vpc", "DeleteVSwitch", { VSwitchId })).code).toBe("DependencyViolation");
  });

  test("shows an empty IPv6 block instead of leaving it out", async () => {
    const t = await testCloud();
    const { vswitch } = await network(t);
    expect(await t.call("Vpc", "DescribeVSwitchAttributes", { VSwitchId: vswitch })).toMatchObject({
      Ipv6CidrBlock: "",
      IsDefault: false,
      Description: "",
    });
  });
});

describe("an EIP", () => {
  const allocate = async (t: TestCloud, params: Record<string, string> = {}): Promise<string> => {
    const { AllocationId } = await t.call("Vpc", "AllocateEipAddress", { InstanceId: "", ...params });
    t.clock.pass(5_000);
    return AllocationId;
  };
  const read = async (t: TestCloud, AllocationId: string) =>
    (await t.call("Vpc", "DescribeEipAddresses", { AllocationId })).EipAddresses.EipAddress[0];

  test("has a public address and returns no extra values that would look like a change", async () => {
    const t = await testCloud();
    const id = await allocate(t, { Bandwidth: "10", InternetChargeType: "PayByTraffic" });
    expect(await read(t, id)).toMatchObject({
      AllocationId: id,
      IpAddress: expect.stringMatching(/^47\.242\.\d+\.\d+$/),
      Status: "Available",
      Bandwidth: "10",
      EipBandwidth: "10",
      InternetChargeType: "PayByTraffic",
      ChargeType: "PostPaid",
      ISP: "BGP",
      InstanceId: "",
      PublicIpAddressPoolId: "",
      SecurityProtectionTypes: { SecurityProtectionType: [] },
    });
  });

  test("can be bound to an internal load balancer, unbound and released", async () => {
    const t = await testCloud({ speed: 1 });
    const id = await allocate(t);
    const lb = await internalBalancer(t);
    await t.call("Vpc", "AssociateEipAddress", { AllocationId: id, InstanceId: lb, InstanceType: "SlbInstance" });
    // Clients look right after; the instance must show although the work goes on.
    expect(await read(t, id)).toMatchObject({
      Status: "Associating",
      InstanceId: lb,
      InstanceType: "SlbInstance",
      PrivateIpAddress: "",
      VpcId: "",
    });
    t.clock.pass(3_000);
    expect((await read(t, id)).Status).toBe("InUse");
    expect((await t.refused("Vpc", "ReleaseEipAddress", { AllocationId: id })).code).toBe("IncorrectEipStatus");
    expect((await t.refused("Slb", "DeleteLoadBalancer", { LoadBalancerId: lb })).code).toBe(
      "OperationDenied.EipAssociated",
    );
    await t.call("Vpc", "UnassociateEipAddress", { AllocationId: id, InstanceId: lb, InstanceType: "SlbInstance" });
    t.clock.pass(3_000);
    expect(await read(t, id)).toMatchObject({ Status: "Available", InstanceId: "" });
    await t.call("Vpc", "ReleaseEipAddress", { AllocationId: id });
    t.clock.pass(3_000);
    expect(await read(t, id)).toBeUndefined();
  });

  test("can be bound to the same load balancer as an Anycast EIP, as in the quick start", async () => {
    const t = await testCloud();
    const lb = await internalBalancer(t);
    await t.call("Vpc", "AssociateEipAddress", { AllocationId: await allocate(t), InstanceId: lb });
    await t.call("Eipanycast", "AssociateAnycastEipAddress", {
      AnycastId: await anycastEip(t),
      BindInstanceId: lb,
      BindInstanceRegionId: "cn-hongkong",
      BindInstanceType: "SlbInstance",
    });
  });

  test.each([
    [
      "an internet-facing load balancer",
      async (t: TestCloud) => (await t.call("Slb", "CreateLoadBalancer")).LoadBalancerId,
      "InvalidInstanceType.NotSupport",
    ],
    [
      "a load balancer in another region",
      (t: TestCloud) => internalBalancer(t, "eu-central-1", "eu-central-1a"),
      "InvalidRegion.NotSame",
    ],
    [
      "a load balancer that has one already",
      async (t: TestCloud) => {
        const lb = await internalBalancer(t);
        await t.call("Vpc", "AssociateEipAddress", { AllocationId: await allocate(t), InstanceId: lb });
        return lb;
      },
      "InvalidInstance.AlreadyBoundEip",
    ],
    ["something that does not exist", async () => "lb-none", "InvalidInstanceId.NotFound"],
  ])("is not bound to %s", async (_, target, code) => {
    const t = await testCloud();
    const id = await allocate(t);
    expect(
      (await t.refused("Vpc", "AssociateEipAddress", { AllocationId: id, InstanceId: await target(t) })).code,
    ).toBe(code);
  });

  test("cannot be released while it is protected", async () => {
    const t = await testCloud();
    const id = await allocate(t);
    await t.call("Vpc", "DeletionProtection", { InstanceId: id, Type: "EIP", ProtectionEnable: "true" });
    expect((await t.refused("Vpc", "ReleaseEipAddress", { AllocationId: id })).code).toBe(
      "OperationDenied.DeleteProtectionOn",
    );
    await t.call("Vpc", "DeletionProtection", { InstanceId: id, Type: "EIP", ProtectionEnable: "false" });
    await t.call("Vpc", "ReleaseEipAddress", { AllocationId: id });
  });
});
