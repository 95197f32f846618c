import { CloudError } from "../cloud/contract";
import type { Cloud } from "../cloud/contract";
import type { Lookup, PublicAddress, Target } from "./lookup";
import type { Ask } from "./ask";
import { listIn, textIn } from "./body";
import { loadBalancerTarget } from "./cloud-target";

/**
 * Finds public addresses in the simulated cloud, by the calls any client could make. Each look-up asks anew: what was
 * bound a moment ago is reachable, what was unbound is not.
 *
 * Load balancers are what can be reached; an address bound to an instance or a network interface stays silent.
 */
export function cloudLookup(cloud: Pick<Cloud, "call">): Lookup {
  const ask: Ask = async (product, action, params, region) => {
    try {
      return await cloud.call(product, action, params, { region });
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

async function plainAddress(ask: Ask, ip: string): Promise<PublicAddress | undefined> {
  const body = await ask("Vpc", "DescribeEipAddresses", { EipAddress: ip, PageSize: "1", PageNumber: "1" }, "");
  const [eip] = listIn(body, "EipAddresses", "EipAddress");
  if (eip === undefined || textIn(eip, "IpAddress") !== ip) return undefined;
  const bound = textIn(eip, "Status") === "InUse" && textIn(eip, "InstanceType") === "SlbInstance";
  const target = bound ? await loadBalancerTarget(ask, textIn(eip, "InstanceId"), textIn(eip, "RegionId")) : undefined;
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
  const bindings = listIn(address, "AnycastEipBindInfoList").filter(
    (one) => textIn(one, "Status") === "BINDED" && textIn(one, "BindInstanceType") === "SlbInstance",
  );
  const targets = await Promise.all(
    bindings.map(async (one): Promise<Target[]> => {
      const accessPoints = listIn(one, "PopLocations").map((point) => textIn(point, "PopLocation"));
      const target = await loadBalancerTarget(ask, textIn(one, "BindInstanceId"), textIn(one, "BindInstanceRegionId"));
      return target === undefined ? [] : [{ ...target, accessPoints }];
    }),
  );
  return {
    ip,
    kind: "anycast",
    accessPoints: listIn(points, "AnycastPopLocationList").map((one) => textIn(one, "RegionId")),
    targets: targets.flat(),
  };
}
