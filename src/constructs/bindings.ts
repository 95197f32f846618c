import type { Construct } from "constructs";
import type { EipanycastAnycastEipAddressAttachment } from "@cdktf/provider-alicloud/lib/eipanycast-anycast-eip-address-attachment";
import { isUnknown } from "./checks";
import { misuse } from "./errors";
import { ANYCAST_FACTS } from "./facts";
import type { AnycastArea, AssociationMode } from "./facts";

interface NewBinding {
  readonly regionId: string;
  readonly mode: AssociationMode;
}

/**
 * What can be said about a further binding of one address before there is a plan.
 * @throws ConstructError `UnsupportedRegion`, `TwoTargetsInRegion`, `TwoDefaultTargets`
 */
export function checkBindings(
  scope: Construct,
  area: AnycastArea,
  binding: NewBinding,
  earlier: readonly EipanycastAnycastEipAddressAttachment[],
): void {
  checkRegion(scope, area, binding.regionId);
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

function checkRegion(scope: Construct, area: AnycastArea, regionId: string): void {
  // The documented list is that of the area outside mainland China.
  if (area !== "international" || isUnknown(regionId)) return;
  const known = ANYCAST_FACTS.regions.current;
  if (known.some((region) => region.id === regionId)) return;
  throw misuse({
    code: "UnsupportedRegion",
    what: "the region of the target",
    rule: `one of ${known.map((region) => region.id).join(", ")}`,
    got: regionId,
    at: scope.node.path,
    fix: "put the load balancer into one of these regions.",
  });
}
