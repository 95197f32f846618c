import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Known, PlannedCreation } from "../../../src/gate/recovery/creation";
import { cloudOf } from "../../../src/gate/recovery/look-up/client";
import { KINDS } from "../../../src/gate/recovery/look-up/kinds";
import type { LookUpOptions } from "../../../src/gate/recovery/look-up/look-up";
import { lookUp } from "../../../src/gate/recovery/look-up/look-up";
import type { Sandbox } from "alicloud-sandbox";
import { startSandbox } from "alicloud-sandbox";

jest.setTimeout(120_000);

const REGION = "ap-southeast-1";
const VPC = "alicloud_vpc";
const creation = (
  type: string,
  values: Readonly<Record<string, Known>>,
  more: Partial<PlannedCreation> = {},
): PlannedCreation => ({
  address: `${type}.x`,
  type,
  provider: "registry.terraform.io/aliyun/alicloud",
  region: REGION,
  values,
  refs: {},
  ...more,
});

/** The official client asks over HTTP, as it asks the real cloud. */
describe("the look-up in the cloud of what an apply has started", () => {
  let sandbox: Sandbox;
  let began: number;
  beforeEach(async () => {
    began = Date.now();
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.stop());

  const call = (product: "Vpc" | "Ecs" | "Eipanycast", action: string, params: Record<string, string>) =>
    sandbox.cloud.call(product, action, { RegionId: REGION, ...params }, { region: REGION });
  const vpc = async (name: string): Promise<string> =>
    String((await call("Vpc", "CreateVpc", { VpcName: name, CidrBlock: "10.0.0.0/8" })).VpcId);
  const ask = (one: PlannedCreation, more: Partial<LookUpOptions> = {}): ReturnType<typeof lookUp> =>
    lookUp(one, {
      ask: cloudOf(sandbox.env),
      state: new Map(),
      open: new Set(),
      planned: new Set(["alicloud_vpc.x"]),
      since: began,
      alike: 1,
      ...more,
    });

  test("finds a resource by its name among many others, on any page", async () => {
    const params = { VpcId: await vpc("net") };
    const group = async (SecurityGroupName: string): Promise<unknown> =>
      (await call("Ecs", "CreateSecurityGroup", { ...params, SecurityGroupName })).SecurityGroupId;
    for (let i = 0; i < 60; i++) await group(`other-${i}`);
    const last = await group("mine");
    const mine = creation("alicloud_security_group", { security_group_name: "mine" });
    expect(await ask(mine)).toMatchObject({ kind: "found", id: last });
    const id = await vpc("mine");
    expect(await ask(creation(VPC, { vpc_name: "mine", cidr_block: "10.0.0.0/8" }))).toMatchObject({
      kind: "found",
      id,
    });
    expect(await ask(creation(VPC, { vpc_name: "mine", cidr_block: "172.16.0.0/12" }))).toMatchObject({
      kind: "absent",
    });
  });

  test("ignores resources that are in the state already or older than the apply", async () => {
    const id = await vpc("mine");
    const mine = creation(VPC, { vpc_name: "mine" });
    expect(await ask(mine, { state: new Map([["alicloud_vpc.y", id]]) })).toMatchObject({ kind: "absent" });
    const later = await ask(mine, { since: Date.now() + 3_600_000 });
    expect(later).toMatchObject({ kind: "absent", by: expect.stringContaining(`older than the apply: ${id}`) });
  });

  test("is unsure between several of one name, unless as many identical ones were planned", async () => {
    const ids = [await vpc("mine"), await vpc("mine")];
    const mine = creation(VPC, { vpc_name: "mine" });
    expect(await ask(mine)).toMatchObject({ kind: "unsure", candidates: expect.arrayContaining(ids) });
    expect(await ask(mine, { alike: 2 })).toMatchObject({ kind: "found", id: expect.stringMatching(/^vpc-/) });
  });

  test("never accepts a resource without a name unless the user confirms it", async () => {
    const id = await vpc("");
    expect(await ask(creation(VPC, { cidr_block: "10.0.0.0/8" }))).toMatchObject({ kind: "unsure", candidates: [id] });
  });

  test("identifies a vSwitch by its VPC and CIDR block: waits while the VPC is unresolved, and is absent without it", async () => {
    const id = await vpc("mine");
    const params = { VpcId: id, CidrBlock: "10.1.0.0/16", ZoneId: `${REGION}a` };
    const { VSwitchId } = await call("Vpc", "CreateVSwitch", params);
    const vswitch = creation(
      "alicloud_vswitch",
      { cidr_block: "10.1.0.0/16" },
      { refs: { vpc_id: ["alicloud_vpc.x"] } },
    );
    expect(await ask(vswitch, { open: new Set(["alicloud_vpc.x"]) })).toEqual({ kind: "later" });
    expect(await ask(vswitch)).toMatchObject({ kind: "absent" });
    expect(await ask(vswitch, { state: new Map([["alicloud_vpc.x", id]]) })).toMatchObject({ id: VSwitchId });
  });

  test("needs no region for an address, and derives the id of its binding from both ends", async () => {
    const { AnycastId } = await call("Eipanycast", "AllocateAnycastEipAddress", {
      Name: "mine",
      ServiceLocation: "international",
    });
    const { region: _region, ...address } = creation("alicloud_eipanycast_anycast_eip_address", {
      anycast_eip_address_name: "mine",
    });
    expect(await ask(address)).toMatchObject({ kind: "found", id: AnycastId });
    const binding = creation("alicloud_eipanycast_anycast_eip_address_attachment", {
      anycast_id: "aeip-1",
      bind_instance_id: "lb-1",
      bind_instance_region_id: REGION,
      bind_instance_type: "SlbInstance",
    });
    expect(await ask(binding)).toEqual({ kind: "tried", id: `aeip-1:lb-1:${REGION}:SlbInstance`, redo: false });
  });

  test("does not take a resource with a count of 0 for one that was lost", async () => {
    const refs = { vpc_id: ["alicloud_vpc.other"] };
    const one = creation("alicloud_vswitch", { cidr_block: "10.1.0.0/16" }, { refs, after: ["alicloud_vpc.other"] });
    expect(await ask(one, { planned: new Set(["alicloud_vswitch.x"]) })).toMatchObject({
      by: expect.stringMatching(/^nothing has/),
    });
    expect(await ask(one, { planned: new Set(["alicloud_vpc.other"]) })).toMatchObject({
      by: "what it belongs to is not there",
    });
  });

  test.each([
    [{ cidr_ip: "10.0.0.0/8" }, "10.0.0.0/8"],
    [{ ipv6_cidr_ip: "2001:db8::/32" }, "2001_db8__/32"],
  ])("writes the id of a security group's rule with %j as the provider does", async (block, written) => {
    const values = { security_group_id: "sg-1", type: "ingress", ip_protocol: "tcp", ...block };
    expect(await ask(creation("alicloud_security_group_rule", values))).toMatchObject({
      kind: "tried",
      id: `sg-1:ingress:tcp:-1/-1:<nil>:${written}:accept:1`,
    });
  });

  test("tells two forwarding rules apart by the domain that one of them leaves out", async () => {
    const listed = { Rules: { Rule: [{ RuleId: "rule-1", Domain: "a.example", Url: "/x" }] } };
    const values = { load_balancer_id: "lb-1", frontend_port: 80, url: "/x" };
    const asked = (more: Record<string, Known>): ReturnType<typeof ask> =>
      ask(creation("alicloud_slb_rule", { ...values, ...more }), { ask: () => Promise.resolve(listed) });
    expect(await asked({})).toMatchObject({ kind: "absent" });
    expect(await asked({ domain: "a.example" })).toMatchObject({ kind: "found", id: "rule-1" });
    const unknown = creation("alicloud_slb_rule", values, { refs: { domain: [] } });
    const unsure = await ask(unknown, { ask: () => Promise.resolve(listed) });
    expect(unsure).toMatchObject({ kind: "unsure", candidates: ["rule-1"] });
  });

  test("needs the rights that the documentation lists, and no others", () => {
    const page = readFileSync(join(__dirname, "../../../docs/state.md"), "utf8");
    const listings = Object.values(KINDS).flatMap(({ listing }) => (listing === undefined ? [] : [listing]));
    const needed = new Set(listings.map(({ product, action }) => `${product.toLowerCase()}:${action}`));
    const listed = page.match(/(?<=`)(eipanycast|slb|vpc|ecs):\w+(?=`)/g);
    expect([...new Set(listed)].sort()).toEqual([...needed].sort());
  });

  test.each<[string, PlannedCreation, RegExp]>([
    ["a resource of another cloud", creation(VPC, {}, { provider: "registry.terraform.io/x/y" }), /cannot look up/],
    ["an unknown type", creation("alicloud_kms_key", {}), /cannot look up/],
    ["a resource of an unknown region", creation(VPC, { vpc_name: "a" }, { region: "" }), /./],
  ])("never reports %s as absent", async (_what, one, why) => {
    const { region: _region, ...rest } = one;
    const asked = one.region === "" ? rest : one;
    expect(await ask(asked)).toMatchObject({ kind: "unsure", why: expect.stringMatching(why) });
  });

  test("concludes nothing from a cloud that does not answer", async () => {
    const env = { ...sandbox.env };
    await sandbox.stop();
    expect(await ask(creation(VPC, { vpc_name: "a" }), { ask: cloudOf(env) })).toMatchObject({
      kind: "unsure",
      why: expect.stringContaining("could not be asked"),
    });
    const nowhere = cloudOf({ ...env, ANYCAST_SANDBOX_API: "" });
    expect(await ask(creation(VPC, { vpc_name: "a" }), { ask: nowhere })).toMatchObject({
      why: expect.stringContaining("The sandbox does not say where its API is"),
    });
  });
});
