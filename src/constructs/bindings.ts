import { Annotations } from "cdktf";
import { Construct } from "constructs";
import type { EipanycastAnycastEipAddressAttachment } from "@cdktf/provider-alicloud/lib/eipanycast-anycast-eip-address-attachment";
import type { AnycastBinding, IAnycastTarget } from "./anycast-binding";
import { checkAddress, checkChoice, checkId, isUnknown } from "./checks";
import { ConstructError, misuse } from "./errors";
import { ACCESS_POINTS, ANYCAST_FACTS, areaOf } from "./facts";
import type { AnycastArea, AssociationMode } from "./facts";

export interface NewBinding {
  readonly regionId: string;
  readonly mode: AssociationMode;
  readonly popLocations: readonly string[];
}

/** The form of an access point's name. */
const ACCESS_POINT = /^[a-z]{2}(-[a-z]+)+(-\d+)?-pop$/;

/** @throws ConstructError `NoTarget` */
export function checkIsTarget(scope: Construct, target: unknown): void {
  if (typeof (target as Partial<IAnycastTarget> | null | undefined)?.anycastBinding === "function") return;
  throw misuse({
    code: "NoTarget",
    what: "the target of an address",
    rule: "an InternalClb or what AnycastTarget gives",
    got: Construct.isConstruct(target) ? `the construct ${target.node.path}` : `a value of type ${typeof target}`,
    at: scope.node.path,
    fix: "give an InternalClb; of the provider's own resource, AnycastTarget.loadBalancer({ loadBalancerId: resource.id, region }).",
  });
}

/** @throws ConstructError `InvalidChoice`, `InvalidId`, `InvalidAddress` */
export function checkTarget(scope: Construct, { instanceType, instanceId, privateIpAddress }: AnycastBinding): void {
  const types = ANYCAST_FACTS.binding.instance_types.map(({ id }) => id);
  checkChoice(scope, "the type of a target", instanceType, types);
  checkId(scope, "the id of a target", instanceType === "SlbInstance" ? "lb-" : "eni-", instanceId);
  checkAddress(scope, "the private address of a target", privateIpAddress);
}

/**
 * Checks a further binding of an address, as far as possible before there is a plan.
 * @param area where users come from. @default not known: the address exists already
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
    throw new ConstructError(
      "TwoDefaultTargets",
      `The address has a default target already (at ${at}). Fix: leave \`associationMode\` out, or make it "Normal".`,
    );
  }
}

/** An address that has targets but no default one. @returns error messages, for a validation */
export function missingDefault(
  scope: Construct,
  attachments: readonly EipanycastAnycastEipAddressAttachment[],
): string[] {
  if (attachments.length === 0 || attachments.some((one) => one.associationModeInput === "Default")) return [];
  return [
    new ConstructError(
      "NoDefaultTarget",
      `The address has no default target (at ${scope.node.path}). Fix: leave \`associationMode\` out of the first \`attach\`.`,
    ).message,
  ];
}

function checkRegion(scope: Construct, area: AnycastArea | undefined, regionId: string): void {
  if (area === undefined || isUnknown(regionId)) return;
  const known = ANYCAST_FACTS.regions.current.map((region) => region.id);
  if (area === "international" ? known.includes(regionId) : areaOf(regionId) === area) return;
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
  if (!Array.isArray(popLocations)) {
    throw wrong("a list of names", String(popLocations), 'write popLocations: ["us-west-1-pop"].');
  }
  if (popLocations.length > 0 && mode === "Default") {
    const rule = "left out of the default target, which serves all that no other one does";
    throw wrong(rule, popLocations.join(", "), 'remove `popLocations`, or make `associationMode` "Normal".');
  }
  const taken = earlier.flatMap((one) => (one.popLocationsInput ?? []) as readonly { readonly popLocation?: string }[]);
  popLocations.forEach((pop, at) => {
    if (isUnknown(pop)) return;
    if (!ACCESS_POINT.test(pop)) throw wrong("names such as us-west-1-pop", pop, "correct the name.");
    if (area !== undefined && areaOf(pop) !== area) {
      throw wrong(`of the area ${area}`, pop, "name one of that area.");
    }
    if (!Object.values(ACCESS_POINTS).flat().includes(pop)) {
      const known = area === undefined ? Object.values(ACCESS_POINTS).flat() : ACCESS_POINTS[area];
      Annotations.of(scope).addWarning(
        `Expected the access points of a target to be among ${known.join(", ")}, got \`${pop}\` (at ${scope.node.path}). Fix: check the name; no complete list of them is published.`,
      );
    }
    if (popLocations.indexOf(pop) !== at || taken.some((one) => one.popLocation === pop)) {
      throw wrong("different; each serves one target", pop, "name it once.");
    }
  });
}
