import type { Construct } from "constructs";
import { checkChoice, checkId, isUnknown } from "./checks";
import { misuse } from "./errors";

interface Server {
  readonly serverId: string;
  readonly type?: string;
  readonly port?: number;
}

/** Ids of servers: instances, network interfaces, container groups. */
const PREFIXES = "i-|eni-|eci-";

/** @throws ConstructError `InvalidId`, `InvalidChoice` */
export function checkServer(scope: Construct, { serverId, type }: Server, types: readonly string[]): void {
  checkId(scope, "the server", PREFIXES, serverId);
  checkChoice(scope, "the type of the server", type, types);
}

/** The same server twice, on the same port where servers have ports. @throws ConstructError `ServerTwice` */
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
