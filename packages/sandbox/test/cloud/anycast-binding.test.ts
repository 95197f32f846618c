import { anycastEip, associate, bind, internalBalancer, network, readAnycast, testCloud, tidy } from "./harness";
import type { TestCloud } from "./harness";

afterAll(tidy);

describe("a binding", () => {
  test("binds an internal load balancer in a VPC and goes from BINDING to BINDED", async () => {
    const t = await testCloud({ speed: 1 });
    const id = await anycastEip(t);
    const lb = await internalBalancer(t);
    await t.call("Eipanycast", "AssociateAnycastEipAddress", bind(id, lb));
    const during = await readAnycast(t, id);
    expect([during.Status, during.AnycastEipBindInfoList[0].Status]).toEqual(["Associating", "BINDING"]);
    t.clock.pass(8_000);
    const after = await readAnycast(t, id);
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
    expect((await readAnycast(t, id)).Status).toBe("Unassociating");
    t.clock.pass(6_000);
    expect(await readAnycast(t, id)).toMatchObject({ Status: "Allocated", AnycastEipBindInfoList: [] });
  });

  test("binds a network interface as well", async () => {
    const t = await testCloud();
    const id = await anycastEip(t);
    const { vswitch, group } = await network(t);
    const eni = await t.call("Ecs", "CreateNetworkInterface", { VSwitchId: vswitch, "SecurityGroupIds.1": group });
    t.clock.pass(10_000);
    await associate(t, bind(id, eni.NetworkInterfaceId, "cn-hongkong", { BindInstanceType: "NetworkInterface" }));
    expect((await readAnycast(t, id)).AnycastEipBindInfoList).toHaveLength(1);
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
      "a load balancer that is internet-facing by default",
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
      "a load balancer in a region other than the one given",
      async (t) => bind(await anycastEip(t), await internalBalancer(t), "ap-southeast-1"),
      "IllegalParam.BindInstanceRegionId",
      400,
    ],
    [
      "a region that is not on the list",
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
      "a load balancer that is already bound to another address",
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

  test("is accepted in any region of the current, longer list when the sandbox is set to that list", async () => {
    const t = await testCloud({ anycastRegions: "current" });
    const id = await anycastEip(t);
    await associate(t, bind(id, await internalBalancer(t, "ap-northeast-1", "ap-northeast-1a"), "ap-northeast-1"));
    expect((await readAnycast(t, id)).Status).toBe("Associated");
  });

  test("is accepted on the mainland for a mainland address", async () => {
    const t = await testCloud();
    const id = await anycastEip(t, { ServiceLocation: "ChineseMainland" });
    const lb = await internalBalancer(t, "cn-hangzhou", "cn-hangzhou-b");
    await associate(t, bind(id, lb, "cn-hangzhou", { "PopLocations.1.PopLocation": "cn-beijing-pop" }));
    expect((await readAnycast(t, id)).AnycastEipBindInfoList[0].PopLocations).toEqual([
      { PopLocation: "cn-beijing-pop" },
    ]);
  });

  test("conflicts with another one in progress on the same address, with the error code that clients retry on", async () => {
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

  test("keeps its load balancer from being deleted", async () => {
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
      (await readAnycast(t, id)).AnycastEipBindInfoList.map((one: { AssociationMode: string }) => one.AssociationMode);
    return { t, id, first, second, modes };
  }

  test.each([
    [undefined, ["Default", "Normal"]],
    ["Normal", ["Default", "Normal"]],
    ["Default", ["Normal", "Default"]],
  ])("a later one that asks for mode %s results in %j", async (mode, modes) => {
    expect(await (await two(mode)).modes()).toEqual(modes);
  });

  test("the first one is the Default whatever mode it asks for", async () => {
    const t = await testCloud();
    const id = await anycastEip(t);
    await associate(t, bind(id, await internalBalancer(t), "cn-hongkong", { AssociationMode: "Normal" }));
    expect((await readAnycast(t, id)).AnycastEipBindInfoList[0].AssociationMode).toBe("Default");
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

  test("access points can be removed and added", async () => {
    const { t, id, second } = await two();
    const update = (params: Record<string, string>) =>
      t.call("Eipanycast", "UpdateAnycastEipAddressAssociations", { AnycastId: id, BindInstanceId: second, ...params });
    const pops = async (): Promise<unknown> => (await readAnycast(t, id)).AnycastEipBindInfoList[1].PopLocations;
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

test("the regions that support bindings are listed in the service's own format", async () => {
  const t = await testCloud();
  const { AnycastServerRegionList, Count } = await t.call("Eipanycast", "DescribeAnycastServerRegions", {
    ServiceLocation: "international",
  });
  expect(Count).toBe("3");
  expect(AnycastServerRegionList.map((one: { RegionId: string }) => one.RegionId).sort()).toEqual([
    "ap-southeast-1",
    "cn-hongkong",
    "eu-central-1",
  ]);
});

test.each([
  ["international", "cn-hongkong", "us-west-1-pop"],
  ["ChineseMainland", "cn-hangzhou", "cn-guangzhou-pop"],
])("a binding of an address for %s in %s accepts the access point %s", async (ServiceLocation, region, pop) => {
  const t = await testCloud();
  const id = await anycastEip(t, { ServiceLocation });
  const balancer = await internalBalancer(t, region, `${region}-b`);
  await associate(t, bind(id, balancer, region, { "PopLocations.1.PopLocation": pop }));
  expect((await readAnycast(t, id)).AnycastEipBindInfoList[0].PopLocations).toEqual([{ PopLocation: pop }]);
});

test.each(["me-central-2-pop", "cn-guangzhou-pop", "sg-pop"])(
  "a binding of an international address rejects the access point %s, which belongs to another area",
  async (pop) => {
    const t = await testCloud();
    const params = bind(await anycastEip(t), await internalBalancer(t), "cn-hongkong", {
      "PopLocations.1.PopLocation": pop,
    });
    expect((await t.refused("Eipanycast", "AssociateAnycastEipAddress", params)).code).toBe(
      "IllegalParam.PopLocations",
    );
  },
);
