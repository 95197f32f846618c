import { Construct } from "constructs";
import { AnycastEip } from "./anycast-eip";
import type { AnycastEipProps } from "./anycast-eip";
import { asTyped, misuse } from "./errors";
import { ANYCAST_FACTS } from "./facts";

/** Settings of `AnycastEips`: those of one address, and how many. */
export interface AnycastEipsProps extends AnycastEipProps {
  /** Number of addresses, 1 to 20 (the default quota of an account). @default 1 */
  readonly quantity?: number;
  /** Highest quantity, for accounts with a larger quota. @default 20 */
  readonly quota?: number;
}

/**
 * Several Anycast EIPs of one kind. The first takes the name as given, the others the name with `-2`, `-3` …,
 * so that a larger quantity neither renames nor replaces existing addresses.
 * @throws ConstructError `InvalidQuantity`, and what AnycastEip throws
 * @example
 * const { addresses } = new AnycastEips(stack, "addresses", { name: "shop", quantity: 3 });
 * addresses.forEach((address, at) => address.attach(balancers[at]));
 */
export class AnycastEips extends Construct {
  /** The addresses, in the order of their numbers. */
  public readonly addresses: readonly AnycastEip[];

  public constructor(scope: Construct, id: string, props: AnycastEipsProps = {}) {
    super(scope, id);
    const { quantity = 1, quota = ANYCAST_FACTS.address.quota.addresses_per_account, ...each } = props;
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > quota) {
      throw misuse({
        code: "InvalidQuantity",
        what: "the quantity",
        rule: `a whole number from 1 to ${quota}`,
        got: asTyped(quantity),
        at: this.node.path,
        fix: "lower it, or give `quota` when your account has a larger one.",
      });
    }
    this.addresses = Array.from(
      { length: quantity },
      (_, at) =>
        new AnycastEip(this, String(at + 1), at === 0 ? each : { ...each, name: numbered(props.name, at + 1) }),
    );
  }

  /** The first address. */
  public get first(): AnycastEip {
    return this.addresses[0] as AnycastEip;
  }
}

function numbered(name: string | undefined, number: number): string | undefined {
  return name === undefined ? undefined : `${name}-${number}`;
}
