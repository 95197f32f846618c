import type { Construct, IConstruct } from "constructs";
import { misuse } from "./errors";
import { identityOf } from "./other-stack";

/** Which address each instance of an app is bound to. */
const bound = new WeakMap<IConstruct, Map<string, Construct>>();

/**
 * Notes that an instance is bound to an address. The cloud binds it to one only.
 * @throws ConstructError `BoundTwice`
 */
export function noteBound(address: Construct, instanceId: string): void {
  const all = bound.get(address.node.root) ?? new Map<string, Construct>();
  bound.set(address.node.root, all);
  const identity = identityOf(instanceId);
  const earlier = all.get(identity);
  if (earlier !== undefined) {
    throw misuse({
      code: "BoundTwice",
      what: "a load balancer or network interface",
      rule: "bound to one Anycast EIP",
      got: `a second binding; ${earlier.node.path} has it already`,
      at: address.node.path,
      fix: "bind another load balancer, or leave one of the bindings out.",
    });
  }
  all.set(identity, address);
}
