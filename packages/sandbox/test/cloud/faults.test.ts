import { LostResponseError, openCloud, parseFault } from "../../src/cloud";
import type { CloudEvent } from "../../src/cloud";
import { anycastEip, internalBalancer, newDirectory, testCloud, tidy } from "./harness";

afterAll(tidy);

describe("a fault rule", () => {
  test.each([
    ["throttle:CreateVpc:2", { kind: "throttle", action: "CreateVpc", count: 2 }],
    ["500:AssociateAnycastEipAddress:1", { kind: "500", action: "AssociateAnycastEipAddress", count: 1 }],
    ["500:AssociateAnycastEipAddress", { kind: "500", count: 1 }],
    ["throttle:*:*", { kind: "throttle", action: "*", count: Infinity }],
    ["slow:*:200ms", { kind: "slow", action: "*", delay: 200, count: Infinity }],
    ["slow:CreateVpc:3s:1", { kind: "slow", delay: 3000, count: 1 }],
    ["lost-response:AllocateAnycastEipAddress:1", { kind: "lost-response", count: 1 }],
    ["stuck:AssociateAnycastEipAddress", { kind: "stuck", count: Infinity }],
    ["partial-tags:Ecs.TagResources:1", { kind: "partial-tags", action: "Ecs.TagResources", count: 1 }],
    ["crash:AssociateAnycastEipAddress:after", { kind: "crash", point: "after", count: 1 }],
    ["crash:AssociateAnycastEipAddress", { kind: "crash", point: "after", count: 1 }],
    ["crash:*:torn:3", { kind: "crash", point: "torn", count: 3 }],
  ])("is accepted: %s", (text, rule) => {
    expect(parseFault(text)).toMatchObject({ ...rule, text });
  });

  test.each([
    "",
    "throttle",
    "throttle:",
    "explode:CreateVpc",
    "throttle:create vpc",
    "throttle:CreateVpc:0",
    "throttle:CreateVpc:-1",
    "throttle:CreateVpc:two",
    "throttle:CreateVpc:1:2",
    "slow:CreateVpc",
    "slow:CreateVpc:soon",
    "crash:CreateVpc:sometime",
    "interruption",
    "interruption=",
    "interruption=soon",
    "interruption:AssociateAnycastEipAddress",
  ])("is refused when it is malformed: %j", (text) => {
    expect(() => parseFault(text)).toThrow(expect.objectContaining({ code: "FaultNotUnderstood" }));
  });

  test.each(["throttle:CreateVcp", "throttle:Slb.CreateVpc"])(
    "is refused for an action that does not exist: %s",
    async (fault) => {
      await expect(openCloud({ directory: newDirectory(), faults: [fault] })).rejects.toMatchObject({
        code: "FaultActionUnknown",
      });
    },
  );
});

describe("with a fault rule", () => {
  test("a call is throttled as often as configured, and changes nothing meanwhile", async () => {
    const t = await testCloud({ faults: ["throttle:CreateVpc:2"] });
    for (let time = 0; time < 2; time += 1)
      expect(await t.refused("Vpc", "CreateVpc")).toMatchObject({ code: "Throttling.User", httpStatus: 400 });
    await t.call("Vpc", "CreateVpc");
    expect((await t.call("Vpc", "DescribeVpcs")).TotalCount).toBe(1);
  });

  test("a call fails with status 500 before it has any effect", async () => {
    const t = await testCloud({ faults: ["500:Vpc.CreateVpc"] });
    expect(await t.refused("Vpc", "CreateVpc")).toMatchObject({ code: "InternalError", httpStatus: 500 });
    expect((await t.call("Vpc", "DescribeVpcs")).TotalCount).toBe(0);
  });

  test("an answer is delayed", async () => {
    const t = await testCloud({ faults: ["slow:DescribeVpcs:120ms:1"] });
    const began = performance.now();
    await t.call("Vpc", "DescribeVpcs");
    expect(performance.now() - began).toBeGreaterThanOrEqual(115);
  });

  test("an answer is lost after the action took effect; a retry with the same token returns its result", async () => {
    const t = await testCloud({ faults: ["lost-response:AllocateAnycastEipAddress:1"] });
    const params = { ServiceLocation: "international", ClientToken: "once" };
    await expect(t.call("Eipanycast", "AllocateAnycastEipAddress", params)).rejects.toBeInstanceOf(LostResponseError);
    const again = await t.call("Eipanycast", "AllocateAnycastEipAddress", params);
    const { AnycastList } = await t.call("Eipanycast", "ListAnycastEipAddresses");
    expect(AnycastList.map((one: { AnycastId: string }) => one.AnycastId)).toEqual([again.AnycastId]);
  });

  test("a status never settles, not even at full speed or after a day", async () => {
    const t = await testCloud({ faults: ["stuck:AssociateAnycastEipAddress"] });
    const id = await anycastEip(t);
    const lb = await internalBalancer(t);
    await t.call("Eipanycast", "AssociateAnycastEipAddress", {
      AnycastId: id,
      BindInstanceId: lb,
      BindInstanceRegionId: "cn-hongkong",
      BindInstanceType: "SlbInstance",
    });
    t.clock.pass(24 * 60 * 60 * 1000);
    const read = await t.call("Eipanycast", "DescribeAnycastEipAddress", { AnycastId: id });
    expect([read.Status, read.AnycastEipBindInfoList[0].Status]).toEqual(["Associating", "BINDING"]);
  });

  test("a release never ends", async () => {
    const t = await testCloud({ faults: ["stuck:ReleaseAnycastEipAddress"] });
    const id = await anycastEip(t);
    await t.call("Eipanycast", "ReleaseAnycastEipAddress", { AnycastId: id });
    t.clock.pass(24 * 60 * 60 * 1000);
    expect((await t.call("Eipanycast", "DescribeAnycastEipAddress", { AnycastId: id })).Status).toBe("Releasing");
  });

  test("only some tags are added, and the error says which are missing", async () => {
    const t = await testCloud({ faults: ["partial-tags:Vpc.TagResources"] });
    const { VpcId } = await t.call("Vpc", "CreateVpc");
    const tags = {
      ResourceType: "VPC",
      "ResourceId.1": VpcId,
      "Tag.1.Key": "a",
      "Tag.1.Value": "1",
      "Tag.2.Key": "b",
      "Tag.2.Value": "2",
    };
    const refused = await t.refused("Vpc", "TagResources", tags);
    expect(refused.code).toBe("OperationFailed.PartialTags");
    expect(refused.message).toMatch(/left out: b\./);
    const read = async (): Promise<unknown> => (await t.call("Vpc", "DescribeVpcAttribute", { VpcId })).Tags.Tag;
    expect(await read()).toEqual([{ Key: "a", Value: "1" }]);
    await t.call("Vpc", "TagResources", tags);
    expect(await read()).toEqual([
      { Key: "a", Value: "1" },
      { Key: "b", Value: "2" },
    ]);
  });
});

describe("eventual consistency", () => {
  test("shows the old state for the configured time, and then the current one", async () => {
    const t = await testCloud({ consistencyLag: 3_000 });
    const { VpcId } = await t.call("Vpc", "CreateVpc", { VpcName: "old" });
    expect((await t.refused("Vpc", "DescribeVpcAttribute", { VpcId })).httpStatus).toBe(404);
    expect((await t.call("Vpc", "DescribeVpcs")).TotalCount).toBe(0);
    t.clock.pass(3_000);
    expect((await t.call("Vpc", "DescribeVpcs")).TotalCount).toBe(1);
    await t.call("Vpc", "ModifyVpcAttribute", { VpcId, VpcName: "new" });
    expect((await t.call("Vpc", "DescribeVpcAttribute", { VpcId })).VpcName).toBe("old");
    await t.call("Vpc", "DeleteVpc", { VpcId });
    expect((await t.call("Vpc", "DescribeVpcAttribute", { VpcId })).VpcName).toBe("old");
    t.clock.pass(3_000);
    expect((await t.refused("Vpc", "DescribeVpcAttribute", { VpcId })).httpStatus).toBe(404);
  });
});

describe("observers", () => {
  test("receive each call and each change without secrets, and may throw", async () => {
    const t = await testCloud();
    const events: CloudEvent[] = [];
    t.cloud.on(() => {
      throw new Error("a bad listener");
    });
    const stop = t.cloud.on((event) => events.push(event));
    const { VpcId } = await t.call("Vpc", "CreateVpc", { VpcName: "seen", Password: "geheim", AccessKeyId: "LTAI" });
    await t.refused("Vpc", "DeleteVpc", { VpcId: "vpc-none" });
    stop();
    await t.call("Vpc", "DeleteVpc", { VpcId });
    expect(events).toMatchObject([
      { type: "changed", change: "created", kind: "vpc", id: VpcId },
      {
        type: "call",
        product: "Vpc",
        action: "CreateVpc",
        region: "cn-hongkong",
        outcome: "ok",
        httpStatus: 200,
        params: { VpcName: "seen" },
      },
      { type: "call", action: "DeleteVpc", outcome: "InvalidVpcID.NotFound", httpStatus: 404 },
    ]);
    expect(JSON.stringify(events)).not.toMatch(/geheim|LTAI/);
  });

  test("receive the fault rule that applied to a call", async () => {
    const t = await testCloud({ faults: ["throttle:CreateVpc"] });
    const events: CloudEvent[] = [];
    t.cloud.on((event) => events.push(event));
    await t.refused("Vpc", "CreateVpc");
    expect(events).toMatchObject([{ type: "call", outcome: "Throttling.User", fault: "throttle:CreateVpc" }]);
  });
});
