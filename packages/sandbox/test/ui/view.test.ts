import { Traffic } from "../../src/internet";
import { anycastEip, bind, internalBalancer, testCloud, tidy } from "../cloud/harness";
import type { TestCloud } from "../cloud/harness";
import { service } from "./service";
import type { Service } from "./service";
import { ask, stopUis, testUi } from "./support";

afterEach(stopUis);
afterAll(tidy);

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- JSON, of which a test looks at single fields
type Json = any;

const stateOf = async (url: string, query = ""): Promise<Json> => JSON.parse((await ask(url, `/state${query}`)).body);

/** A service and two hundred addresses more: made once, they are only looked at. */
let many: TestCloud & { readonly made: Service };
beforeAll(async () => {
  const t = await testCloud({ quotas: { anycastEips: 300 } });
  const made = await service(t);
  for (let n = 0; n < 200; n += 1) await anycastEip(t, { Name: `address-${n}` });
  many = { ...t, made };
});

describe("the cards", () => {
  test("group an address with its binding, its load balancer, the servers and the load balancer's plain EIP", async () => {
    const t = await testCloud();
    const made = await service(t);
    const { addresses } = await stateOf((await testUi({ cloud: t.cloud })).url);
    expect(addresses.cards).toMatchObject([
      {
        kind: "anycast",
        id: made.anycast,
        name: "shop-front",
        ip: made.anycastIp,
        bindings: [
          {
            region: "ap-southeast-1",
            regionName: "Singapore",
            target: {
              id: made.balancer,
              facing: "intranet",
              listeners: { first: ["http:80"], total: 1 },
              servers: {
                first: [
                  { id: made.servers[0], name: "web-1", status: "Running" },
                  { id: made.servers[1], name: "web-2", status: "Running" },
                ],
                total: 2,
              },
              plain: { first: [{ id: made.plain, ip: made.plainIp }], total: 1 },
            },
          },
        ],
      },
    ]);
    expect(addresses.total).toBe(1);
  });

  test("show what is bound to no Anycast EIP on separate cards", async () => {
    const t = await testCloud();
    const lb = await internalBalancer(t);
    const eip = await t.call("Vpc", "AllocateEipAddress", {});
    const { addresses } = await stateOf((await testUi({ cloud: t.cloud })).url);
    expect(addresses.cards).toMatchObject([
      { kind: "load-balancer", target: { id: lb, servers: { total: 0 } } },
      { kind: "eip", plain: { ip: eip.EipAddress }, boundTo: "" },
    ]);
  });

  test.each<[string, (made: Service) => string, number]>([
    ["a part of a name", () => "ADDRESS-137", 1],
    ["two words, in any order", () => "singapore front", 1],
    ["an IP address", (made) => made.plainIp, 1],
    ["the id of a server", (made) => made.servers[1]!, 1],
    ["the id of a region", () => "ap-southeast-1", 1],
    ["a word that matches nothing", () => "no-such-thing", 0],
    ["spaces only, which match everything", () => "   ", 201],
  ])("are found by %s", async (_, find, found) => {
    const { url } = await testUi({ cloud: many.cloud });
    const { addresses } = await stateOf(url, `?find=${encodeURIComponent(find(many.made))}`);
    expect([addresses.found, addresses.total]).toEqual([found, 201]);
  });

  test.each([
    ["?page=2", 2, 13, 12],
    ["?page=17", 17, 193, 9],
    ["?page=99", 17, 193, 9],
    ["?page=0", 1, 1, 12],
    ["?page=-3", 1, 1, 12],
    ["?page=1e999", 1, 1, 12],
    ["?page=x", 1, 1, 12],
    ["?find=address-1&page=2", 2, 13, 12],
  ])("are split into pages: %s", async (query, page, first, cards) => {
    const { addresses } = await stateOf((await testUi({ cloud: many.cloud })).url, query);
    expect([addresses.page, addresses.first, addresses.cards.length]).toEqual([page, first, cards]);
  });
});

describe("the picture", () => {
  test("explains itself with an example region before there is an address", async () => {
    const { picture } = await stateOf((await testUi({ cloud: (await testCloud()).cloud })).url);
    expect(picture).toMatchObject({ regions: [], example: "Singapore" });
    expect(picture.users.map(({ id, entry }: Json) => [id, entry])).toEqual([
      ["london", "eu-west-1-pop"],
      ["hong-kong", "cn-hongkong-pop"],
      ["frankfurt", "eu-central-1-pop"],
      ["virginia", "us-east-1-pop"],
    ]);
    // London to Singapore and back: about 180 ms on the public internet and 150 ms by Anycast.
    const [{ expected }] = picture.users;
    expect(expected.plainMs).toBeGreaterThan(170);
    expect(expected.plainMs).toBeLessThan(190);
    expect(expected.acceleratedMs).toBeGreaterThan(135);
    expect(expected.acceleratedMs).toBeLessThan(155);
  });

  test("shows the times of requests by user and path, and how many failed", async () => {
    const t = await testCloud();
    const { anycastIp, plainIp } = await service(t);
    const traffic = new Traffic();
    const { url } = await testUi({ cloud: t.cloud, traffic });
    const region = "ap-southeast-1";
    for (const totalMs of [300, 500, 310]) {
      traffic.add({ user: "london", ip: plainIp, region, at: 1, connectMs: 180, firstByteMs: 290, totalMs });
      traffic.add({ user: "tokyo", ip: anycastIp, region, at: 2, connectMs: 60, firstByteMs: 120, totalMs });
    }
    traffic.add({ user: "london", ip: plainIp, at: 3 });
    const { users } = (await stateOf(url)).picture;
    expect(users.map(({ id }: Json) => id)).toEqual(["london", "hong-kong", "frankfurt", "virginia", "tokyo"]);
    const plain = { connectMs: 180, firstByteMs: 290, totalMs: 310, answered: 3, failed: 1, at: 3 };
    expect(users[0]).toMatchObject({ region, plain });
    expect(users[0]).not.toHaveProperty("accelerated");
    expect(users[4]).toMatchObject({ entry: "ap-northeast-1-pop", accelerated: { totalMs: 310, failed: 0 } });
  });

  test("routes each user to the region of their entry point, and drops times to another region", async () => {
    const t = await testCloud();
    const { anycast, anycastIp } = await service(t);
    const traffic = new Traffic();
    const { url } = await testUi({ cloud: t.cloud, traffic });
    const took = { at: 1, connectMs: 1, firstByteMs: 2, totalMs: 3, region: "ap-southeast-1" };
    for (const user of ["london", "hong-kong"] as const) traffic.add({ user, ip: anycastIp, ...took });
    const frankfurt = await internalBalancer(t, "eu-central-1", "eu-central-1a");
    const more = { AssociationMode: "Normal", "PopLocations.1.PopLocation": "eu-west-1-pop" };
    await t.call("Eipanycast", "AssociateAnycastEipAddress", bind(anycast, frankfurt, "eu-central-1", more));
    t.clock.pass(60_000);
    const { users, regions } = (await stateOf(url)).picture;
    expect(regions.map(({ region, carries }: Json) => [region, carries])).toEqual([
      ["ap-southeast-1", true],
      ["eu-central-1", true],
    ]);
    expect(users.map(({ id, region }: Json) => [id, region])).toEqual([
      ["london", "eu-central-1"],
      ["hong-kong", "ap-southeast-1"],
      ["frankfurt", "ap-southeast-1"],
      ["virginia", "ap-southeast-1"],
    ]);
    expect(users[0]).not.toHaveProperty("accelerated");
    expect(users[1].accelerated).toMatchObject({ totalMs: 3 });
  });

  test("shows the requested address, otherwise one that is bound", async () => {
    const t = await testCloud();
    const other = await anycastEip(t, { Name: "other" });
    const { anycast } = await service(t);
    const { url } = await testUi({ cloud: t.cloud });
    expect((await stateOf(url)).picture.address.id).toBe(anycast);
    expect((await stateOf(url, `?address=${other}`)).picture).toMatchObject({ address: { id: other }, regions: [] });
    const mainland = await anycastEip(t, { ServiceLocation: "ChineseMainland" });
    expect((await stateOf(url, `?address=${mainland}`)).picture.example).toBe("China (Hangzhou)");
    expect((await stateOf(url, "?address=gone")).picture.address.id).toBe(anycast);
  });

  test("shows no traffic while a binding is in progress", async () => {
    const t = await testCloud({ speed: 1 });
    const id = await anycastEip(t);
    await t.call("Eipanycast", "AssociateAnycastEipAddress", bind(id, await internalBalancer(t)));
    const { picture } = await stateOf((await testUi({ cloud: t.cloud })).url);
    expect(picture.regions).toMatchObject([{ carries: false, steps: [{ status: "BINDING" }] }]);
    expect(picture.users.map(({ region, expected }: Json) => [region, expected.acceleratedMs])).toEqual(
      picture.users.map(() => [undefined, undefined]),
    );
  });
});
