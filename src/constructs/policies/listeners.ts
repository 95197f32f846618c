import { isKnownText } from "./synthesised";
import type { Attributes, Elements, SynthFinding } from "./synthesised";

const LISTENER = "alicloud_slb_listener";

interface Listener {
  readonly name: string;
  /** Identifies its load balancer; undefined where only terraform will know. */
  readonly owner: string | undefined;
  readonly port: number | undefined;
  readonly isUdp: boolean;
}

/**
 * What the cloud refuses of listeners: an invalid port, and one port of a load balancer twice. TCP, HTTP and HTTPS share
 * one set of ports; UDP has its own. The gate has no rule for it, since such a listener endangers nothing.
 */
export function findListeners(resources: Elements): SynthFinding[] {
  const all = Object.entries(resources[LISTENER] ?? {}).map(([name, one]) => listenerOf(name, one));
  const groups = new Map<string, Listener[]>();
  for (const one of all) {
    if (one.owner === undefined || one.port === undefined) continue;
    const key = `${one.owner} ${one.port} ${one.isUdp}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [
    ...all
      .filter(({ port }) => port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535))
      .map((one) => about(one, "the port", "a whole number from 1 to 65535", "give a port in that range.")),
    ...[...groups.values()]
      .filter((group) => group.length > 1)
      .flatMap((group) =>
        group.map((one) => {
          const others = group.filter((other) => other !== one).map(({ name }) => name);
          const rule = `another one than that of ${others.slice(0, 3).join(", ")}, of the same load balancer`;
          return about(one, "the port", rule, "give another port, or remove one of the listeners.");
        }),
      ),
  ];
}

function listenerOf(name: string, one: Attributes): Listener {
  const { load_balancer_id: id, frontend_port: port, protocol } = one;
  // Only terraform knows how many instances it has.
  const isOne = one.count === undefined && one.for_each === undefined;
  const isWhole = isKnownText(id) || /^\$\{[\w.[\]-]+\}$/.test(String(id));
  return {
    name,
    owner: isOne && isWhole && isKnownText(protocol) ? String(id) : undefined,
    port: typeof port === "number" ? port : undefined,
    isUdp: protocol === "udp",
  };
}

function about({ name, port }: Listener, what: string, expected: string, fix: string): SynthFinding {
  return { level: "error", type: LISTENER, name, what, expected, got: port, fix };
}
