import type { Construct } from "constructs";
import type { SlbLoadBalancer } from "@cdktf/provider-alicloud/lib/slb-load-balancer";
import { isUnknown } from "./checks";
import { ConstructError, misuse } from "./errors";
import type { InternalClbProps } from "./internal-clb-props";

/** The final check, of the synthesised resource with all overrides and aspects. @returns error messages */
export function checkSynthesised(scope: Construct, resource: SlbLoadBalancer): string[] {
  const made = resource.toTerraform() as Synthesised;
  const attributes = Object.values(made.resource.alicloud_slb_load_balancer)[0] ?? {};
  if (attributes.address_type === "intranet" && hasText(attributes.vswitch_id)) return [];
  return [
    misuse({
      code: "InternetFacing",
      what: "the load balancer",
      rule: "internal-facing in a VPC (address_type `intranet` and a vswitch_id)",
      got: { address_type: attributes.address_type, vswitch_id: attributes.vswitch_id },
      at: scope.node.path,
      fix: "remove the override.",
    }).message,
  ];
}

interface Synthesised {
  readonly resource: { readonly alicloud_slb_load_balancer: Record<string, Record<string, unknown>> };
}

/**
 * For callers without types, or with a cast.
 * @throws ConstructError `InternetFacing`, `NoVswitch`
 */
export function checkInternal(scope: Construct, props: Partial<Record<keyof InternalClbProps, unknown>>): void {
  const at = scope.node.path;
  if (props.addressType !== undefined && props.addressType !== "intranet") {
    throw misuse({
      code: "InternetFacing",
      what: "the address type of an InternalClb",
      rule: "`intranet`",
      got: props.addressType,
      at,
      fix: "leave it out: an Anycast EIP can be bound to internal-facing load balancers only.",
    });
  }
  if (!hasText(props.vswitchId)) {
    throw new ConstructError(
      "NoVswitch",
      `An InternalClb needs a vSwitch (at ${at}). Fix: give \`vswitchId\`: an Anycast EIP can be bound to load balancers in a VPC only.`,
    );
  }
}

/** @throws ConstructError `RegionOfOtherProvider` */
export function checkGivenRegion(scope: Construct, given: string | undefined, known: string | undefined): void {
  if (given === undefined || known === undefined || isUnknown(given) || given === known) return;
  throw misuse({
    code: "RegionOfOtherProvider",
    what: "the region of the load balancer",
    rule: `that of its provider, ${known}`,
    got: given,
    at: scope.node.path,
    fix: "leave `region` out, and give the `provider` of the region it is to be in.",
  });
}

/** @throws ConstructError `InvalidSpec` */
export function checkSpec(scope: Construct, chargeType: string, spec: string | undefined): void {
  if ((chargeType === "PayBySpec") === (spec !== undefined)) {
    if (spec === undefined || isUnknown(spec) || /^slb(\.[a-z0-9]+){2}$/.test(spec)) return;
    throw misuse({
      code: "InvalidSpec",
      what: "the spec",
      rule: "a specification such as slb.s1.small",
      got: spec,
      at: scope.node.path,
      fix: "name one that the cloud sells.",
    });
  }
  throw new ConstructError(
    "InvalidSpec",
    chargeType === "PayBySpec"
      ? `PayBySpec needs a spec (at ${scope.node.path}). Fix: give \`spec\`, e.g. slb.s1.small.`
      : `A spec needs PayBySpec (at ${scope.node.path}). Fix: leave \`spec\` out.`,
  );
}

function hasText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}
