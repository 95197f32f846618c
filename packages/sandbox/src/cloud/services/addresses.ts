import type { Call } from "../call";
import { holds, parseBlock, parseIp, showIp, usable } from "../cidr";
import { invalid, refused } from "../errors";
import { ipKey } from "../model-indexes";
import type { VSwitch } from "../model";

/** True when something in the vSwitch has this private address. */
function isTaken(call: Call, vswitch: VSwitch, ip: string): boolean {
  const key = ipKey(vswitch.id, ip);
  return call.countBy("network-interface", "ip", key) > 0 || call.countBy("load-balancer", "ip", key) > 0;
}

function countTaken(call: Call, vswitch: VSwitch): number {
  const interfaces = call
    .by("network-interface", "vswitch", vswitch.id)
    .reduce((sum, eni) => sum + 1 + eni.secondaryIps.length, 0);
  return interfaces + call.countBy("load-balancer", "vswitch", vswitch.id);
}

/** Addresses left in a vSwitch. */
export function freeAddresses(call: Call, vswitch: VSwitch): number {
  const { first, last } = usable(parseBlock(vswitch.cidr)!);
  return Math.max(0, last - first + 1 - countTaken(call, vswitch));
}

/** Where the last search in a vSwitch ended: saves walking over the same taken addresses again and again. */
const hints = new Map<string, number>();

/**
 * Private addresses out of a vSwitch: the ones asked for, else free ones.
 * @throws CloudError `InvalidPrivateIpAddress`, `InvalidPrivateIpAddress.Duplicated`, `InsufficientIpAddress`
 */
export function takeAddresses(call: Call, vswitch: VSwitch, asked: readonly string[], count: number): string[] {
  const block = parseBlock(vswitch.cidr)!;
  const { first, last } = usable(block);
  const taken: string[] = [];
  for (const ip of asked) {
    const number = parseIp(ip);
    if (number === undefined || !holds(block, number) || number < first || number > last)
      throw invalid(
        "PrivateIpAddress",
        `"${ip}" is not a free-to-use address of ${vswitch.cidr}.`,
        "InvalidPrivateIpAddress",
      );
    if (taken.includes(ip) || isTaken(call, vswitch, ip))
      throw refused("InvalidPrivateIpAddress.Duplicated", `The private address ${ip} is in use.`);
    taken.push(ip);
  }
  let candidate = Math.max(first, hints.get(vswitch.id) ?? first);
  for (let tried = first; taken.length < asked.length + count && tried <= last; tried += 1) {
    if (candidate > last) candidate = first;
    const ip = showIp(candidate);
    candidate += 1;
    if (!taken.includes(ip) && !isTaken(call, vswitch, ip)) taken.push(ip);
  }
  if (taken.length < asked.length + count)
    throw refused("InvalidVSwitchId.IpNotEnough", "The vSwitch has not enough free private addresses.");
  hints.set(vswitch.id, candidate);
  return taken;
}
