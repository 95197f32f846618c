import fc from "fast-check";
import { implementedActions } from "../../src/cloud";
import { anycastEip, internalBalancer, network, testCloud, tidy } from "./harness";

afterAll(tidy);

describe("a ClientToken", () => {
  test("makes a repeated request take effect once, also after a restart", async () => {
    const t = await testCloud();
    const params = { CidrBlock: "10.0.0.0/8", ClientToken: "TF-CreateVpc-1" };
    const first = await t.call("Vpc", "CreateVpc", params);
    const second = await t.call("Vpc", "CreateVpc", params);
    expect(second.VpcId).toBe(first.VpcId);
    expect(second.RequestId).not.toBe(first.RequestId);
    await t.cloud.close();
    const again = await testCloud({ directory: t.directory, clock: t.clock.now });
    expect((await again.call("Vpc", "CreateVpc", params)).VpcId).toBe(first.VpcId);
    expect((await again.call("Vpc", "DescribeVpcs")).TotalCount).toBe(1);
  });

  test("is refused with other parameters, is not used up by a failed request, and expires after a day", async () => {
    const t = await testCloud();
    const { VpcId } = await t.call("Vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8", ClientToken: "a" });
    expect((await t.refused("Vpc", "CreateVpc", { CidrBlock: "10.0.0.0/9", ClientToken: "a" })).code).toBe(
      "IdempotentParameterMismatch",
    );
    await t.refused("Vpc", "CreateVpc", { CidrBlock: "nonsense", ClientToken: "b" });
    await t.call("Vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8", ClientToken: "b" });
    t.clock.pass(24 * 60 * 60 * 1000);
    expect((await t.call("Vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8", ClientToken: "a" })).VpcId).not.toBe(VpcId);
  });
});

describe("tags", () => {
  test("are added, listed and removed by every product in its own format", async () => {
    const t = await testCloud();
    const { vpc, vswitch, group } = await network(t);
    const lb = await internalBalancer(t);
    const eip = (await t.call("Vpc", "AllocateEipAddress")).AllocationId;
    const anycast = await anycastEip(t);
    const objects = [
      ["Vpc", "VPC", vpc, "UnTagResources"],
      ["Vpc", "VSWITCH", vswitch, "UnTagResources"],
      ["Vpc", "EIP", eip, "UnTagResources"],
      ["Ecs", "securitygroup", group, "UntagResources"],
      ["Slb", "instance", lb, "UntagResources"],
      ["Eipanycast", "ANYCASTEIPADDRESS", anycast, "UntagResources"],
    ] as const;
    for (const [product, ResourceType, id, untag] of objects) {
      const at = { ResourceType, "ResourceId.1": id };
      await t.call(product, "TagResources", {
        ...at,
        "Tag.1.Key": "a",
        "Tag.1.Value": "1",
        "Tag.2.Key": "b",
        "Tag.2.Value": "",
      });
      await t.call(product, untag, { ...at, "TagKey.1": "a" });
      const { TagResources } = await t.call(product, "ListTagResources", at);
      expect(TagResources.TagResource).toEqual([{ ResourceType, ResourceId: id, TagKey: "b", TagValue: "" }]);
    }
  });

  test.each([
    ["a reserved key", { "Tag.1.Key": "acs:x" }, "InvalidTagKey.Malformed"],
    ["a key with a URL", { "Tag.1.Key": "http://x" }, "InvalidTagKey.Malformed"],
    ["no key", { "Tag.1.Value": "x" }, "MissingParameter"],
    ["an unknown type", { "Tag.1.Key": "a", ResourceType: "ROCKET" }, "InvalidResourceType.NotFound"],
    ["an object that does not exist", { "Tag.1.Key": "a", "ResourceId.1": "vpc-none" }, "InvalidResourceId.NotFound"],
    [
      "more than twenty",
      Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`Tag.${n + 1}.Key`, `k${n}`])),
      "NumberExceed.Tags",
    ],
  ])("are refused with %s", async (_, params, code) => {
    const t = await testCloud();
    const { VpcId } = await t.call("Vpc", "CreateVpc");
    const asked = { ResourceType: "VPC", "ResourceId.1": VpcId, ...(params as Record<string, string>) };
    expect((await t.refused("Vpc", "TagResources", asked)).code).toBe(code);
  });
});

describe("pages", () => {
  test("split any list into parts that together are the whole list, and come to an end", async () => {
    const t = await testCloud({ quotas: { vpcs: 30 } });
    const made: string[] = [];
    for (let count = 0; count < 23; count += 1) made.push((await t.call("Vpc", "CreateVpc")).VpcId);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 50 }), async (size) => {
        const seen: string[] = [];
        for (let page = 1; ; page += 1) {
          const answer = await t.call("Vpc", "DescribeVpcs", { PageSize: String(size), PageNumber: String(page) });
          expect(answer).toMatchObject({ TotalCount: 23, PageSize: size, PageNumber: page });
          const ids = answer.Vpcs.Vpc.map((vpc: { VpcId: string }) => vpc.VpcId);
          seen.push(...ids);
          if (ids.length < size) break;
        }
        expect(seen).toEqual(made);
      }),
      { numRuns: 20 },
    );
  });
});

describe("the general look-ups", () => {
  test("list zones in which instances can be created, each with something available", async () => {
    const t = await testCloud();
    const { Zone } = (await t.call("Ecs", "DescribeZones")).Zones;
    expect(Zone.map((zone: { ZoneId: string }) => zone.ZoneId)).toEqual([
      "cn-hongkong-b",
      "cn-hongkong-c",
      "cn-hongkong-d",
    ]);
    for (const zone of Zone) {
      expect(zone.AvailableInstanceTypes.InstanceTypes.length).toBeGreaterThan(0);
      expect(zone.AvailableDiskCategories.DiskCategories.length).toBeGreaterThan(0);
    }
    const zones = await t.call("Ecs", "DescribeAvailableResource", {
      DestinationResource: "Zone",
      IoOptimized: "optimized",
    });
    expect(zones.AvailableZones.AvailableZone).toHaveLength(3);
    const pairs = await t.call("Slb", "DescribeAvailableResource", { AddressType: "vpc" });
    expect(pairs.AvailableResources.AvailableResource[0]).toMatchObject({
      MasterZoneId: "cn-hongkong-b",
      SlaveZoneId: "cn-hongkong-c",
    });
  });

  test("filter instance types by cores and memory, and images by family and operating system", async () => {
    const t = await testCloud();
    const types = await t.call("Ecs", "DescribeAvailableResource", {
      DestinationResource: "InstanceType",
      Cores: "2",
      Memory: "8",
    });
    const offered =
      types.AvailableZones.AvailableZone[0].AvailableResources.AvailableResource[0].SupportedResources
        .SupportedResource;
    expect(offered).toContainEqual(expect.objectContaining({ Value: "ecs.g7.large" }));
    const known = (await t.call("Ecs", "DescribeInstanceTypes", {}, "")).InstanceTypes.InstanceType;
    expect(known).toContainEqual(
      expect.objectContaining({
        InstanceTypeId: "ecs.g7.large",
        CpuCoreCount: 2,
        MemorySize: 8,
        LocalStorageCapacity: 0,
      }),
    );
    const images = await t.call("Ecs", "DescribeImages", {
      ImageOwnerAlias: "system",
      OSType: "linux",
      PageSize: "100",
    });
    expect(images.TotalCount).toBe(images.Images.Image.length);
    expect((await t.call("Ecs", "DescribeImages", { ImageOwnerAlias: "self" })).TotalCount).toBe(0);
  });

  test("return the caller's identity and the endpoints of the services", async () => {
    const t = await testCloud();
    expect(await t.call("Sts", "GetCallerIdentity")).toMatchObject({
      AccountId: "1234567890123456",
      IdentityType: "Account",
      PrincipalId: "1234567890123456",
    });
    const endpoints = await t.cloud.call(
      "Location",
      "DescribeEndpoints",
      { ServiceCode: "slb", Id: "cn-hongkong" },
      { region: "", endpoint: "127.0.0.1:18080" },
    );
    expect(endpoints).toMatchObject({ Endpoints: { Endpoint: [{ Endpoint: "127.0.0.1:18080", Type: "openAPI" }] } });
    expect(await t.call("BssOpenApi", "QueryAvailableInstances")).toMatchObject({ Code: "Success", Success: true });
    const groups = await t.call("ResourceManager", "ListResourceGroups", {}, "");
    expect(groups.ResourceGroups.ResourceGroup).toMatchObject([{ Name: "default", Status: "OK" }]);
  });
});

describe("the list of implemented actions", () => {
  const actions = implementedActions();

  test("has no duplicates and holds the actions with product, version and kind", () => {
    const names = actions.map(({ product, action }) => `${product}.${action}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(160);
    expect(actions).toContainEqual({
      product: "Eipanycast",
      version: "2020-03-09",
      action: "AssociateAnycastEipAddress",
      read: false,
    });
  });

  test.each(actions.filter(({ read }) => read).map(({ product, action }) => [product, action] as const))(
    "%s.%s without parameters returns an answer or a proper error, and changes nothing",
    async (product, action) => {
      const t = await testCloud();
      const before = t.cloud.snapshot();
      const outcome = await t.call(product, action).catch((error: unknown) => error);
      if (outcome instanceof Error)
        expect(outcome).toMatchObject({ name: "CloudError", httpStatus: 400, code: expect.stringMatching(/^\S+$/) });
      // Keys that clients of these products would take for a failure.
      else if (product !== "BssOpenApi") expect(Object.keys(outcome)).not.toEqual(expect.arrayContaining(["Code"]));
      expect(t.cloud.snapshot()).toEqual(before);
    },
  );

  test.each(actions.filter(({ read }) => !read).map(({ product, action }) => [product, action] as const))(
    "%s.%s refuses an object that does not exist, and leaves no partial change",
    async (product, action) => {
      const t = await testCloud();
      const before = t.cloud.snapshot();
      const nothing = Object.fromEntries(
        [
          "VpcId",
          "VSwitchId",
          "InstanceId",
          "AllocationId",
          "AnycastId",
          "LoadBalancerId",
          "SecurityGroupId",
          "NetworkInterfaceId",
          "VServerGroupId",
          "RouteTableId",
          "DiskId",
          "ResourceId",
          "ResourceGroupId",
        ].map((name) => [name, "x-none"]),
      );
      const creates =
        /^(Create(Default)?(Vpc|ResourceGroup)|CreateSecurityGroup|AllocateEipAddress|AllocateAnycastEipAddress|CreateLoadBalancer|RunInstances)$/;
      const outcome = await t.call(product, action, nothing).catch((error: unknown) => error);
      if (creates.test(action) && !(outcome instanceof Error))
        return expect(outcome.RequestId).toMatch(/^[0-9A-F-]{36}$/);
      if (/AutoSnapshotPolicy$/.test(action)) return expect(t.cloud.snapshot()).toEqual(before);
      expect(outcome).toMatchObject({ name: "CloudError", code: expect.stringMatching(/^\S+$/) });
      expect([400, 404]).toContain((outcome as { httpStatus: number }).httpStatus);
      expect(t.cloud.snapshot()).toEqual(before);
    },
  );
});
