import { TerraformOutput, TerraformVariable } from "cdktf";
import type { TerraformStack } from "cdktf";
import { Vswitch } from "@cdktf/provider-alicloud/lib/vswitch";
import { AnycastEip, AnycastEips, AnycastTarget, InternalClb } from "../../src";
import type { AnycastEipProps, AssociationMode, AttachOptions, IAnycastTarget } from "../../src";
import { failureOf, onlyResource, resourcesOf, synthesise } from "./synthesise";

const ADDRESS = "alicloud_eipanycast_anycast_eip_address";
const ATTACHMENT = "alicloud_eipanycast_anycast_eip_address_attachment";

function clb(stack: TerraformStack): InternalClb {
  const vswitch = new Vswitch(stack, "vswitch", { vpcId: "vpc-1", cidrBlock: "10.0.1.0/24", zoneId: "z" });
  return new InternalClb(stack, "clb", { vswitchId: vswitch.id });
}

describe("AnycastEip", () => {
  it("declares an address outside mainland China, paid by traffic, by default", () => {
    const made = synthesise((stack) => void new AnycastEip(stack, "eip"));
    expect(onlyResource(made, ADDRESS)).toEqual({
      service_location: "international",
      internet_charge_type: "PayByTraffic",
      payment_type: "PayAsYouGo",
    });
    expect(made.data).toBeUndefined();
  });

  it("passes every setting on", () => {
    const made = synthesise(
      (stack) =>
        void new AnycastEip(stack, "eip", {
          name: "web-1",
          area: "ChineseMainland",
          bandwidth: 200,
          description: "entry",
          resourceGroupId: "rg-abc",
          tags: { team: "web" },
        }),
    );
    expect(onlyResource(made, ADDRESS)).toEqual({
      anycast_eip_address_name: "web-1",
      service_location: "ChineseMainland",
      internet_charge_type: "PayByTraffic",
      payment_type: "PayAsYouGo",
      bandwidth: 200,
      description: "entry",
      resource_group_id: "rg-abc",
      tags: { team: "web" },
    });
  });

  it("looks up the IP address by the id of the address, so that terraform reads it after the address is created", () => {
    const made = synthesise((stack) => {
      const eip = new AnycastEip(stack, "eip");
      new TerraformOutput(stack, "once", { value: eip.ipAddress });
      new TerraformOutput(stack, "again", { value: eip.ipAddress });
    });
    const [name] = Object.keys(made.resource?.[ADDRESS] ?? {});
    const lookups = made.data?.alicloud_eipanycast_anycast_eip_addresses ?? {};
    expect(Object.keys(lookups)).toHaveLength(1);
    expect(Object.values(lookups)[0]).toMatchObject({ ids: [`\${${ADDRESS}.${name}.id}`] });
    const value = `\${data.alicloud_eipanycast_anycast_eip_addresses.${Object.keys(lookups)[0]}.addresses[0].ip_address}`;
    expect(made.output).toEqual({ once: { value }, again: { value } });
  });

  it("binds a load balancer in its provider's region", () => {
    const made = synthesise((stack) => void new AnycastEip(stack, "eip").attach(clb(stack)));
    const [address] = Object.keys(made.resource?.[ADDRESS] ?? {});
    const [balancer] = Object.keys(made.resource?.alicloud_slb_load_balancer ?? {});
    expect(onlyResource(made, ATTACHMENT)).toEqual({
      anycast_id: `\${${ADDRESS}.${address}.id}`,
      bind_instance_id: `\${alicloud_slb_load_balancer.${balancer}.id}`,
      bind_instance_type: "SlbInstance",
      bind_instance_region_id: "ap-southeast-1",
      association_mode: "Default",
    });
  });

  it("uses the region of a provider that is declared after the load balancer", () => {
    const made = synthesise((stack) => {
      const provider = stack.node.findChild("alicloud") as unknown as { regionInput?: string; region: string };
      const region = provider.regionInput as string;
      provider.region = "";
      new AnycastEip(stack, "eip").attach(clb(stack));
      provider.region = region;
    });
    expect(onlyResource(made, ATTACHMENT).bind_instance_region_id).toBe("ap-southeast-1");
  });

  it("says what to do when no region is set", () => {
    const failure = failureOf(() =>
      synthesise((stack) => {
        (stack.node.findChild("alicloud") as unknown as { resetRegion(): void }).resetRegion();
        new AnycastEip(stack, "eip").attach(clb(stack));
      }),
    );
    expect(failure.message).toContain("The region is not known: there is a provider without a region");
  });

  it("binds targets of other regions one after the other, the first as the default", () => {
    const made = synthesise((stack) => {
      const eip = new AnycastEip(stack, "eip");
      eip.attach(AnycastTarget.loadBalancer({ loadBalancerId: "lb-1", region: "cn-hongkong" }));
      eip.attach(
        AnycastTarget.networkInterface({
          networkInterfaceId: "eni-1",
          region: "eu-central-1",
          privateIpAddress: "10.0.0.7",
        }),
        { popLocations: ["eu-west-1-pop"] },
      );
    });
    const bindings = Object.entries(resourcesOf(made, ATTACHMENT));
    const first = bindings.find(([, one]) => one.bind_instance_id === "lb-1");
    const second = bindings.find(([, one]) => one.bind_instance_id === "eni-1");
    expect(first?.[1]).toMatchObject({ bind_instance_region_id: "cn-hongkong", association_mode: "Default" });
    expect(second?.[1]).toMatchObject({
      bind_instance_region_id: "eu-central-1",
      bind_instance_type: "NetworkInterface",
      private_ip_address: "10.0.0.7",
      association_mode: "Normal",
      pop_locations: [{ pop_location: "eu-west-1-pop" }],
      depends_on: [`${ATTACHMENT}.${first?.[0]}`],
    });
  });

  const target = (region: string, id = `lb-${region.replace(/[^a-z0-9]/g, "")}`): IAnycastTarget =>
    AnycastTarget.loadBalancer({ loadBalancerId: id, region });

  const pops = (pop: string, associationMode: AssociationMode = "Normal"): AttachOptions => ({
    associationMode,
    popLocations: [pop],
  });

  it("refuses targets without a default one when the app synthesises", () => {
    const failure = failureOf(() =>
      synthesise(
        (stack) => void new AnycastEip(stack, "eip").attach(target("cn-hongkong"), { associationMode: "Normal" }),
      ),
    );
    expect(failure.message).toContain("The address has no default target (at test/eip)");
  });

  it.each<[string, string, (eip: AnycastEip) => unknown]>([
    ["a region that is not on the list", "UnsupportedRegion", (eip) => eip.attach(target("cn-beijing"))],
    ["a region with a space", "UnsupportedRegion", (eip) => eip.attach(target("ap-southeast-1 "))],
    ["a region in capitals", "UnsupportedRegion", (eip) => eip.attach(target("AP-SOUTHEAST-1"))],
    [
      "two targets in one region",
      "TwoTargetsInRegion",
      (eip) => [eip.attach(target("cn-hongkong")), eip.attach(target("cn-hongkong", "lb-2"))],
    ],
    [
      "a load balancer that is bound to another address",
      "BoundTwice",
      (eip) => [eip.attach(target("cn-hongkong")), new AnycastEip(eip, "b").attach(target("cn-hongkong"))],
    ],
    ["a region of mainland China for users outside", "UnsupportedRegion", (eip) => eip.attach(target("cn-shanghai"))],
    [
      "a region outside mainland China for users inside",
      "UnsupportedRegion",
      (eip) => new AnycastEip(eip, "b", { area: "ChineseMainland" }).attach(target("cn-hongkong")),
    ],
    [
      "access points on the default target",
      "InvalidAccessPoint",
      (eip) => eip.attach(target("cn-hongkong"), pops("us-west-1-pop", "Default")),
    ],
    ["an unknown access point", "InvalidAccessPoint", (eip) => eip.attach(target("cn-hongkong"), pops("us-west-1"))],
    [
      "an access point of the other area",
      "InvalidAccessPoint",
      (eip) => eip.attach(target("cn-hongkong"), pops("cn-beijing-pop")),
    ],
    [
      "an access point of two targets",
      "InvalidAccessPoint",
      (eip) => [
        eip.attach(target("cn-hongkong"), pops("us-west-1-pop")),
        eip.attach(target("eu-central-1"), pops("us-west-1-pop")),
      ],
    ],
    [
      "two default targets",
      "TwoDefaultTargets",
      (eip) => [eip.attach(target("cn-hongkong")), eip.attach(target("eu-central-1"), { associationMode: "Default" })],
    ],
  ])("refuses %s", (_, code, work) => {
    expect(failureOf(() => synthesise((stack) => void work(new AnycastEip(stack, "eip")))).code).toBe(code);
  });

  it.each<[string, string, AnycastEipProps]>([
    ["a name of one letter", "InvalidName", { name: "a" }],
    ["a name of 129 letters", "InvalidName", { name: "a".repeat(129) }],
    ["a name that starts with a digit", "InvalidName", { name: "1ab" }],
    ["a name with a dot", "InvalidName", { name: "a.b" }],
    ["a name that ends with a line break", "InvalidName", { name: "ab\n" }],
    ["an empty name", "InvalidName", { name: "" }],
    ["a bandwidth below 200", "InvalidBandwidth", { bandwidth: 199 }],
    ["a bandwidth above 1000", "InvalidBandwidth", { bandwidth: 1001 }],
    ["half a megabit", "InvalidBandwidth", { bandwidth: 200.5 }],
    ["a description of 257 characters", "InvalidDescription", { description: "x".repeat(257) }],
    ["a description that is a link", "InvalidDescription", { description: "https://example.com" }],
    ["an area in the wrong case", "InvalidChoice", { area: "International" as "international" }],
    ["an unknown billing", "InvalidChoice", { internetChargeType: "PayByBandwidth" as "PayByTraffic" }],
    ["an unknown payment type", "InvalidChoice", { paymentType: "Subscription" as "PayAsYouGo" }],
    ["an empty tag key", "InvalidTags", { tags: { "": "x" } }],
    ["a reserved tag key", "InvalidTags", { tags: { "acs:x": "x" } }],
    ["21 tags", "InvalidTags", { tags: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`k${n}`, "v"])) }],
  ])("refuses %s and says where", (_, code, props) => {
    const failure = failureOf(() => synthesise((stack) => void new AnycastEip(stack, "eip", props)));
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(/^Expected .+ to be .+, got `.*` \(at test\/eip\)\. Fix: .+\.$/s);
  });

  it.each([
    ["two letters", "ab"],
    ["128 characters", `a${"_-9".repeat(42)}z`],
  ])("accepts a name of %s", (_, name) => {
    const made = synthesise((stack) => void new AnycastEip(stack, "eip", { name }));
    expect(onlyResource(made, ADDRESS).anycast_eip_address_name).toBe(name);
  });

  it("leaves values that only terraform knows to the gate", () => {
    const made = synthesise((stack) => {
      const name = new TerraformVariable(stack, "name", { type: "string" }).stringValue;
      new AnycastEip(stack, "eip", { name });
    });
    expect(onlyResource(made, ADDRESS).anycast_eip_address_name).toBe("${var.name}");
  });
});

describe("AnycastEips", () => {
  const names = (quantity: number): unknown[] =>
    Object.values(
      resourcesOf(
        synthesise((stack) => void new AnycastEips(stack, "all", { quantity, name: "web" })),
        ADDRESS,
      ),
    ).map((one) => one.anycast_eip_address_name);

  it("gives the first address the name and numbers the others", () => {
    expect(names(3)).toEqual(["web", "web-2", "web-3"]);
  });

  it("keeps the existing addresses when the quantity grows", () => {
    const of = (quantity: number): string[] =>
      Object.keys(synthesise((stack) => void new AnycastEips(stack, "all", { quantity })).resource?.[ADDRESS] ?? {});
    expect(of(5)).toEqual(expect.arrayContaining(of(2)));
  });

  it.each([0, -1, 1.5, 21, Number.NaN])("refuses a quantity of %s", (quantity) => {
    expect(failureOf(() => names(quantity)).code).toBe("InvalidQuantity");
  });

  it("accepts more where the account's quota is larger", () => {
    const made = synthesise((stack) => void new AnycastEips(stack, "all", { quantity: 21, quota: 30 }));
    expect(Object.keys(resourcesOf(made, ADDRESS))).toHaveLength(21);
  });
});
