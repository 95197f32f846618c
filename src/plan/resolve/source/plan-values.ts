import { asObject, type JsonObject } from "../../json";
import { isDataRole, type PlanFacts } from "../../facts";
import { hasAction, instanceKey, isUnchanged } from "../entry";
import { modulePath } from "../module-path";
import type { PlannedAttribute, PlannedInstance, PlanView, ReadInstance } from "../evaluate/plan-view";
import type { PlanIndex } from "../plan-index";
import { partOf } from "./planned-part";
import { WholePlan } from "./whole-plan";

/**
 * A plan as the evaluator asks for it. What the projection holds is read there; the whole document is parsed only when
 * an expression takes something else.
 */
export class PlanValues implements PlanView {
  private readonly whole: WholePlan;
  private readonly instances = new Map<string, readonly PlannedInstance[]>();

  public constructor(
    private readonly index: PlanIndex,
    private readonly facts: PlanFacts,
    whole: () => JsonObject,
    public readonly workspace: string | undefined,
  ) {
    this.whole = new WholePlan(whole, facts.providers);
  }

  public variable(name: string): { readonly value: unknown } | undefined {
    const variables = asObject(this.index.plan.variables);
    if (variables === undefined || !Object.hasOwn(variables, name)) return undefined;
    return { value: asObject(variables[name])?.value ?? null };
  }

  public planned(block: string): readonly PlannedInstance[] {
    const found = this.instances.get(block);
    if (found !== undefined) return found;
    const made = this.isProjected(block) ? this.projected(block) : this.whole.planned(block);
    this.instances.set(block, made);
    return made;
  }

  public read(block: string): readonly ReadInstance[] {
    return this.whole.read(block);
  }

  public moduleKeys(call: string): ReadonlySet<string> {
    const path = modulePath(call) ?? [];
    return new Set(this.index.keysOf(path.slice(0, -1), path.at(-1)?.name ?? ""));
  }

  /** Blocks of the types that rules read; data sources among them are in the prior state. */
  private isProjected(block: string): boolean {
    const [type, , ...rest] = block
      .replace(/^(?:module\.[^.[]+(?:\[(?:[0-9]+|"(?:[^"\\]|\\.)*")\])?\.)*/, "")
      .split(".");
    const role = this.facts.roleOf.get(type ?? "");
    return rest.length === 0 && role !== undefined && !isDataRole(role);
  }

  private projected(block: string): readonly PlannedInstance[] {
    return this.index.instancesOf(block).map((address) => {
      const entry = this.index.lasting.get(address)!;
      const role = this.facts.roleOf.get(entry.type)!;
      const attribute = (name: string): PlannedAttribute => {
        if (!this.facts.attributes[role].includes(name)) return this.whole.attribute(address, name);
        return partOf(entry.change, name);
      };
      const trusted = this.index.isTrusted(entry);
      const [unchanged, created] = [isUnchanged(entry), hasAction(entry, "create")];
      return { address, key: instanceKey(entry) ?? "", trusted, unchanged, created, attribute };
    });
  }
}
