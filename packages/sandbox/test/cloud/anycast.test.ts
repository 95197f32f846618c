import { anycastEip, associate, bind, internalBalancer, readAnycast, testCloud, tidy } from "./harness";

afterAll(tidy);

describe("an Anycast EIP", () => {
  test("has the response format and the defaults of the real one", async () => {
    const t = await testCloud();
    const { AnycastId } = await t.call("Eipanycast", "AllocateAnycastEipAddress", { ServiceLocation: "international" });
    expect(AnycastId).toMatch(/^aeip-bp1[0-9a-z]{18}$/);
    expect(await readAnycast(t, AnycastId)).toEqual({
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
    expect((await readAnycast(t, AnycastId)).Status).toBe("Allocating");
    t.clock.pass(2_000);
    expect((await readAnycast(t, AnycastId)).Status).toBe("Allocated");
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
    ["a name with a space", { ServiceLocation: "international", Name: "my address" }, "IllegalParam.Name"],
    ["a name of 129 letters", { ServiceLocation: "international", Name: "a".repeat(129) }, "IllegalParam.Name"],
  ])("is not allocated with %s", async (_, params, code) => {
    const t = await testCloud();
    expect(await t.refused("Eipanycast", "AllocateAnycastEipAddress", params)).toMatchObject({ code, httpStatus: 400 });
  });

  test.each(["ab", "a".repeat(128), "quick_start-1", ""])("may be named %j", async (Name) => {
    const t = await testCloud();
    const id = await anycastEip(t, { Name });
    expect((await readAnycast(t, id)).Name).toBe(Name);
  });

  test("is limited to twenty per account, or to the configured quota", async () => {
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
    expect(await readAnycast(t, id)).toMatchObject({ Name: "after", Description: "" });
  });

  test("accepts a new bandwidth up to 5000 and is Modifying for a while", async () => {
    const t = await testCloud({ speed: 1 });
    const id = await anycastEip(t);
    await t.call("Eipanycast", "ModifyAnycastEipAddressSpec", { AnycastId: id, Bandwidth: "5000" });
    expect(await readAnycast(t, id)).toMatchObject({ Status: "Modifying" });
    t.clock.pass(3_000);
    expect(await readAnycast(t, id)).toMatchObject({ Status: "Allocated", Bandwidth: 5000 });
  });

  test("is the same from every region", async () => {
    const t = await testCloud();
    const id = await anycastEip(t);
    const seen = await t.call("Eipanycast", "DescribeAnycastEipAddress", { AnycastId: id, RegionId: "eu-central-1" });
    expect(seen.AnycastId).toBe(id);
  });

  test("that does not exist is answered with 404 and the code that clients look for", async () => {
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
  test("comes in pages linked by a token, with each address once", async () => {
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
