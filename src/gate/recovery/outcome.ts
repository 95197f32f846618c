import type { ApplyOutput } from "./apply-output";
import type { PlannedCreation } from "./creation";
import type { Instances } from "./instances";
import type { LeftOpen } from "./record";
import { saysNothingWasMade } from "./refusal";

export const isNothing = ({ made, begun }: LeftOpen): boolean => Object.keys(made).length + begun.length === 0;

/**
 * What an apply has made, or may have made, that its state does not hold.
 * @param output what it printed; undefined when it is lost: then everything may have been begun
 */
export function leftOpen(
  creations: readonly PlannedCreation[],
  state: Instances,
  output: ApplyOutput | undefined,
): LeftOpen {
  const planned = new Map(creations.map((creation) => [creation.address, creation]));
  // The state's object at the address is the one that was made, unless it is the one to be replaced.
  const isHeld = (address: string): boolean =>
    state.has(address) && state.get(address) !== planned.get(address)?.replaces;
  if (output === undefined) {
    return { made: {}, begun: [...planned.keys()].filter((address) => !isHeld(address)) };
  }
  const made = [...output.created].filter(([address, id]) =>
    id === "" ? !isHeld(address) : state.get(address) !== id,
  );
  const failed = [...output.failed]
    .filter(([address, text]) => !saysNothingWasMade(text, planned.get(address)?.provider ?? ""))
    .map(([address]) => address);
  const begun = [...output.begun, ...failed].filter((address) => !isHeld(address));
  return { made: Object.fromEntries(made), begun };
}

/** What is still open later, when the state may hold more. */
export function stillOpen(left: LeftOpen, creations: readonly PlannedCreation[], state: Instances): LeftOpen {
  const planned = creations.filter(({ address }) => left.begun.includes(address));
  const others = left.begun.filter((address) => !planned.some((one) => one.address === address));
  return {
    // With another id, the state's object was made by a later run, so this one is still open.
    made: Object.fromEntries(
      Object.entries(left.made).filter(([address, id]) =>
        id === "" ? !state.has(address) : state.get(address) !== id,
      ),
    ),
    begun: [...leftOpen(planned, state, undefined).begun, ...others.filter((address) => !state.has(address))],
  };
}
