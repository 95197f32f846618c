import type { ObjectValue, Value } from "../../values/value";
import { ProviderError } from "../../api/errors";
import { textAt } from "../../api/body";
import type { Operations } from "../operation";
import type { OperationContext } from "../type";

/** At most that many servers go into one call. */
export const CHUNK = 20;

/** One back-end server as the calls of the older client write it: not JSON, single quotes, numbers as text. */
export function quotedServers(servers: readonly Readonly<Record<string, string>>[]): string {
  const items = servers.map((server) => {
    const { Type, ServerIp, ...plain } = server;
    const parts = Object.entries(plain).map(([name, value]) => `'${name}':'${value}'`);
    const type = Type === undefined ? "" : `, 'Type': '${Type}'`;
    const address = ServerIp === undefined || ServerIp === "" ? "" : `, 'ServerIp':'${ServerIp}'`;
    return `{${parts.join(",")}${type}${address}}`;
  });
  return `[${items.join(",")}]`;
}

/** The chunks of a list; like the real provider, a full last chunk is followed by an empty one. */
export function chunksOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  const chunks: T[][] = [];
  for (let at = 0; at <= items.length; at += CHUNK) chunks.push(items.slice(at, at + CHUNK));
  return chunks;
}

export const field = (server: ObjectValue, name: string): string => {
  const value: Value = server[name] ?? null;
  return value === null ? "" : String(value);
};

/** @throws ProviderError when the load balancer is protected and the configuration asks to respect that */
export async function respectProtection(
  context: OperationContext,
  operations: Operations,
  loadBalancerId: string,
): Promise<void> {
  if (context.data.get("delete_protection_validation") !== true) return;
  const body = await operations.attempt(
    "DescribeLoadBalancerAttribute",
    { LoadBalancerId: loadBalancerId },
    { gone: ["InvalidLoadBalancerId.NotFound"] },
  );
  if (textAt(body, "DeleteProtection") === "on") {
    throw new ProviderError(
      `Current SLB Instance ${loadBalancerId} has enabled DeleteProtection. Please set delete_protection_validation to false to delete the resource.`,
    );
  }
}
