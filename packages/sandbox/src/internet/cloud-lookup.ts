import { CloudError } from "../cloud/contract";
import type { Cloud } from "../cloud/contract";
import type { Lookup, PublicAddress, Target } from "./lookup";
import type { Ask } from "./ask";
import { listIn, textIn } from "./body";
import { loadBalancerTarget } from "./cloud-target";
import { instanceTarget, interfaceTarget } from "./server-target";

/**
 * Finds public addresses in the simulated cloud, by the calls any client could make; the log does not show them. Each look-up asks again: what was
 * bound a moment ago is reachable, what was unbound is not.
 */
export function cloudLookup(cloud: Pick<Cloud, "call">): Lookup {
  const ask: Ask = async (product, action, params, region) => {
    try {
      return await cloud.call(product, action, params, { region, inside: true });
    } catch (thrown) {
      if (thrown instanceof CloudError && isAbsence(thrown)) return undefined;
      throw thrown;
    }
  };
  return async (ip) => (await plainAddress(ask, ip)) ?? (await anycastAddress(ask, ip));
}

/** Codes like `InvalidLoadBalancerId.NotFound`; an action that is not simulated is a mistake, not an absence. */
function isAbsence(error: CloudError): boolean {
  return error.httpStatus === 404 || (/not.?found/i.test(error.code) && !error.code.startsWith("InvalidAction"));
}

/** How to find what an address is bound to, by the type of it. */
const TARGETS: Readonly<Record<string, (ask: Ask, id: string, region: string) => Promise<Target | undefined>>> = {
  SlbInstance: loadBalancerTarget,
  NetworkInterface: interfaceTarget,
  EcsInstance: instanceTarget,
};

/** Whether a binding carries traffic; one that is being changed still does. */
export const carriesTraffic = (status: string): boolean => status === "BINDED" || status === "MODIFYING";

async function plainAddress(ask: Ask, ip: string): Promise<PublicAddress | undefined> {
  const body = await ask("Vpc", "DescribeEipAddresses", { EipAddress: ip, PageSize: "1", PageNumber: "1" }, "");
  const [eip] = listIn(body, "EipAddresses", "EipAddress");
  if (eip === undefined || textIn(eip, "IpAddress") !== ip) return undefined;
  const bound = textIn(eip, "Status") === "InUse";
  const find = bound ? TARGETS[textIn(eip, "InstanceType")] : undefined;
  const target = await find?.(ask, textIn(eip, "InstanceId"), textIn(eip, "RegionId"));
  return { ip, kind: "plain", accessPoints: [], targets: target === undefined ? [] : [target] };
}

async function anycastAddress(ask: Ask, ip: string): Promise<PublicAddress | undefined> {
  const listed = await ask("Eipanycast", "ListAnycastEipAddresses", { AnycastEipAddress: ip, MaxResults: "50" }, "");
  const found = listIn(listed, "AnycastList").find((one) => textIn(one, "IpAddress") === ip);
  if (found === undefined) return undefined;
  const id = textIn(found, "AnycastId");
  const [address, points] = await Promise.all([
    ask("Eipanycast", "DescribeAnycastEipAddress", { AnycastId: id }, ""),
    ask("Eipanycast", "DescribeAnycastPopLocations", { ServiceLocation: textIn(found, "ServiceLocation") }, ""),
  ]);
  const bindings = listIn(address, "AnycastEipBindInfoList").filter((one) => carriesTraffic(textIn(one, "Status")));
  const targets = await Promise.all(
    bindings.map(async (one): Promise<Target[]> => {
      const accessPoints = listIn(one, "PopLocations").map((point) => textIn(point, "PopLocation"));
      const find = TARGETS[textIn(one, "BindInstanceType")];
      const target = await find?.(ask, textIn(one, "BindInstanceId"), textIn(one, "BindInstanceRegionId"));
      return target === undefined
        ? []
        : [{ ...target, accessPoints, isDefault: textIn(one, "AssociationMode") === "Default" }];
    }),
  );
  return {
    ip,
    kind: "anycast",
    accessPoints: listIn(points, "AnycastPopLocationList").map((one) => textIn(one, "RegionId")),
    targets: targets.flat(),
  };
}
