import { App, TerraformStack, Testing } from "cdktf";
import { AlicloudProvider } from "@cdktf/provider-alicloud/lib/provider";
import { AnycastEip, AnycastTarget, InternalClb } from "../../src";
import type { IInternalClb } from "../../src";
import { failureOf, onlyResource, resourcesOf, synthesise } from "./synthesise";
import type { Synthesised } from "./synthesise";

const ATTACHMENT = "alicloud_eipanycast_anycast_eip_address_attachment";
const LOOKUP = "alicloud_slb_load_balancers";

type Condition = Record<"condition" | "error_message", string>;
function onlyLookup(made: Synthesised, type: string): [string, Record<string, unknown>] {
  const all = Object.entries(made.data?.[type] ?? {});
  expect(all).toHaveLength(1);
  return all[0]!;
}
const postconditions = (lookup: Record<string, unknown>): Condition[] =>
  (lookup.lifecycle as { postcondition: Condition[] }).postcondition;

describe("an existing load balancer", () => {
  it("is read by its id, and bound by the values read", () => {
    const made = synthesise((stack) => {
      new AnycastEip(stack, "eip").attach(InternalClb.fromLoadBalancerId(stack, "clb", "lb-1"));
    });
    const [name, lookup] = onlyLookup(made, LOOKUP);
    expect(lookup.ids).toEqual(["lb-1"]);
    expect(postconditions(lookup).map((one) => one.error_message)).toEqual([
      expect.stringContaining("was not found"),
      expect.stringContaining("is internet-facing"),
      expect.stringContaining("is in the classic network"),
    ]);
    expect(onlyResource(made, ATTACHMENT)).toMatchObject({
      bind_instance_id: `\${data.${LOOKUP}.${name}.balancers[0].id}`,
      bind_instance_region_id: "ap-southeast-1",
    });
  });

  it("is found by name, tags and network", () => {
    const made = synthesise((stack) => {
      InternalClb.fromLookup(stack, "clb", { name: "web", tags: { team: "web" }, vpcId: "vpc-1", vswitchId: "vsw-1" });
    });
    expect(onlyLookup(made, LOOKUP)[1]).toMatchObject({
      load_balancer_name: "web",
      tags: { team: "web" },
      vpc_id: "vpc-1",
      vswitch_id: "vsw-1",
    });
  });

  it("accepts listeners and server groups", () => {
    const made = synthesise((stack) => {
      const clb = InternalClb.fromLoadBalancerId(stack, "clb", "lb-1");
      const group = clb.addServerGroup("blue", { servers: [{ serverId: "i-1", port: 8080 }] });
      clb.addListener({ protocol: "tcp", port: 80, serverGroupId: group.id });
    });
    const [name] = onlyLookup(made, LOOKUP);
    const id = `\${data.${LOOKUP}.${name}.balancers[0].id}`;
    expect(onlyResource(made, "alicloud_slb_listener").load_balancer_id).toBe(id);
    expect(onlyResource(made, "alicloud_slb_server_group").load_balancer_id).toBe(id);
    expect(onlyResource(made, "alicloud_slb_server_group_server_attachment")).toMatchObject({
      server_id: "i-1",
      port: 8080,
      weight: 100,
      type: "ecs",
    });
  });

  it("is refused on a second address, however it is referenced", () => {
    const failure = failureOf(() =>
      synthesise((stack) => {
        new AnycastEip(stack, "a").attach(InternalClb.fromLoadBalancerId(stack, "one", "lb-1"));
        new AnycastEip(stack, "b").attach(
          AnycastTarget.loadBalancer({ loadBalancerId: "lb-1", region: "cn-hongkong" }),
        );
      }),
    );
    expect(failure.code).toBe("BoundTwice");
  });

  it.each<[string, string, (stack: TerraformStack) => unknown]>([
    ["the id of another kind of resource", "InvalidId", (stack) => InternalClb.fromLoadBalancerId(stack, "clb", "i-1")],
    ["an empty id", "InvalidId", (stack) => InternalClb.fromLoadBalancerId(stack, "clb", "")],
    ["a look-up without criteria", "NothingToLookFor", (stack) => InternalClb.fromLookup(stack, "clb", {})],
    [
      "an address given by another kind of id",
      "InvalidId",
      (stack) => AnycastEip.fromAnycastEipId(stack, "eip", "eip-1"),
    ],
    [
      "an interface given by another kind of id",
      "InvalidId",
      (stack) => AnycastTarget.fromNetworkInterfaceId(stack, "eni", "lb-1"),
    ],
    [
      "an interface with an invalid private address",
      "InvalidAddress",
      (stack) => AnycastTarget.fromNetworkInterfaceId(stack, "eni", "eni-1", { privateIpAddress: "10.0.0.300" }),
    ],
  ])("is refused with %s", (_, code, work) => {
    expect(failureOf(() => synthesise((stack) => void work(stack))).code).toBe(code);
  });
});

describe("an existing network interface", () => {
  it("is read by its id, and bound by the values read", () => {
    const made = synthesise((stack) => {
      const eni = AnycastTarget.fromNetworkInterfaceId(stack, "eni", "eni-1", { privateIpAddress: "10.0.0.7" });
      new AnycastEip(stack, "eip").attach(eni);
    });
    const [name, lookup] = onlyLookup(made, "alicloud_ecs_network_interfaces");
    expect(lookup.ids).toEqual(["eni-1"]);
    expect(postconditions(lookup)).toHaveLength(3);
    expect(onlyResource(made, ATTACHMENT)).toMatchObject({
      bind_instance_id: `\${data.alicloud_ecs_network_interfaces.${name}.interfaces[0].id}`,
      bind_instance_type: "NetworkInterface",
      private_ip_address: "10.0.0.7",
    });
  });
});

describe("an existing address", () => {
  it("is bound by its id, and exposes its IP address", () => {
    const made = synthesise((stack) => {
      const eip = AnycastEip.fromAnycastEipId(stack, "eip", "aeip-1");
      eip.attach(InternalClb.fromLoadBalancerId(stack, "clb", "lb-1"), { associationMode: "Normal" });
      expect(eip.ipAddress).toMatch(/^\$\{TfToken/);
    });
    expect(onlyResource(made, ATTACHMENT)).toMatchObject({ anycast_id: "aeip-1", association_mode: "Normal" });
    expect(resourcesOf(made, "alicloud_eipanycast_anycast_eip_address")).toEqual({});
    expect(onlyLookup(made, "alicloud_eipanycast_anycast_eip_addresses")[1]).toMatchObject({ ids: ["aeip-1"] });
  });
});

describe("a load balancer of another stack", () => {
  function twoStacks(regions: readonly string[]): { made: () => Synthesised; eip: AnycastEip; clb: IInternalClb } {
    const app = new App();
    const services = new TerraformStack(app, "services");
    new AlicloudProvider(services, "alicloud", { region: "cn-hongkong" });
    const edge = new TerraformStack(app, "edge");
    regions.forEach((region, at) => {
      const alias = at === 0 ? undefined : region;
      new AlicloudProvider(edge, `alicloud-${at}`, { region, alias });
    });
    const clb = new InternalClb(services, "clb", { vswitchId: "vsw-1" });
    const eip = new AnycastEip(edge, "eip");
    const made = (): Synthesised => {
      for (const stack of [services, edge]) stack.prepareStack();
      return JSON.parse(Testing.synth(edge, true)) as Synthesised;
    };
    return { eip, clb, made };
  }

  it("is looked up in the stack that binds it, through the provider of its region", () => {
    const { eip, clb, made } = twoStacks(["ap-southeast-1", "cn-hongkong"]);
    eip.attach(clb);
    const document = made();
    const [name, lookup] = onlyLookup(document, LOOKUP);
    expect(lookup).toMatchObject({ provider: "alicloud.cn-hongkong" });
    expect(String((lookup.ids as string[])[0])).toMatch(/^\$\{data\.terraform_remote_state\..*\}$/);
    expect(onlyResource(document, ATTACHMENT)).toMatchObject({
      bind_instance_id: `\${data.${LOOKUP}.${name}.balancers[0].id}`,
      bind_instance_region_id: "cn-hongkong",
    });
  });

  it("is refused, with the fix, where no provider of its region is declared", () => {
    const { eip, clb } = twoStacks(["ap-southeast-1"]);
    expect(failureOf(() => eip.attach(clb))).toMatchObject({
      code: "NoProviderForRegion",
      message: expect.stringContaining(
        'new AlicloudProvider(…, { region: "cn-hongkong", alias: "cn-hongkong" })',
      ) as string,
    });
  });

  it("is refused on a second address of a third stack", () => {
    const { eip, clb } = twoStacks(["cn-hongkong"]);
    eip.attach(clb);
    const third = new TerraformStack(eip.node.root, "third");
    new AlicloudProvider(third, "alicloud", { region: "cn-hongkong" });
    expect(failureOf(() => new AnycastEip(third, "eip").attach(clb)).code).toBe("BoundTwice");
  });
});
