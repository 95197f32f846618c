import type { Cloud } from "../cloud/contract";
import { parseFault } from "../cloud/faults/rule";
import type { Lookup, Target } from "./lookup";

/**
 * What the fault `interruption=800ms` does to the traffic: from the moment that an address is associated, what it is bound
 * to answers no new connection for that long, by whichever address.
 */
export function interruptible(cloud: Pick<Cloud, "on">, lookup: Lookup): Lookup {
  const until = new Map<string, number>();
  cloud.on((event) => {
    if (event.type !== "call" || event.outcome !== "ok") return;
    const rules = (event.fault ?? "").split(", ").filter((text) => text.startsWith("interruption="));
    for (const { delay } of rules.map(parseFault))
      until.set(event.params["BindInstanceId"] ?? "", performance.now() + delay);
  });
  const answers = (target: Target): boolean => {
    const id = "loadBalancerId" in target ? target.loadBalancerId : target.serverId;
    return performance.now() >= (until.get(id) ?? 0);
  };
  return async (ip) => {
    const found = await lookup(ip);
    return found === undefined ? undefined : { ...found, targets: found.targets.filter(answers) };
  };
}
