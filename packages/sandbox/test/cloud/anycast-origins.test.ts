import { anycastEip, associate, bind, internalBalancer, readAnycast, testCloud, tidy } from "./harness";
import type { TestCloud } from "./harness";

afterAll(tidy);

const REGIONS = ["cn-hongkong", "ap-southeast-1", "eu-central-1"];
const ZONES = ["cn-hongkong-b", "ap-southeast-1a", "eu-central-1a"];

interface Origins {
  readonly t: TestCloud;
  readonly id: string;
  /** Load balancers, in the order in which they were bound. */
  readonly balancers: readonly string[];
  /** Ids with their modes, in the order of the answer. */
  list(): Promise<readonly (readonly [string, string])[]>;
}

/** An address with an origin in each of three regions; the first one is its Default. */
async function origins(): Promise<Origins> {
  const t = await testCloud();
  const id = await anycastEip(t);
  const balancers: string[] = [];
  for (const [at, region] of REGIONS.entries()) {
    const balancer = await internalBalancer(t, region, ZONES[at]!);
    await associate(t, bind(id, balancer, region));
    balancers.push(balancer);
  }
  const list = async (): Promise<readonly (readonly [string, string])[]> =>
    (await readAnycast(t, id)).AnycastEipBindInfoList.map(
      (one: { BindInstanceId: string; AssociationMode: string }) => [one.BindInstanceId, one.AssociationMode] as const,
    );
  return { t, id, balancers, list };
}

const update = async ({ t, id }: Origins, instance: string, more: Record<string, string>): Promise<void> => {
  const params = { AnycastId: id, BindInstanceId: instance, ...more };
  await t.call("Eipanycast", "UpdateAnycastEipAddressAssociations", params);
  t.clock.pass(20_000);
};

describe("an address with several origins", () => {
  test("lists them oldest first, whatever order they are updated in", async () => {
    const all = await origins();
    const [a, b, c] = all.balancers as [string, string, string];
    await update(all, a, { "PopLocationAddList.1.PopLocation": "us-west-1-pop" });
    await update(all, b, { "PopLocationAddList.1.PopLocation": "eu-west-1-pop" });
    expect((await all.list()).map(([id]) => id)).toEqual([a, b, c]);
    const { AnycastList } = await all.t.call("Eipanycast", "ListAnycastEipAddresses");
    expect(AnycastList[0].AnycastEipBindInfoList.map((one: { BindInstanceId: string }) => one.BindInstanceId)).toEqual([
      a,
      b,
      c,
    ]);
  });

  test("makes the oldest of the others the Default when the Default one is set to Normal", async () => {
    const all = await origins();
    const [a, b, c] = all.balancers as [string, string, string];
    await update(all, b, { "PopLocationAddList.1.PopLocation": "eu-west-1-pop" });
    await update(all, c, { AssociationMode: "Default" });
    await update(all, c, { AssociationMode: "Normal" });
    expect(await all.list()).toEqual([
      [a, "Default"],
      [b, "Normal"],
      [c, "Normal"],
    ]);
  });

  test.each(["at once", "after a while"])(
    "has a Default one again after its Default one is released %s",
    async (pace) => {
      const all = await origins();
      const [a, b, c] = all.balancers as [string, string, string];
      await all.t.call("Eipanycast", "UnassociateAnycastEipAddress", bind(all.id, a, "cn-hongkong"));
      if (pace === "after a while") all.t.clock.pass(20_000);
      expect((await all.list()).filter(([id]) => id !== a)).toEqual([
        [b, "Default"],
        [c, "Normal"],
      ]);
    },
  );

  test.each([
    ["of another region", { BindInstanceRegionId: "eu-central-1" }, "ResourceNotAssociated.BindInstance"],
    ["of another type", { BindInstanceType: "NetworkInterface" }, "ResourceNotAssociated.BindInstance"],
    ["of an unknown type", { BindInstanceType: "Anything" }, "IllegalParam.BindInstanceType"],
    ["without a region", { BindInstanceRegionId: "" }, "MissingParameter"],
  ])("does not release an origin %s", async (_, more, code) => {
    const all = await origins();
    const params = bind(all.id, all.balancers[0]!, "cn-hongkong", more);
    expect((await all.t.refused("Eipanycast", "UnassociateAnycastEipAddress", params)).code).toBe(code);
    expect(await all.list()).toHaveLength(3);
  });
});

describe("a dry run", () => {
  const dry = { DryRun: "true" };

  test("of creating, updating and removing a binding is validated and changes nothing", async () => {
    const all = await origins();
    const before = await readAnycast(all.t, all.id);
    const [first] = all.balancers as [string, ...string[]];
    for (const [action, params] of [
      ["UpdateAnycastEipAddressAssociations", { ...bind(all.id, first), AssociationMode: "Normal" }],
      ["UnassociateAnycastEipAddress", bind(all.id, first, "cn-hongkong")],
    ] as const) {
      const { code } = await all.t.refused("Eipanycast", action, { ...params, ...dry });
      expect([action, code]).toEqual([action, "DryRunOperation"]);
    }
    expect({ ...(await readAnycast(all.t, all.id)), RequestId: "" }).toEqual({ ...before, RequestId: "" });

    const free = await anycastEip(all.t);
    const another = await internalBalancer(all.t);
    const { code } = await all.t.refused("Eipanycast", "AssociateAnycastEipAddress", {
      ...bind(free, another),
      ...dry,
    });
    expect(code).toBe("DryRunOperation");
    expect((await readAnycast(all.t, free)).AnycastEipBindInfoList).toEqual([]);
  });

  test("of a request that would be refused is refused with the same code", async () => {
    const t = await testCloud();
    const params = { ...bind(await anycastEip(t), "lb-none"), ...dry };
    expect((await t.refused("Eipanycast", "AssociateAnycastEipAddress", params)).code).toBe(
      "ResourceNotFound.loadbalancer",
    );
  });

  test("is an ordinary request when DryRun is false", async () => {
    const t = await testCloud();
    const id = await anycastEip(t);
    await associate(t, bind(id, await internalBalancer(t), "cn-hongkong", { DryRun: "false" }));
    expect((await readAnycast(t, id)).AnycastEipBindInfoList).toHaveLength(1);
  });

  test("is supported by the actions of the other services that document it", async () => {
    const t = await testCloud();
    expect((await t.refused("Vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8", ...dry })).code).toBe("DryRunOperation");
    expect((await t.call("Vpc", "DescribeVpcs")).Vpcs.Vpc).toEqual([]);
    expect((await t.refused("Vpc", "DescribeVpcs", dry)).code).toBe("DryRunOperation");
  });
});
