import { anycastEip, bind, internalBalancer, testCloud, tidy } from "../cloud/harness";
import { Onlooker, stopUis, testUi } from "./support";

afterEach(stopUis);
afterAll(tidy);

const START = Date.parse("2026-01-01T00:00:00Z");

describe("a page that receives events", () => {
  test("gets an empty cloud first: no rows, every region empty, access points without a target", async () => {
    const { cloud, directory } = await testCloud({ regions: ["cn-hongkong", "ap-southeast-1"] });
    const { state, log } = await Onlooker.at((await testUi({ cloud })).url);
    expect(log).toEqual([]);
    expect(state).toMatchObject({
      directory,
      accountId: "1234567890123456",
      regions: [],
      emptyRegions: ["cn-hongkong", "ap-southeast-1"],
      counts: { anycast: 0, loadBalancers: 0, eips: 0 },
      addresses: { cards: [], page: 1, pages: 1, found: 0, total: 0 },
    });
    expect(state.accessPoints).toContainEqual({
      id: "eu-west-1-pop",
      name: "UK (London)",
      serviceLocation: "international",
      leadsTo: {},
    });
  });

  test("sees an address, a load balancer and a binding appear, the binding change its status, and all of them disappear", async () => {
    const t = await testCloud({ speed: 1 });
    const look = await Onlooker.at((await testUi({ cloud: t.cloud })).url);
    const id = await anycastEip(t, { Name: "front-door" });
    const lb = await internalBalancer(t);
    await look.until(() => look.state.counts.loadBalancers === 1);
    expect(look.state.addresses.cards).toMatchObject([
      { kind: "anycast", id, name: "front-door", bindings: [] },
      { kind: "load-balancer", target: { id: lb, name: "inner", region: "cn-hongkong", facing: "intranet" } },
    ]);
    const card = () => look.state.addresses.cards[0];
    expect(card().steps.at(-1).status).toBe("Allocated");

    const bound = t.clock.now();
    await t.call("Eipanycast", "AssociateAnycastEipAddress", bind(id, lb));
    await look.until(() => card().bindings.length === 1);
    expect(look.state.addresses.cards).toMatchObject([
      {
        id,
        bindings: [{ region: "cn-hongkong", steps: [{ status: "BINDING", at: bound }], target: { id: lb } }],
      },
    ]);
    expect(look.state.accessPoints[0].leadsTo).toEqual({});

    // Nothing announces this one: only time passes.
    t.clock.pass(8_000);
    await look.until(() => card().bindings[0].steps.length === 2);
    expect(card().bindings[0].steps).toEqual([
      { status: "BINDING", at: bound },
      { status: "BINDED", at: bound + 8_000 },
    ]);
    expect(card().steps.at(-1).status).toBe("Associated");
    expect(look.state.regions).toEqual([
      {
        id: "cn-hongkong",
        name: "China (Hong Kong)",
        loadBalancers: 1,
        eips: 0,
        bindings: 1,
        others: expect.any(Number),
      },
    ]);

    await t.call("Eipanycast", "UnassociateAnycastEipAddress", bind(id, lb));
    t.clock.pass(10_000);
    await look.until(() => card().bindings.length === 0);
    expect(card().steps.map((step: { status: string }) => step.status)).toEqual(
      expect.arrayContaining(["Associating", "Associated", "Allocated"]),
    );
    expect(card().steps.at(-1).status).toBe("Allocated");
  });

  test("gets the origin of each access point: the one that claims it, otherwise the nearest that claims none", async () => {
    const t = await testCloud();
    const id = await anycastEip(t);
    const hongKong = await internalBalancer(t);
    const frankfurt = await internalBalancer(t, "eu-central-1", "eu-central-1a");
    await t.call("Eipanycast", "AssociateAnycastEipAddress", bind(id, hongKong));
    await t.call(
      "Eipanycast",
      "AssociateAnycastEipAddress",
      bind(id, frankfurt, "eu-central-1", { AssociationMode: "Normal", "PopLocations.1.PopLocation": "us-east-1-pop" }),
    );
    const { state } = await Onlooker.at((await testUi({ cloud: t.cloud })).url);
    const leadsTo = Object.fromEntries(
      state.accessPoints.map((point: { id: string; leadsTo: object }) => [point.id, point.leadsTo]),
    );
    expect(leadsTo["us-east-1-pop"]).toEqual({ "eu-central-1": 1 });
    expect(leadsTo["ap-southeast-1-pop"]).toEqual({ "cn-hongkong": 1 });
    expect(leadsTo["cn-beijing-pop"]).toEqual({});
  });

  test("gets every request once, including earlier ones, and refused ones with their code", async () => {
    const t = await testCloud();
    const { url } = await testUi({ cloud: t.cloud });
    await t.call("Vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8" });
    const look = await Onlooker.at(url);
    await t.refused("Vpc", "CreateVSwitch", { VpcId: "vpc-none", CidrBlock: "10.0.0.0/16", ZoneId: "cn-hongkong-b" });
    await look.until(() => look.log.length === 2);
    expect(look.log).toMatchObject([
      {
        number: 1,
        at: START,
        product: "Vpc",
        action: "CreateVpc",
        outcome: "ok",
        httpStatus: 200,
        region: "cn-hongkong",
        params: { CidrBlock: "10.0.0.0/8" },
      },
      { number: 2, action: "CreateVSwitch", outcome: "InvalidVpcID.NotFound", httpStatus: 404 },
    ]);
    expect((await Onlooker.at(url)).log).toEqual(look.log);
  });

  test("gets at most 500 requests and one page of addresses, with their total number", async () => {
    const t = await testCloud({ quotas: { anycastEips: 600 } });
    for (let n = 0; n < 210; n += 1) await anycastEip(t, { Name: `address-${n}` });
    const { url } = await testUi({ cloud: t.cloud });
    for (let n = 0; n < 510; n += 1) await t.call("Vpc", "DescribeVpcs");
    const { state, log } = await Onlooker.at(url);
    expect(state.addresses).toMatchObject({ page: 1, pages: 18, first: 1, found: 210, total: 210 });
    expect(state.addresses.cards).toHaveLength(12);
    expect(JSON.stringify(state).length).toBeLessThan(20_000);
    expect([log.length, log[0].number, log.at(-1).number]).toEqual([500, 11, 510]);
  });

  test("never gets a password, a key or a signature", async () => {
    const t = await testCloud();
    const look = await Onlooker.at((await testUi({ cloud: t.cloud })).url);
    const secrets: Record<string, string> = {
      Password: "Hunter2-secret",
      VncPassword: "Vnc-secret",
      AccessKeyId: "plain-secret-id",
      AccessKeySecret: "key-secret",
      Signature: "c2ln-secret",
      SecurityToken: "token-secret",
      UserData: "dXNlci1zZWNyZXQ=",
      PrivateKey: "private-secret",
      ServerCredential: "credential-secret",
      Description: "of LTAI5tSecretSecret1234 and STS.NSecretSecret12345",
    };
    await t.call("Vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8", VpcName: "shown", ...secrets });
    await look.until(() => look.log.length === 1);
    expect(look.log[0].params).toMatchObject({ VpcName: "shown", Password: "(redacted)", PrivateKey: "(redacted)" });
    expect(look.log[0].params.Description).toBe("of (redacted) and (redacted)");
    const text = JSON.stringify(look.told);
    for (const secret of Object.values(secrets)) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/LTAI|STS\./);
  });
});
