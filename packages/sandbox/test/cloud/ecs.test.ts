import { network, testCloud, tidy } from "./harness";
import type { Network, TestCloud } from "./harness";

afterAll(tidy);

const IMAGE = "ubuntu_22_04_x64_20G_alibase_20260119.vhd";

async function run(t: TestCloud, net: Network, params: Record<string, string> = {}): Promise<string> {
  const { InstanceIdSets } = await t.call("Ecs", "RunInstances", {
    ImageId: IMAGE,
    InstanceType: "ecs.g7.large",
    VSwitchId: net.vswitch,
    "SecurityGroupIds.1": net.group,
    DryRun: "false",
    ...params,
  });
  return InstanceIdSets.InstanceIdSet[0];
}

const read = async (t: TestCloud, id: string) =>
  (await t.call("Ecs", "DescribeInstances", { InstanceIds: JSON.stringify([id]) })).Instances.Instance[0];

describe("an instance", () => {
  test("goes from Pending through Starting to Running, and can be deleted", async () => {
    const t = await testCloud({ speed: 1 });
    const id = await run(t, await network(t));
    expect(id).toMatch(/^i-j6c[0-9a-z]{17}$/);
    const seen: string[] = [];
    for (const wait of [0, 3_000, 10_000]) {
      t.clock.pass(wait);
      seen.push((await read(t, id)).Status);
    }
    expect(seen).toEqual(["Pending", "Starting", "Running"]);
    expect((await t.refused("Ecs", "DeleteInstance", { InstanceId: id })).code).toBe("IncorrectInstanceStatus");
    await t.call("Ecs", "DeleteInstance", { InstanceId: id, Force: "true" });
    t.clock.pass(3_000);
    expect(await read(t, id)).toBeUndefined();
    expect((await t.call("Ecs", "DescribeDisks", { InstanceId: id, DiskType: "system" })).Disks.Disk).toEqual([]);
    expect(
      (await t.call("Ecs", "DescribeNetworkInterfaces", { InstanceId: id })).NetworkInterfaceSets.NetworkInterfaceSet,
    ).toEqual([]);
  });

  test("answers every request that a refresh makes", async () => {
    const t = await testCloud();
    const net = await network(t);
    const id = await run(t, net, { InstanceName: "web-1", "Tag.1.Key": "env", "Tag.1.Value": "dev", UserData: "aGk=" });
    const instance = await read(t, id);
    expect(instance).toMatchObject({
      InstanceId: id,
      InstanceName: "web-1",
      Status: "Running",
      ZoneId: "cn-hongkong-b",
      InstanceChargeType: "PostPaid",
      SpotStrategy: "NoSpot",
      DeletionProtection: false,
      HpcClusterId: "",
      DeploymentSetId: "",
      AutoReleaseTime: "",
      DedicatedHostAttribute: { DedicatedHostId: "" },
      SecurityGroupIds: { SecurityGroupId: [net.group] },
      VpcAttributes: {
        VpcId: net.vpc,
        VSwitchId: net.vswitch,
        PrivateIpAddress: { IpAddress: [expect.stringMatching(/^10\.1\./)] },
      },
      PublicIpAddress: { IpAddress: [] },
      Tags: { Tag: [{ TagKey: "env", TagValue: "dev" }] },
      NetworkInterfaces: {
        NetworkInterface: [{ Type: "Primary", NetworkInterfaceId: expect.stringMatching(/^eni-j6c/) }],
      },
      CpuOptions: { CoreCount: 1, ThreadsPerCore: 2 },
    });
    const ids = { InstanceIds: JSON.stringify([id]) };
    const { Disk } = (await t.call("Ecs", "DescribeDisks", { InstanceId: id, DiskType: "system" })).Disks;
    expect(Disk).toMatchObject([
      {
        InstanceId: id,
        Size: 40,
        Category: "cloud_essd",
        PerformanceLevel: "PL1",
        StorageClusterId: "",
        Encrypted: false,
      },
    ]);
    expect((await t.call("Ecs", "DescribeUserData", { InstanceId: id })).UserData).toBe("aGk=");
    expect((await t.call("Ecs", "DescribeInstanceRamRole", ids)).InstanceRamRoleSets.InstanceRamRoleSet).toEqual([]);
    const { MaintenanceAttribute } = (
      await t.call("Ecs", "DescribeInstanceMaintenanceAttributes", { "InstanceId.1": id })
    ).MaintenanceAttributes;
    expect(MaintenanceAttribute).toMatchObject([
      { InstanceId: id, MaintenanceWindows: { MaintenanceWindow: [] }, NotifyOnMaintenance: false },
    ]);
    expect(await t.call("Ecs", "DescribeInstanceAttribute", { InstanceId: id })).toMatchObject({
      InstanceId: id,
      EnableJumboFrame: false,
    });
    expect((await t.call("Ecs", "DescribeInstanceAttachmentAttributes", ids)).Instances.Instance).toMatchObject([
      { PrivatePoolOptionsMatchCriteria: "Open" },
    ]);
    const eni = instance.NetworkInterfaces.NetworkInterface[0].NetworkInterfaceId;
    const { NetworkInterfaceSet } = (await t.call("Ecs", "DescribeNetworkInterfaces", { "NetworkInterfaceId.1": eni }))
      .NetworkInterfaceSets;
    expect(NetworkInterfaceSet).toMatchObject([
      { NetworkInterfaceId: eni, Type: "Primary", Status: "InUse", SecurityGroupIds: { SecurityGroupId: [net.group] } },
    ]);
  });

  test.each([
    ["an image that does not exist", { ImageId: "no image" }, "InvalidImageId.NotFound", 404],
    ["an unknown type", { InstanceType: "huge" }, "InvalidInstanceType.NotSupported", 400],
    ["a zone other than the vSwitch's", { ZoneId: "cn-hongkong-c" }, "InvalidParameter.Mismatch", 400],
    [
      "a security group that does not exist",
      { "SecurityGroupIds.1": "sg-none" },
      "InvalidSecurityGroupId.NotFound",
      404,
    ],
    ["an address outside the vSwitch", { PrivateIpAddress: "10.9.0.1" }, "InvalidPrivateIpAddress", 400],
    ["a dry run", { DryRun: "true" }, "DryRunOperation", 400],
  ])("is not created with %s, and nothing is left behind", async (_, params, code, httpStatus) => {
    const t = await testCloud();
    const net = await network(t);
    const before = t.cloud.snapshot().objects.length;
    const base = {
      ImageId: IMAGE,
      InstanceType: "ecs.g7.large",
      VSwitchId: net.vswitch,
      "SecurityGroupIds.1": net.group,
    };
    expect(await t.refused("Ecs", "RunInstances", { ...base, ...(params as Record<string, string>) })).toMatchObject({
      code,
      httpStatus,
    });
    expect(t.cloud.snapshot().objects).toHaveLength(before);
  });

  test("can be stopped, given a new type and disk image, and started", async () => {
    const t = await testCloud({ speed: 1 });
    const id = await run(t, await network(t));
    t.clock.pass(20_000);
    expect((await t.refused("Ecs", "ModifyInstanceSpec", { InstanceId: id, InstanceType: "ecs.g7.xlarge" })).code).toBe(
      "IncorrectInstanceStatus",
    );
    await t.call("Ecs", "StopInstance", { InstanceId: id, StoppedMode: "StopCharging" });
    expect((await read(t, id)).Status).toBe("Stopping");
    t.clock.pass(8_000);
    expect(await read(t, id)).toMatchObject({ Status: "Stopped", StoppedMode: "StopCharging" });
    await t.call("Ecs", "ModifyInstanceSpec", { InstanceId: id, InstanceType: "ecs.g7.xlarge" });
    const { DiskId } = await t.call("Ecs", "ReplaceSystemDisk", {
      InstanceId: id,
      ImageId: "debian_12_11_x64_20G_alibase_20250728.vhd",
      "SystemDisk.Size": "60",
    });
    await t.call("Ecs", "StartInstance", { InstanceId: id });
    t.clock.pass(10_000);
    expect(await read(t, id)).toMatchObject({
      Status: "Running",
      InstanceType: "ecs.g7.xlarge",
      Cpu: 4,
      Memory: 16384,
      ImageId: "debian_12_11_x64_20G_alibase_20250728.vhd",
    });
    expect((await t.call("Ecs", "DescribeDisks", { InstanceId: id })).Disks.Disk).toMatchObject([{ DiskId, Size: 60 }]);
  });

  test("stops although the client sends back the attributes of a running instance", async () => {
    const t = await testCloud();
    const id = await run(t, await network(t));
    await t.call("Ecs", "StopInstance", { InstanceId: id, StoppedMode: (await read(t, id)).StoppedMode });
    expect(await read(t, id)).toMatchObject({ Status: "Stopped", StoppedMode: "KeepCharging" });
  });

  test("under deletion protection cannot be deleted", async () => {
    const t = await testCloud();
    const id = await run(t, await network(t), { DeletionProtection: "true" });
    expect((await t.refused("Ecs", "DeleteInstance", { InstanceId: id, Force: "true" })).code).toBe(
      "InvalidOperation.DeletionProtection",
    );
  });

  test("can change its security groups, but not remove all of them", async () => {
    const t = await testCloud();
    const net = await network(t);
    const id = await run(t, net);
    const { SecurityGroupId: second } = await t.call("Ecs", "CreateSecurityGroup", { VpcId: net.vpc });
    await t.call("Ecs", "JoinSecurityGroup", { InstanceId: id, SecurityGroupId: second });
    expect((await t.refused("Ecs", "DeleteSecurityGroup", { SecurityGroupId: second })).code).toBe(
      "DependencyViolation",
    );
    await t.call("Ecs", "LeaveSecurityGroup", { InstanceId: id, SecurityGroupId: net.group });
    expect((await read(t, id)).SecurityGroupIds.SecurityGroupId).toEqual([second]);
    expect((await t.refused("Ecs", "LeaveSecurityGroup", { InstanceId: id, SecurityGroupId: second })).code).toBe(
      "InstanceLastSecurityGroup",
    );
  });

  test("with internet bandwidth has a public address and accepts no EIP", async () => {
    const t = await testCloud();
    const id = await run(t, await network(t), { InternetMaxBandwidthOut: "10" });
    expect((await read(t, id)).PublicIpAddress.IpAddress).toEqual([expect.stringMatching(/^47\.242\./)]);
    const { AllocationId } = await t.call("Vpc", "AllocateEipAddress");
    expect((await t.refused("Vpc", "AssociateEipAddress", { AllocationId, InstanceId: id })).code).toBe(
      "InvalidStatus.InstanceHasBandWidth",
    );
  });

  test("keeps data disks that are not set to be deleted with it", async () => {
    const t = await testCloud();
    const id = await run(t, await network(t), {
      "DataDisk.1.Size": "100",
      "DataDisk.1.DiskName": "kept",
      "DataDisk.1.DeleteWithInstance": "false",
      "DataDisk.2.Size": "50",
    });
    await t.call("Ecs", "DeleteInstance", { InstanceId: id, Force: "true" });
    expect((await t.call("Ecs", "DescribeDisks")).Disks.Disk).toMatchObject([
      { DiskName: "kept", Size: 100, Status: "Available", InstanceId: "" },
    ]);
  });
});

describe("a network interface", () => {
  test("returns no extra values that would look like a change", async () => {
    const t = await testCloud();
    const { vswitch, group } = await network(t);
    const { NetworkInterfaceId } = await t.call("Ecs", "CreateNetworkInterface", {
      VSwitchId: vswitch,
      "SecurityGroupIds.1": group,
    });
    const { NetworkInterfaceSets } = await t.call("Ecs", "DescribeNetworkInterfaces", {
      "NetworkInterfaceId.1": NetworkInterfaceId,
    });
    expect(NetworkInterfaceSets.NetworkInterfaceSet).toMatchObject([
      {
        ResourceGroupId: "",
        SourceDestCheck: false,
        Description: "",
        Status: "Available",
        Type: "Secondary",
        Ipv6Sets: { Ipv6Set: [] },
        Ipv4PrefixSets: { Ipv4PrefixSet: [] },
      },
    ]);
  });

  test("gets secondary addresses that differ from its own, and releases them", async () => {
    const t = await testCloud();
    const { vswitch, group } = await network(t);
    const { NetworkInterfaceId: id } = await t.call("Ecs", "CreateNetworkInterface", {
      VSwitchId: vswitch,
      "SecurityGroupIds.1": group,
      SecondaryPrivateIpAddressCount: "3",
    });
    const ips = async (): Promise<string[]> =>
      (
        await t.call("Ecs", "DescribeNetworkInterfaces", { "NetworkInterfaceId.1": id })
      ).NetworkInterfaceSets.NetworkInterfaceSet[0].PrivateIpSets.PrivateIpSet.map(
        (one: { PrivateIpAddress: string }) => one.PrivateIpAddress,
      );
    const before = await ips();
    expect(new Set(before).size).toBe(4);
    await t.call("Ecs", "UnassignPrivateIpAddresses", { NetworkInterfaceId: id, "PrivateIpAddress.1": before[3]! });
    expect(await ips()).toEqual(before.slice(0, 3));
    expect(
      (
        await t.refused("Ecs", "UnassignPrivateIpAddresses", {
          NetworkInterfaceId: id,
          "PrivateIpAddress.1": before[0]!,
        })
      ).code,
    ).toBe("InvalidOperation.PrimaryIp");
  });
});
