import type { Construct } from "constructs";
import type { EipanycastAnycastEipAddressAttachment } from "@cdktf/provider-alicloud/lib/eipanycast-anycast-eip-address-attachment";
import { isUnknown } from "./checks";
import { misuse } from "./errors";
import { ANYCAST_FACTS } from "./facts";
import type { AnycastArea, AssociationMode } from "./facts";

export interface NewBinding {
  readonly regionId: string;
  readonly mode: AssociationMode;
  readonly popLocations: readonly string[];
}

/** Names of access points are those of regions and `-pop`; there is no complete list to check them against. */
const ACCESS_POINT = /^[a-z]{2}(-[a-z]+)+(-\d+)?-pop$/;
/** Regions and access points of mainland China; Hong Kong belongs to the other area. */
const MAINLAND = /^cn-(?!hongkong)/;

/**
 * What can be said about a further binding of one address before there is a plan.
 * @param area where users come from. @default not known: the address is there already
 * @throws ConstructError `UnsupportedRegion`, `TwoTargetsInRegion`, `TwoDefaultTargets`, `InvalidAccessPoint`
 */
export function checkBindings(
  scope: Construct,
  area: AnycastArea | undefined,
  binding: NewBinding,
  earlier: readonly EipanycastAnycastEipAddressAttachment[],
): void {
  checkRegion(scope, area, binding.regionId);
  checkAccessPoints(scope, area, binding, earlier);
  const at = scope.node.path;
  if (!isUnknown(binding.regionId) && earlier.some((one) => one.bindInstanceRegionIdInput === binding.regionId)) {
    throw misuse({
      code: "TwoTargetsInRegion",
      what: "the targets of one address",
      rule: "in different regions",
      got: binding.regionId,
      at,
      fix: "bind one load balancer per region, or use a further address.",
    });
  }
  if (binding.mode === "Default" && earlier.some((one) => one.associationModeInput === "Default")) {
    throw misuse({
      code: "TwoDefaultTargets",
      what: "the default target of one address",
      rule: "a single one",
      got: "a second one",
      at,
      fix: 'leave `associationMode` out, or make it "Normal".',
    });
  }
}

/** An address that has targets but no default one. @returns error messages, for a validation */
export function missingDefault(
  scope: Construct,
  attachments: readonly EipanycastAnycastEipAddressAttachment[],
): string[] {
  if (attachments.length === 0 || attachments.some((one) => one.associationModeInput === "Default")) return [];
  return [
    misuse({
      code: "NoDefaultTarget",
      what: "one target of an address",
      rule: "its default one",
      got: attachments.map((one) => one.associationModeInput).join(", "),
      at: scope.node.path,
      fix: "leave `associationMode` out of the first `attach`.",
    }).message,
  ];
}

function checkRegion(scope: Construct, area: AnycastArea | undefined, regionId: string): void {
  if (area === undefined || isUnknown(regionId)) return;
  const known = ANYCAST_FACTS.regions.current.map((region) => region.id);
  if (area === "international" ? known.includes(regionId) : MAINLAND.test(regionId)) return;
  throw misuse({
    code: "UnsupportedRegion",
    what: `the region of a target of an address for the area ${area}`,
    rule: area === "international" ? `one of ${known.join(", ")}` : "a region of mainland China",
    got: regionId,
    at: scope.node.path,
    fix: "put the load balancer into one of these regions, or give the address the other `area`.",
  });
}

function checkAccessPoints(
  scope: Construct,
  area: AnycastArea | undefined,
  { mode, popLocations }: NewBinding,
  earlier: readonly EipanycastAnycastEipAddressAttachment[],
): void {
  const wrong = (rule: string, got: string, fix: string): Error =>
    misuse({ code: "InvalidAccessPoint", what: "the access points of a target", rule, got, at: scope.node.path, fix });
  if (popLocations.length > 0 && mode === "Default") {
    const rule = "left out of the default target, which serves all that no other one does";
    throw wrong(rule, popLocations.join(", "), 'remove `popLocations`, or make `associationMode` "Normal".');
  }
  const taken = earlier.flatMap((one) => (one.popLocationsInput ?? []) as readonly { readonly popLocation?: string }[]);
  popLocations.forEach((pop, at) => {
    if (isUnknown(pop)) return;
    if (!ACCESS_POINT.test(pop)) throw wrong("names such as us-west-1-pop", pop, "correct the name.");
    if (area !== undefined && MAINLAND.test(pop) !== (area === "ChineseMainland")) {
      throw wrong(`of the area ${area}`, pop, "name one of that area.");
    }
    if (popLocations.indexOf(pop) !== at || taken.some((one) => one.popLocation === pop)) {
      throw wrong("different; each serves one target", pop, "name it once.");
    }
  });
}
