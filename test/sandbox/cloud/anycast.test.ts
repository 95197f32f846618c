import { anycastEip, internalBalancer, network, testCloud, tidy } from "./harness";
import type { TestCloud } from "./harness";

afterAll(tidy);

const bind = (anycast: string, instance: string, region = "cn-hongkong", more: Record<string, string> = {}) => ({
  AnycastId: anycast,
  BindInstanceId: instance,
  BindInstanceRegionId: region,
  BindInstanceType: "SlbInstance",
  ...more,
});

async function associate(t: TestCloud, params: Record<string, string>): Promise<void> {
  await t.call("Eipanycast", "AssociateAnycastEipAddress", params);
  t.clock.pass(20_000);
}

const read = (t: TestCloud, id: string) => t.call("Eipanycast", "DescribeAnycastEipAddress", { AnycastId: id });

describe("an Anycast EIP", () => {
  test("has the shape and the defaults of the real one", async () => {
    const t = await testCloud();
    const { AnycastId } = await t.call("Eipanycast", "AllocateAnycastEipAddress", { ServiceLocation: "international" });
    expect(AnycastId).toMatch(/^aeip-bp1[0-9a-z]{18}$/);
    expect(await read(t, AnycastId)).toEqual({
      RequestId: expect.any(String),
      AnycastId,
      Name: "",
      Description: "",
      Bandwidth: 1000,
      IpAddress: expect.stringMatching(/^139\.95\.\d+\.\d+$/),
      InternetChargeType: "PayByTraffic",
      InstanceChargeType: "PostPaid",
      ServiceLocation: "international",
      ResourceGroupId: expect.stringMatching(/^rg-acfm[0-9a-z]{11}$/),
      Status: "Allocated",
      BusinessStatus: "Normal",
      AliUid: 1234567890123456,
      Bid: "26842",
      CreateTime: "2026-01-01T00:00:00Z",
      Tags: [],
      AnycastEipBindInfoList: [],
    });
  });

  test("is allocated in about two seconds at the real cloud's speed", async () => {
    const t = await testCloud({ speed: 1 });
    const { AnycastId } = await t.call("Eipanycast", "AllocateAnycastEipAddress", { ServiceLocation: "international" });
    expect((await read(t, AnycastId)).Status).toBe("Allocating");
    t.clock.pass(2_000);
    expect((await read(t, AnycastId)).Status).toBe("Allocated");
  });

  test.each([
    ["no service location", {}, "MissingParam.ServiceLocation"],
    ["an unknown service location", { ServiceLocation: "mars" }, "IllegalParam.ServiceLocation"],
    [
      "pay by bandwidth",
      { ServiceLocation: "international", InternetChargeType: "PayByBandwidth" },
      "IllegalParam.InternetChargeType",
    ],
    [
      "subscription",
      { ServiceLocation: "international", InstanceChargeType: "PrePaid" },
      "IllegalParam.InstanceChargeType",
    ],
    ["a bandwidth of 100", { ServiceLocation: "international", Bandwidth: "100" }, "IllegalParam.Bandwidth"],
    ["a bandwidth of 1001", { ServiceLocation: "international", Bandwidth: "1001" }, "IllegalParam.Bandwidth"],
    ["a name of one letter", { ServiceLocation: "international", Name: "a" }, "IllegalParam.Name"],
    ["a name that begins with a digit", { ServiceLocation: "international", Name: "1abc" }, "IllegalParam.Name"],
    ["a name with a blank", { ServiceLocation: "international", Name: "my address" }, "IllegalParam.Name"],
    ["a name of 129 letters", { ServiceLocation: "international", Name: "a".repeat(129) }, "IllegalParam.Name"],
  ])("is not allocated with %s", async (_, params, code) => {
    const t = await testCloud();
    expect(await t.refused("Eipanycast", "AllocateAnycastEipAddress", params)).toMatchObject({ code, httpStatus: 400 });
  });

  test.each(["ab", "a".repeat(128), "quick_start-1", ""])("may be called %j", async (Name) => {
    const t = await testCloud();
    const id = await anycastEip(t, { Name });
    expect((await read(t, id)).Name).toBe(Name);
  });

  test("is one of at most twenty, or of as many as the quota says", async () => {
    const t = await testCloud();
    for (let count = 0; count < 20; count += 1) await anycastEip(t);
    const refused = await t.refused("Eipanycast", "AllocateAnycastEipAddress", { ServiceLocation: "international" });
    expect(refused.code).toBe("QuotaExceeded.AnycastEip");
    const small = await testCloud({ quotas: { anycastEips: 1 } });
    await anycastEip(small);
    expect(
      (await small.refused("Eipanycast", "AllocateAnycastEipAddress", { ServiceLocation: "international" })).code,
    ).toBe("QuotaExceeded.AnycastEip");
  });

  test("can be renamed, described and cleared again", async () => {
    const t = await testCloud();
    const id = await anycastEip(t, { Name: "before", Description: "text" });
    await t.call("Eipanycast", "ModifyAnycastEipAddressAttribute", { AnycastId: id, Name: "after", Description: "" });
    expect(await read(t, id)).toMatchObject({ Name: "after", Description: "" });
  });

  test("takes a new bandwidth up to 5000 after a while of Modifying", async () => {
    const t = await testCloud({ speed: 1 });
    const id = await anycastEip(t);
    await t.call("Eipanycast", "ModifyAnycastEipAddressSpec", { AnycastId: id, Bandwidth: "5000" });
    expect(await read(t, id)).toMatchObject({ Status: "Modifying" });
    t.clock.pass(3_000);
    expect(await read(t, id)).toMatchObject({ Status: "Allocated", Bandwidth: 5000 });
  });

  test("is the same from every region", async () => {
    const t = await testCloud();
    const id = await anycastEip(t);
    const seen = await t.call("Eipanycast", "DescribeAnycastEipAddress", { AnycastId: id, RegionId: "eu-central-1" });
    expect(seen.AnycastId).toBe(id);
  });

  test("that does not exist is answered by 404 and the code that clients look for", async () => {
    const t = await testCloud();
    expect(await t.refused("Eipanycast", "DescribeAnycastEipAddress", { AnycastId: "aeip-x" })).toMatchObject({
      code: "ResourceNotFound.AnycastInstance",
      httpStatus: 404,
    });
  });

  test("cannot be released while it is bound, and can afterwards", async () => {
    const t = await testCloud();
    const id = await anycastEip(t);
    const lb = await internalBalancer(t);
    await associate(t, bind(id, lb));
    expect((await t.refused("Eipanycast", "ReleaseAnycastEipAddress", { AnycastId: id })).code).toBe(
      "IncorrectStatus.Anycast",
    );
    await t.call("Eipanycast", "UnassociateAnycastEipAddress", bind(id, lb));
    await t.call("Eipanycast", "ReleaseAnycastEipAddress", { AnycastId: id });
    expect((await t.refused("Eipanycast", "DescribeAnycastEipAddress", { AnycastId: id })).httpStatus).toBe(404);
  });
});

describe("a list of Anycast EIPs", () => {
  test("comes in pages that a token links, each address once", async () => {
    const t = await testCloud();
    for (let count = 0; count < 7; count += 1) await anycastEip(t, { Name: `address-${count}` });
    const names: string[] = [];
    let token: string | undefined;
    let pages = 0;
    do {
      const page = await t.call("Eipanycast", "ListAnycastEipAddresses", {
        MaxResults: "3",
        ...(token ? { NextToken: token } : {}),
      });
      names.push(...page.AnycastList.map((one: { Name: string }) => one.Name));
      token = page.NextToken;
      pages += 1;
    } while (token);
    expect({ pages, names: names.sort() }).toEqual({
      pages: 3,
      names: [0, 1, 2, 3, 4, 5, 6].map((n) => `address-${n}`),
    });
  });

  test.each([
    [{ Name: "one" }, ["one"]],
    [{ Status: "Associated" }, ["one"]],
    [{ Status: "Allocated" }, ["two"]],
    [{ ServiceLocation: "ChineseMainland" }, ["two"]],
    [{ InternetChargeType: "PayByTraffic", InstanceChargeType: "PostPaid", BusinessStatus: "Normal" }, ["one", "two"]],
    [{ Name: "none" }, []],
  ])("is filtered by %j", async (filter, names) => {
    const t = await testCloud();
    const one = await anycastEip(t, { Name: "one" });
    await anycastEip(t, { Name: "two", ServiceLocation: "ChineseMainland" });
    const lb = await internalBalancer(t);
    await associate(t, bind(one, lb));
    const { AnycastList } = await t.call("Eipanycast", "ListAnycastEipAddresses", filter as Record<string, string>);
    expect(AnycastList.map((row: { Name: string }) => row.Name)).toEqual(names);
    const byInstance = await t.call("Eipanycast", "ListAnycastEipAddresses", { BindInstanceIds: JSON.stringify([lb]) });
    expect(byInstance.AnycastList).toHaveLength(1);
  });
});

describe("a binding", () => {
  test("leads to an internal load balancer in a VPC and passes from BINDING to BINDED", async () => {
    const t = await testCloud({ speed: 1 });
    const id = await anycastEip(t);
    const lb = await internalBalancer(t);
    await t.call("Eipanycast", "AssociateAnycastEipAddress", bind(id, lb));
    const during = await read(t, id);
    expect([during.Status, during.AnycastEipBindInfoList[0].Status]).toEqual(["Associating", "BINDING"]);
    t.clock.pass(8_000);
    const after = await read(t, id);
    expect(after.Status).toBe("Associated");
    expect(after.AnycastEipBindInfoList).toEqual([
      {
        BindInstanceId: lb,
        BindInstanceRegionId: "cn-hongkong",
        BindInstanceType: "SlbInstance",
        BindTime: expect.stringMatching(/^2026-01-01T00:00:\d\dZ$/),
        Status: "BINDED",
        AssociationMode: "Default",
        PrivateIpAddress: "",
        PopLocations: [],
      },
    ]);
    await t.call("Eipanycast", "UnassociateAnycastEipAddress", bind(id, lb));
    expect((await read(t, id)).Status).toBe("Unassociating");
    t.clock.pass(6_000);
    expect(await read(t, id)).toMatchObject({ Status: "Allocated", AnycastEipBindInfoList: [] });
  });

  test("leads to a network interface as well", async () => {
    const t = await testCloud();
    const id = await anycastEip(t);
    const { vswitch, group } = await network(t);
    const eni = await t.call("Ecs", "CreateNetworkInterface", { VSwitchId: vswitch, "SecurityGroupIds.1": group });
    t.clock.pass(10_000);
    await associate(t, bind(id, eni.NetworkInterfaceId, "cn-hongkong", { BindInstanceType: "NetworkInterface" }));
    expect((await read(t, id)).AnycastEipBindInfoList).toHaveLength(1);
    expect(
      (await t.refused("Ecs", "DeleteNetworkInterface", { NetworkInterfaceId: eni.NetworkInterfaceId })).code,
    ).toBe("InvalidOperation.AnycastEipAssociated");
  });

  const refusals: [string, (t: TestCloud) => Promise<Record<string, string>>, string, number][] = [
    [
      "an internet-facing load balancer",
      async (t) => {
        const { LoadBalancerId } = await t.call("Slb", "CreateLoadBalancer", { AddressType: "internet" });
        return bind(await anycastEip(t), LoadBalancerId);
      },
      "OperationUnsupported.BindInstance",
      400,
    ],
    [
      "a load balancer that is internet-facing because nothing was said",
      async (t) => bind(await anycastEip(t), (await t.call("Slb", "CreateLoadBalancer")).LoadBalancerId),
      "OperationUnsupported.BindInstance",
      400,
    ],
    [
      "a load balancer in the classic network",
      async (t) => {
        const { LoadBalancerId } = await t.call("Slb", "CreateLoadBalancer", { AddressType: "intranet" });
        return bind(await anycastEip(t), LoadBalancerId);
      },
      "OperationUnsupported.BindInstance",
      400,
    ],
    [
      "a load balancer of another region than the one named",
      async (t) => bind(await anycastEip(t), await internalBalancer(t), "ap-southeast-1"),
      "IllegalParam.BindInstanceRegionId",
      400,
    ],
    [
      "a region outside the list",
      async (t) =>
        bind(await anycastEip(t), await internalBalancer(t, "ap-northeast-1", "ap-northeast-1a"), "ap-northeast-1"),
      "OperationUnsupported.BindInstanceRegion",
      400,
    ],
    [
      "a region on the mainland for an international address",
      async (t) => bind(await anycastEip(t), await internalBalancer(t, "cn-hangzhou", "cn-hangzhou-b"), "cn-hangzhou"),
      "OperationUnsupported.BindInstanceRegion",
      400,
    ],
    [
      "a load balancer that does not exist",
      async (t) => bind(await anycastEip(t), "lb-none"),
      "ResourceNotFound.loadbalancer",
      404,
    ],
    [
      "another kind of instance",
      async (t) =>
        bind(await anycastEip(t), await internalBalancer(t), "cn-hongkong", { BindInstanceType: "EcsInstance" }),
      "IllegalParam.BindInstanceType",
      400,
    ],
    [
      "an access point that does not exist",
      async (t) =>
        bind(await anycastEip(t), await internalBalancer(t), "cn-hongkong", {
          "PopLocations.1.PopLocation": "moon-pop",
        }),
      "IllegalParam.PopLocations",
      400,
    ],
    [
      "a second load balancer in the same region",
      async (t) => {
        const id = await anycastEip(t);
        await associate(t, bind(id, await internalBalancer(t)));
        return bind(id, await internalBalancer(t));
      },
      "QuotaExceeded.BindInstanceRegion",
      400,
    ],
    [
      "a load balancer that another address leads to",
      async (t) => {
        const lb = await internalBalancer(t);
        await associate(t, bind(await anycastEip(t), lb));
        return bind(await anycastEip(t), lb);
      },
      "ResourceAlreadyAssociated.BindInstance",
      400,
    ],
  ];
  test.each(refusals)("is refused to %s", async (_, prepare, code, httpStatus) => {
    const t = await testCloud();
    const params = await prepare(t);
    expect(await t.refused("Eipanycast", "AssociateAnycastEipAddress", params)).toMatchObject({ code, httpStatus });
  });

  test("is possible in today's longer list of regions when the sandbox is told so", async () => {
    const t = await testCloud({ anycastRegions: "current" });
    const id = await anycastEip(t);
    await associate(t, bind(id, await internalBalancer(t, "ap-northeast-1", "ap-northeast-1a"), "ap-northeast-1"));
    expect((await read(t, id)).Status).toBe("Associated");
  });

  test("is possible on the mainland for an address of the mainland", async () => {
    const t = await testCloud();
    const id = await anycastEip(t, { ServiceLocation: "ChineseMainland" });
    const lb = await internalBalancer(t, "cn-hangzhou", "cn-hangzhou-b");
    await associate(t, bind(id, lb, "cn-hangzhou", { "PopLocations.1.PopLocation": "cn-beijing-pop" }));
    expect((await read(t, id)).AnycastEipBindInfoList[0].PopLocations).toEqual([{ PopLocation: "cn-beijing-pop" }]);
  });

  test("conflicts with another one of the same address under way, in words that clients wait for", async () => {
    const t = await testCloud({ speed: 1 });
    const id = await anycastEip(t);
    const first = await internalBalancer(t);
    const second = await internalBalancer(t, "ap-southeast-1", "ap-southeast-1a");
    await t.call("Eipanycast", "AssociateAnycastEipAddress", bind(id, first));
    const refused = await t.refused("Eipanycast", "AssociateAnycastEipAddress", bind(id, second, "ap-southeast-1"));
    expect(refused.code).toBe("OperationFailed.Conflict");
    expect(refused.message).toContain("IncorrectStatus.Anycast");
    expect((await t.refused("Eipanycast", "ReleaseAnycastEipAddress", { AnycastId: id })).code).toBe(
      "IncorrectStatus.Anycast",
    );
    t.clock.pass(8_000);
    await t.call("Eipanycast", "AssociateAnycastEipAddress", bind(id, second, "ap-southeast-1"));
  });

  test("cannot lose its load balancer", async () => {
    const t = await testCloud();
    const lb = await internalBalancer(t);
    await associate(t, bind(await anycastEip(t), lb));
    expect((await t.refused("Slb", "DeleteLoadBalancer", { LoadBalancerId: lb })).code).toBe(
      "OperationDenied.AnycastEipAssociated",
    );
  });
});

describe("the origins of one address", () => {
  async function two(
    mode?: string,
  ): Promise<{ t: TestCloud; id: string; first: string; second: string; modes: () => Promise<string[]> }> {
    const t = await testCloud();
    const id = await anycastEip(t);
    const first = await internalBalancer(t);
    const second = await internalBalancer(t, "eu-central-1", "eu-central-1a");
    await associate(t, bind(id, first));
    await associate(t, bind(id, second, "eu-central-1", mode === undefined ? {} : { AssociationMode: mode }));
    const modes = async (): Promise<string[]> =>
      (await read(t, id)).AnycastEipBindInfoList.map((one: { AssociationMode: string }) => one.AssociationMode);
    return { t, id, first, second, modes };
  }

  test.each([
    [undefined, ["Default", "Normal"]],
    ["Normal", ["Default", "Normal"]],
    ["Default", ["Normal", "Default"]],
  ])("the later one asking for %s gives %j", async (mode, modes) => {
    expect(await (await two(mode)).modes()).toEqual(modes);
  });

  test("a first one is the Default whatever it asks", async () => {
    const t = await testCloud();
    const id = await anycastEip(t);
    await associate(t, bind(id, await internalBalancer(t), "cn-hongkong", { AssociationMode: "Normal" }));
    expect((await read(t, id)).AnycastEipBindInfoList[0].AssociationMode).toBe("Default");
  });

  test("the Default can be moved by an update, and there is always one", async () => {
    const { t, id, first, second, modes } = await two();
    await t.call("Eipanycast", "UpdateAnycastEipAddressAssociations", {
      AnycastId: id,
      BindInstanceId: second,
      AssociationMode: "Default",
    });
    expect(await modes()).toEqual(["Normal", "Default"]);
    await t.call("Eipanycast", "UpdateAnycastEipAddressAssociations", {
      AnycastId: id,
      BindInstanceId: second,
      AssociationMode: "Normal",
    });
    expect(await modes()).toEqual(["Default", "Normal"]);
    expect(first).not.toBe(second);
  });

  test("access points are taken away and added", async () => {
    const { t, id, second } = await two();
    const update = (params: Record<string, string>) =>
      t.call("Eipanycast", "UpdateAnycastEipAddressAssociations", { AnycastId: id, BindInstanceId: second, ...params });
    const pops = async (): Promise<unknown> => (await read(t, id)).AnycastEipBindInfoList[1].PopLocations;
    await update({
      "PopLocationAddList.1.PopLocation": "us-west-1-pop",
      "PopLocationAddList.2.PopLocation": "eu-west-1-pop",
    });
    expect(await pops()).toEqual([{ PopLocation: "us-west-1-pop" }, { PopLocation: "eu-west-1-pop" }]);
    await update({ "PopLocationDeleteList.1.PopLocation": "us-west-1-pop" });
    expect(await pops()).toEqual([{ PopLocation: "eu-west-1-pop" }]);
  });

  test("a query for one instance shows only that one", async () => {
    const { t, id, second } = await two();
    const { AnycastEipBindInfoList } = await t.call("Eipanycast", "DescribeAnycastEipAddress", {
      AnycastId: id,
      BindInstanceId: second,
    });
    expect(AnycastEipBindInfoList.map((one: { BindInstanceId: string }) => one.BindInstanceId)).toEqual([second]);
  });
});

test("the regions that can be bound are listed as the service lists them", async () => {
  const t = await testCloud();
  const { AnycastServerRegions, Count } = await t.call("Eipanycast", "DescribeAnycastServerRegions", {
    ServiceLocation: "international",
  });
  expect(Count).toBe("3");
  expect(AnycastServerRegions.map((one: { RegionId: string }) => one.RegionId).sort()).toEqual([
    "ap-southeast-1",
    "cn-hongkong",
    "eu-central-1",
  ]);
});
