import type { Entry } from "../entry";
import type { Origin, Origins } from "../origins";
import type { EvaluatedOrigins, Told } from "./evaluated-origins";

/**
 * By the source where it is at hand, else by reference: plan JSON of a configuration in native syntax lists what an
 * expression refers to and does not show it. What is told by reference is marked as `listed`.
 */
export class CombinedOrigins implements Origins {
  public constructor(
    private readonly evaluated: EvaluatedOrigins,
    private readonly byReference: Origins,
  ) {}

  public originsOf(entry: Entry, attribute: string): readonly Origin[] {
    const told = this.evaluated.originsOf(entry, attribute);
    return isShown(told) ? told : this.byReference.originsOf(entry, attribute);
  }

  public originsOfRegion(providerKey: string, entry: Entry): readonly Origin[] | undefined {
    const told = this.evaluated.originsOfRegion(providerKey, entry);
    return told === undefined || isShown(told) ? told : this.byReference.originsOfRegion(providerKey, entry);
  }

  public hasInstances(providerKey: string): boolean {
    return this.evaluated.hasInstances(providerKey);
  }

  public isTurnedOff(address: string): boolean {
    return this.evaluated.isTurnedOff(address);
  }

  public isLeftOut(entry: Entry, attribute: string): boolean {
    const told = this.evaluated.originsOf(entry, attribute);
    return isShown(told) ? this.evaluated.isLeftOut(entry, attribute) : this.byReference.isLeftOut(entry, attribute);
  }
}

/** Nothing is unknown only because its expression is not shown. */
function isShown(told: readonly Told[]): boolean {
  return told.every((one) => one.notShown !== true);
}
