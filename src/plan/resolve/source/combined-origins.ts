import type { Entry } from "../entry";
import { isRecord } from "../../../core/is-record";
import { member } from "../json-values";
import type { Origin, Origins } from "../origins";
import type { PlanIndex } from "../plan-index";
import type { EvaluatedOrigins, Told } from "./evaluated-origins";

/**
 * By the source where it is at hand, else by reference: plan JSON of a configuration in native syntax lists what an
 * expression refers to and does not show it. What is known by reference only is marked as `listed`.
 */
export class CombinedOrigins implements Origins {
  /** @param index where the source is the plan's JSON itself. @default the source is at hand */
  public constructor(
    private readonly evaluated: EvaluatedOrigins,
    private readonly byReference: Origins,
    public readonly showsExpressions: boolean,
    private readonly index?: PlanIndex,
  ) {}

  public originsOf(entry: Entry, attribute: string): readonly Origin[] {
    if (this.isListed(entry, attribute)) return this.byReference.originsOf(entry, attribute);
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
    const shown = member(this.index?.block(entry), "expressions");
    if (isRecord(shown) && (shown[attribute] === undefined || this.isListed(entry, attribute)))
      return this.byReference.isLeftOut(entry, attribute);
    const told = this.evaluated.originsOf(entry, attribute);
    return isShown(told) ? this.evaluated.isLeftOut(entry, attribute) : this.byReference.isLeftOut(entry, attribute);
  }

  /** True where the plan only lists what the expression refers to: of most bindings, and then there is nothing to evaluate. */
  private isListed(entry: Entry, attribute: string): boolean {
    const shown = member(this.index?.block(entry), "expressions", attribute);
    return isRecord(shown) && Array.isArray(shown.references) && Object.keys(shown).length === 1;
  }
}

/** Nothing is unknown only because its expression is not shown. */
function isShown(told: readonly Told[]): boolean {
  return told.every((one) => one.notShown !== true);
}
