import type { Construct } from "constructs";
import { checkChoice, checkId, isUnknown } from "./checks";
import { misuse } from "./errors";
import { checkObject } from "./settings-checks";

interface Server<T extends string = string> {
  readonly serverId: string;
  readonly type?: T;
  readonly port?: number;
}

/** Prefixes of ids, by the type of the server. */
const PREFIXES: Readonly<Record<string, string>> = { ecs: "i-", eni: "eni-", eci: "eci-" };

/** @returns the type of the server. @throws ConstructError `InvalidId`, `InvalidChoice` */
export function checkServer<T extends string>(scope: Construct, server: Server<T>, types: readonly T[]): T {
  checkObject(scope, "the server", server);
  checkChoice(scope, "the type of the server", server.type, types);
  const type = typeOf(server);
  const prefixes = server.type === undefined ? types.map((one) => PREFIXES[one]).join("|") : (PREFIXES[type] ?? "i-");
  checkId(scope, "the server", prefixes, server.serverId);
  return type;
}

/** The given type, or the one that the id's prefix shows. */
export function typeOf<T extends string>({ serverId, type }: Server<T>): T {
  const [found = "ecs"] = Object.entries(PREFIXES).find(([, prefix]) => String(serverId).startsWith(prefix)) ?? [];
  return type ?? (found as T);
}

/** Refuses the same server twice, on the same port where servers have ports. @throws ConstructError `ServerTwice` */
export function refuseServerTwice(scope: Construct, earlier: readonly Server[], { serverId, port }: Server): void {
  if (isUnknown(port) || !earlier.some((one) => one.serverId === serverId && one.port === port)) return;
  throw misuse({
    code: "ServerTwice",
    what: "the servers",
    rule: port === undefined ? "different ones" : "different ones, or on different ports",
    got: serverId,
    at: scope.node.path,
    fix: "add it once.",
  });
}
