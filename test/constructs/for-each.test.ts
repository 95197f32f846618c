import {
  App,
  Fn,
  TerraformIterator,
  TerraformLocal,
  TerraformOutput,
  TerraformStack,
  TerraformVariable,
  Token,
} from "cdktf";
import type { ITerraformIterator } from "cdktf";
import { SlbLoadBalancer } from "@cdktf/provider-alicloud/lib/slb-load-balancer";
import {
  AcceleratedService,
  AlicloudProvider,
  AnycastEip,
  AnycastTarget,
  ClbAccessList,
  InternalClb,
  PlainEip,
} from "../../src";
import { resolved } from "../../src/constructs/other-stack";
import { judge, planInSandbox } from "../../src/testing";
import type { SandboxPlan } from "../../src/testing";
import { resourcesOf, synthesise } from "./synthesise";

jest.setTimeout(180_000);

const TENANTS = { blue: { port: 8080, bandwidth: 300 }, green: { port: 9090, bandwidth: 500 } };

function stackOf(build: (stack: TerraformStack) => void): TerraformStack {
  const stack = new TerraformStack(new App(), "tenants");
  new AlicloudProvider(stack, "alicloud", { region: "ap-southeast-1" });
  build(stack);
  return stack;
}

/** The addresses of what a plan makes of a type, without `alicloud_`. */
function madeOf(plan: SandboxPlan, type: string): string[] {
  return (plan.document.resource_changes ?? [])
    .filter((one) => one.type === `alicloud_${type}`)
    .map((one) => one.address.replace(/^.*\[/, "["))
    .sort();
}

/** Addresses and load balancers by one iterator, with all that hangs on them. */
function declare(stack: TerraformStack, forEach: ITerraformIterator, key: string, more: object = {}): void {
  const clb = new InternalClb(stack, "clb", { vswitchId: "vsw-1", name: `clb-${key}`, forEach });
  clb.addListener({ protocol: "tcp", port: 80, ...more });
  clb.addBackend({ serverId: "i-1" });
  const group = clb.addServerGroup("group", { servers: [{ serverId: "i-1", port: 8080 }] });
  clb.addListener({ protocol: "http", port: 8080, serverGroupId: group.id });
  const address = new AnycastEip(stack, "address", { name: `address-${key}`, forEach });
  address.attach(clb);
  new PlainEip(stack, "plain", { forEach }).attach(clb);
  new TerraformOutput(stack, "ips", {
    value: TerraformIterator.fromResources(address.resource).pluckProperty("id"),
  });
}

describe("constructs with an iterator", () => {
  const FORMS: readonly (readonly [string, (stack: TerraformStack) => void])[] = [
    [
      "a map",
      (stack) => {
        const tenants = TerraformIterator.fromMap(TENANTS);
        declare(stack, tenants, tenants.key, { backendPort: tenants.getNumber("port") });
      },
    ],
    [
      "a list",
      (stack) => {
        const tenants = TerraformIterator.fromList(["blue", "green"]);
        declare(stack, tenants, tenants.value as string);
      },
    ],
    [
      "a list of objects",
      (stack) => {
        const list = Object.entries(TENANTS).map(([name, one]) => ({ name, ...one }));
        const { asString } = new TerraformLocal(stack, "list", list);
        const tenants = TerraformIterator.fromComplexList(Token.asAny(asString), "name");
        declare(stack, tenants, tenants.getString("name"));
      },
    ],
    [
      "an input variable",
      (stack) => {
        const variable = new TerraformVariable(stack, "tenants", { type: "set(string)", default: ["blue", "green"] });
        const tenants = TerraformIterator.fromList(variable.listValue);
        declare(stack, tenants, tenants.value as string);
      },
    ],
  ];

  it.each(FORMS)("create one per key of %s, which the gate proves key by key", async (_name, build) => {
    const plan = await planInSandbox(stackOf(build));
    for (const type of [
      "eipanycast_anycast_eip_address",
      "eipanycast_anycast_eip_address_attachment",
      "eip_association",
    ])
      expect(madeOf(plan, type)).toEqual(['["blue"]', '["green"]']);
    expect(madeOf(plan, "slb_listener")).toHaveLength(4);
    expect(plan.changes.add).toBe(2 * 10);
    const report = await judge(plan);
    expect(report).toMatchObject({ verdict: "allowed", plans: [{ bindings: 2 }] });
    expect(report.plans[0]?.evidence).toHaveLength(2);
  });

  it("create one per instance of a resource that has keys itself", async () => {
    const plan = await planInSandbox(
      stackOf((stack) => {
        const clbs = new InternalClb(stack, "clb", { vswitchId: "vsw-1", forEach: TerraformIterator.fromMap(TENANTS) });
        const forEach = TerraformIterator.fromResources(clbs.resource);
        new AnycastEip(stack, "address", { name: `for-${Token.asString(forEach.key)}`, forEach }).attach(clbs);
      }),
    );
    expect(await judge(plan)).toMatchObject({ verdict: "allowed", plans: [{ bindings: 2 }] });
  });

  it("create whole services", async () => {
    const plan = await planInSandbox(
      stackOf((stack) => {
        const forEach = TerraformIterator.fromMap(TENANTS);
        const service = new AcceleratedService(stack, "shop", {
          name: `shop-${forEach.key}`,
          network: { zoneId: "ap-southeast-1a" },
          listeners: [{ protocol: "tcp", port: 80, backendPort: forEach.getNumber("port") }],
          address: { bandwidth: forEach.getNumber("bandwidth") },
          servers: [{ serverId: "i-1" }],
          dns: { domainName: "example.com", record: forEach.key },
          alarm: { contactGroups: ["network"] },
          compareWithPlainEip: true,
          forEach,
        });
        expect(resolved(stack, service.ipAddress)).toMatch(
          /^\$\{data\.\w+\.\w+\[each\.key\]\.addresses\[0\]\.ip_address\}$/,
        );
      }),
    );
    expect(plan.changes.add).toBe(2 * 11);
    expect(await judge(plan)).toMatchObject({ verdict: "allowed", plans: [{ bindings: 2 }] });
  });

  it("are refused by the gate where one load balancer of the keys is internet-facing", async () => {
    const plan = await planInSandbox(
      stackOf((stack) => {
        const types = TerraformIterator.fromMap({ blue: "intranet", green: "internet" });
        const clb = new SlbLoadBalancer(stack, "clb", {
          addressType: types.value as string,
          vswitchId: "vsw-1",
          instanceChargeType: "PayByCLCU",
          forEach: types,
        });
        const target = AnycastTarget.loadBalancer({
          loadBalancerId: Token.asString(Fn.lookupNested(clb.fqn, [types.key, "id"])),
          region: "ap-southeast-1",
          forEach: types,
        });
        new AnycastEip(stack, "address", { forEach: types }).attach(target);
      }),
    );
    const report = await judge(plan);
    expect(report.verdict).toBe("denied");
    expect(JSON.stringify(report.plans[0]?.findings)).toMatch(/binding\/internal-only[^]*green/);
  });

  it("look up existing resources, key by key", () => {
    const made = synthesise((stack) => {
      const pairs = TerraformIterator.fromMap({ blue: { eip: "aeip-1", clb: "lb-1" } });
      const clb = InternalClb.fromLoadBalancerId(stack, "clb", pairs.getString("clb"), { forEach: pairs });
      AnycastEip.fromAnycastEipId(stack, "address", pairs.getString("eip"), { forEach: pairs }).attach(clb, {
        associationMode: "Default",
      });
      clb.addListener({ protocol: "tcp", port: 80 });
    });
    const each = { blue: { eip: "aeip-1", clb: "lb-1" } };
    const [name] = Object.keys(made.data?.alicloud_slb_load_balancers ?? {});
    const id = `\${data.alicloud_slb_load_balancers.${name}[each.key].balancers[0].id}`;
    expect(Object.values(made.data?.alicloud_slb_load_balancers ?? {})).toMatchObject([
      { for_each: each, ids: ["${each.value.clb}"] },
    ]);
    expect(Object.values(resourcesOf(made, "alicloud_eipanycast_anycast_eip_address_attachment"))).toMatchObject([
      { for_each: each, anycast_id: "${each.value.eip}", bind_instance_id: id },
    ]);
    expect(Object.values(resourcesOf(made, "alicloud_slb_listener"))).toMatchObject([
      { for_each: each, load_balancer_id: id },
    ]);
  });

  it("accept ports and servers from an iterator where they have none themselves", () => {
    const made = synthesise((stack) => {
      const clb = new InternalClb(stack, "clb", { vswitchId: "vsw-1" });
      const ports = TerraformIterator.fromMap({ web: 80, api: 8080 });
      clb.addListener({ protocol: "tcp", port: Token.asNumber(ports.value), forEach: ports });
      const servers = TerraformIterator.fromList(["i-1", "i-2"]);
      const group = clb.addServerGroup("group");
      group.addServer({ serverId: servers.value as string, port: 80, forEach: servers });
      new ClbAccessList(stack, "list", {
        name: servers.value as string,
        entries: [{ cidr: "10.0.0.0/8" }],
        forEach: servers,
      });
    });
    expect(Object.values(resourcesOf(made, "alicloud_slb_listener"))).toMatchObject([
      { for_each: { web: 80, api: 8080 }, frontend_port: "${each.value}" },
    ]);
    expect(Object.values(resourcesOf(made, "alicloud_slb_server_group_server_attachment"))).toMatchObject([
      { for_each: '${toset(["i-1", "i-2"])}', server_id: "${each.value}" },
    ]);
    const [list] = Object.keys(resourcesOf(made, "alicloud_slb_acl"));
    expect(Object.values(resourcesOf(made, "alicloud_slb_acl_entry_attachment"))).toMatchObject([
      { acl_id: `\${alicloud_slb_acl.${list}[each.key].id}` },
    ]);
  });
});
