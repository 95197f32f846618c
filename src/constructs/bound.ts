import type { ITerraformIterator } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { ConstructError } from "./errors";
import { keysOf, usesKeys } from "./for-each";
import { identityOf } from "./other-stack";

/** Which address each instance of an app is bound to, by kind of address and instance. */
const bound = new WeakMap<IConstruct, Map<string, Construct>>();

/** Kinds of addresses; an instance may have one of each. */
export type AddressKind = "Anycast EIP" | "EIP";

/**
 * Records that an instance is bound to an address, and refuses a second one: the cloud binds an instance to only one.
 * @throws ConstructError `BoundTwice`
 */
export function noteBound(
  kind: AddressKind,
  address: Construct,
  instanceId: string,
  forEach: ITerraformIterator | undefined,
): void {
  const all = bound.get(address.node.root) ?? new Map<string, Construct>();
  bound.set(address.node.root, all);
  const named = identityOf(address, instanceId);
  if (named === undefined) return;
  // The value of `each.value` depends on the iterator.
  const keys = forEach !== undefined && usesKeys(address, instanceId) ? keysOf(address, forEach) : "";
  const identity = `${kind} ${named} ${keys}`;
  const earlier = all.get(identity);
  if (earlier !== undefined) {
    throw new ConstructError(
      "BoundTwice",
      `The load balancer or network interface is bound already, by ${earlier.node.path}, and can have one ${kind} (at ${address.node.path}). Fix: bind another load balancer, or leave one of the bindings out.`,
    );
  }
  all.set(identity, address);
}
