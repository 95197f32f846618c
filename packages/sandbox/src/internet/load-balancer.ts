import { connect } from "node:net";
import type { Socket } from "node:net";
import type { Applications } from "./application";
import type { BackEnd, Listener, LoadBalancerTarget, PublicAddress, ServerTarget } from "./lookup";
import type { UserLocation } from "./places";
import type { Random } from "./random";
import { nearestAccessPoint, routeFrom, targetOf } from "./route";
import type { Route } from "./route";

/** What a connection request to an address and port meets. */
export type Outcome =
  /** The address is none of the simulated cloud's. */
  | { readonly kind: "unknown" }
  /** Nothing is bound to the address: packets vanish. */
  | { readonly kind: "silent" }
  /** There is a host, and it refuses the connection. */
  | { readonly kind: "refused"; readonly route: Route }
  /** The listener takes the connection; an HTTP listener does so even when no back end can serve it. */
  | {
      readonly kind: "open";
      readonly route: Route;
      readonly region: string;
      /** The listener uses TLS. */
      readonly secure: boolean;
      readonly backEnd?: BackEnd;
    };

/** Decides as the network and the load balancer would. @throws SandboxError `PlaceNotOnMap` */
export function decide(user: UserLocation, address: PublicAddress | undefined, port: number, random: Random): Outcome {
  if (address === undefined) return { kind: "unknown" };
  const accessPoint = address.kind === "anycast" ? nearestAccessPoint(user, address.accessPoints) : undefined;
  if (address.kind === "anycast" && accessPoint === undefined) return { kind: "silent" };
  const target = accessPoint === undefined ? address.targets[0] : targetOf(accessPoint, address.targets);
  if (target === undefined) return { kind: "silent" };
  const route = routeFrom(user, target.region, accessPoint);
  return "serverId" in target ? atServer(target, route, port) : atLoadBalancer(target, route, port, random);
}

/** A security group answers nothing to what it keeps out, and a stopped server neither. */
function atServer({ serverId, region, running, rules }: ServerTarget, route: Route, port: number): Outcome {
  const rule = rules.find(({ from, to }) => from <= port && port <= to);
  if (!running || rule?.accept !== true) return { kind: "silent" };
  return { kind: "open", route, region, secure: false, backEnd: { serverId, port, weight: 100, healthy: true } };
}

function atLoadBalancer(target: LoadBalancerTarget, route: Route, port: number, random: Random): Outcome {
  const listener = target.listeners.find((one) => one.port === port && one.protocol !== "udp" && one.running);
  if (!target.active || listener === undefined) return { kind: "refused", route };
  const backEnd = choose(listener, random);
  // A layer 4 listener has no server to answer; a layer 7 listener answers itself.
  if (backEnd === undefined && listener.protocol === "tcp") return { kind: "refused", route };
  const secure = listener.protocol === "https";
  return { kind: "open", route, region: target.region, secure, ...(backEnd === undefined ? {} : { backEnd }) };
}

function choose(listener: Listener, random: Random): BackEnd | undefined {
  const usable = listener.backEnds.filter((one) => one.healthy && one.weight > 0);
  let point = random() * usable.reduce((sum, one) => sum + one.weight, 0);
  return usable.find((one) => (point -= one.weight) < 0) ?? usable.at(-1);
}

/** Connects to the application of a back end; without one, to where an HTTP listener answers 503 itself. */
export async function connectBehind(
  outcome: Extract<Outcome, { kind: "open" }>,
  applications: Applications,
): Promise<Socket> {
  const { backEnd, region, secure } = outcome;
  const behind =
    backEnd === undefined ? await applications.unavailable() : await applications.portOf(backEnd.serverId, region);
  const port = secure ? await applications.securely(behind) : behind;
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true, allowHalfOpen: true }, () => {
      socket.off("error", reject);
      resolve(socket);
    });
    socket.once("error", reject);
  });
}
