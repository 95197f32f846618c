import { Aspects, TerraformVariable } from "cdktf";
import type { TerraformStack } from "cdktf";
import { SlbLoadBalancer } from "@cdktf/provider-alicloud/lib/slb-load-balancer";
import { InternalClb } from "../../src";
import type { ClbBackend, ClbListenerProps, InternalClbProps } from "../../src";
import { failureOf, onlyResource, synthesise } from "./synthesise";

const BALANCER = "alicloud_slb_load_balancer";
const make = (stack: TerraformStack, props: Partial<InternalClbProps> = {}): InternalClb =>
  new InternalClb(stack, "clb", { vswitchId: "vsw-1", ...props });

describe("InternalClb", () => {
  it("declares an internal-facing load balancer in a vSwitch, paid by use", () => {
    const made = synthesise((stack) => void make(stack, { name: "web", tags: { a: "b" }, resourceGroupId: "rg-1" }));
    expect(onlyResource(made, BALANCER)).toEqual({
      address_type: "intranet",
      vswitch_id: "vsw-1",
      load_balancer_name: "web",
      instance_charge_type: "PayByCLCU",
      delete_protection: "off",
      resource_group_id: "rg-1",
      tags: { a: "b" },
    });
  });

  it("accepts a specification with PayBySpec", () => {
    const made = synthesise((stack) => void make(stack, { instanceChargeType: "PayBySpec", spec: "slb.s1.small" }));
    expect(onlyResource(made, BALANCER)).toMatchObject({
      instance_charge_type: "PayBySpec",
      load_balancer_spec: "slb.s1.small",
    });
  });

  it("has types that exclude internet-facing and a missing vSwitch", () => {
    const declare = (stack: TerraformStack): void => {
      // @ts-expect-error there is no address type to choose
      new InternalClb(stack, "a", { vswitchId: "vsw-1", addressType: "internet" });
      // @ts-expect-error there is no internet traffic to bill
      new InternalClb(stack, "b", { vswitchId: "vsw-1", internetChargeType: "PayByTraffic" });
      // @ts-expect-error the vSwitch is required
      new InternalClb(stack, "c", { name: "x" });
    };
    expect(failureOf(() => synthesise(declare)).code).toBe("InternetFacing");
  });

  it.each<[string, string, object]>([
    ["an internet-facing address type", "InternetFacing", { vswitchId: "vsw-1", addressType: "internet" }],
    ["an address type in capitals", "InternetFacing", { vswitchId: "vsw-1", addressType: "Intranet" }],
    ["an empty address type", "InternetFacing", { vswitchId: "vsw-1", addressType: "" }],
    ["a null address type", "InternetFacing", { vswitchId: "vsw-1", addressType: null }],
    ["no vSwitch", "NoVswitch", {}],
    ["an empty vSwitch", "NoVswitch", { vswitchId: "" }],
    ["a vSwitch of spaces", "NoVswitch", { vswitchId: "  " }],
    ["a null vSwitch", "NoVswitch", { vswitchId: null }],
    ["a vSwitch that is a number", "NoVswitch", { vswitchId: 7 }],
    ["PayBySpec without a specification", "InvalidSpec", { vswitchId: "vsw-1", instanceChargeType: "PayBySpec" }],
    ["a specification without PayBySpec", "InvalidSpec", { vswitchId: "vsw-1", spec: "slb.s1.small" }],
  ])("refuses %s at run time, for callers without types", (_, code, props) => {
    const failure = failureOf(() =>
      synthesise((stack) => void new InternalClb(stack, "clb", props as InternalClbProps)),
    );
    expect(failure.code).toBe(code);
    expect(failure.message).toContain("(at test/clb). Fix: ");
  });

  it.each<[string, (clb: InternalClb, stack: TerraformStack) => void]>([
    ["a setter", (clb) => void (clb.resource.addressType = "internet")],
    ["a reset", (clb) => clb.resource.resetAddressType()],
    ["a reset of the vSwitch", (clb) => clb.resource.resetVswitchId()],
    ["an override", (clb) => clb.resource.addOverride("address_type", "internet")],
    ["an override of the vSwitch", (clb) => clb.resource.addOverride("vswitch_id", "")],
    [
      "an aspect",
      (_, stack) =>
        Aspects.of(stack).add({
          visit: (node) => void (node instanceof SlbLoadBalancer && (node.addressType = "internet")),
        }),
    ],
    ["a variable", (clb, stack) => void (clb.resource.addressType = new TerraformVariable(stack, "v", {}).stringValue)],
  ])("refuses to synthesise when %s changed its address type or vSwitch", (_, change) => {
    const failure = failureOf(() => synthesise((stack) => change(make(stack), stack)));
    expect(failure.message).toContain("Expected the load balancer to be internal-facing in a VPC");
  });

  it("puts all servers into one resource, as the provider requires", () => {
    const made = synthesise((stack) => {
      const clb = make(stack);
      clb.addBackend({ serverId: "i-1" });
      clb.addBackend({ serverId: "eni-2", weight: 0, type: "eni" });
    });
    const [balancer] = Object.keys(made.resource?.[BALANCER] ?? {});
    expect(onlyResource(made, "alicloud_slb_backend_server")).toEqual({
      load_balancer_id: `\${${BALANCER}.${balancer}.id}`,
      backend_servers: [
        { server_id: "i-1", weight: 100, type: "ecs" },
        { server_id: "eni-2", weight: 0, type: "eni" },
      ],
    });
  });

  it.each<[string, ClbListenerProps, object]>([
    ["tcp", { protocol: "tcp", port: 443 }, { protocol: "tcp", frontend_port: 443, backend_port: 443, bandwidth: -1 }],
    [
      "http",
      { protocol: "http", port: 80, backendPort: 8080, healthCheckPath: "/ok", scheduler: "rr", bandwidth: 5 },
      {
        protocol: "http",
        frontend_port: 80,
        backend_port: 8080,
        health_check_uri: "/ok",
        scheduler: "rr",
        bandwidth: 5,
      },
    ],
    [
      "https",
      { protocol: "https", port: 443, certificateId: "cert-1", description: "web" },
      {
        protocol: "https",
        frontend_port: 443,
        backend_port: 443,
        server_certificate_id: "cert-1",
        bandwidth: -1,
        description: "web",
      },
    ],
  ])("adds a listener for %s", (_, props, expected) => {
    const made = synthesise((stack) => void make(stack).addListener(props));
    const [balancer] = Object.keys(made.resource?.[BALANCER] ?? {});
    expect(onlyResource(made, "alicloud_slb_listener")).toEqual({
      load_balancer_id: `\${${BALANCER}.${balancer}.id}`,
      ...expected,
    });
  });

  it.each<[string, string, ClbListenerProps]>([
    ["port 0", "InvalidPort", { protocol: "tcp", port: 0 }],
    ["port 65536", "InvalidPort", { protocol: "tcp", port: 65536 }],
    ["a fractional back-end port", "InvalidPort", { protocol: "tcp", port: 1, backendPort: 0.5 }],
    ["https without a certificate", "NoCertificate", { protocol: "https", port: 443, certificateId: "" }],
  ])("refuses a listener with %s", (_, code, props) => {
    expect(failureOf(() => synthesise((stack) => void make(stack).addListener(props))).code).toBe(code);
  });

  it.each<[number]>([[-1], [101], [1.5], [Number.NaN]])("refuses a server with weight %s", (weight) => {
    const server: ClbBackend = { serverId: "i-1", weight };
    expect(failureOf(() => synthesise((stack) => void make(stack).addBackend(server))).code).toBe("InvalidWeight");
  });
});
