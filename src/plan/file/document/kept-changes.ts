import type { PlanFacts } from "../../facts";
import type { JsonObject } from "../../json";
import { asObject } from "../../json";
import { isOrdinary, isQuiet, isRemoval, stripChange } from "./strip";

/** What all modules' markers plan: one object, so that what is known of one holds for all. */
const UNCHANGED: JsonObject = { actions: ["no-op"], after: {} };

/**
 * What is kept of `resource_changes`: the entries of types that rules read, one entry of each module instance that will hold
 * anything (it tells that the instance exists), and whatever is not an ordinary entry.
 */
export class KeptChanges {
  private readonly modules = new Set<string>();
  /** The entry that represents all those that were left out. */
  private rest: { makes: boolean; readonly actions: [string] } | undefined;
  public readonly kept: unknown[] = [];

  public constructor(private readonly facts: PlanFacts) {}

  /** Adds a parsed entry. @returns false when it is left out */
  public add(value: unknown): boolean {
    const entry = asObject(value);
    const role = entry === undefined ? undefined : this.facts.roleOf.get(entry.type as string);
    if (entry !== undefined && role === undefined && isOrdinary(entry)) {
      const { mode, change, module_address: module } = entry;
      const { actions, after } = change as { actions: unknown[]; after: unknown };
      const isThere = typeof module === "string" && !isRemoval(after, actions);
      this.leaveOut(isThere ? module : undefined, () => mode === "managed" && !isQuiet(actions));
      return false;
    }
    this.kept.push(entry === undefined || role === undefined ? value : stripChange(entry, role, this.facts));
    return true;
  }

  /**
   * Leaves out an ordinary entry of a type that no rule reads.
   * @param module the module instance that it shows to be there
   * @param makes whether it is planned to be made or changed, which shows that the plan covers everything
   */
  public leaveOut(module: string | undefined, makes: () => boolean): void {
    if (this.rest === undefined) {
      this.rest = { makes: false, actions: ["no-op"] };
      this.kept.push(marker(undefined, { actions: this.rest.actions, after: {} }));
    }
    if (!this.rest.makes && makes()) {
      this.rest.makes = true;
      this.rest.actions[0] = "create";
    }
    if (module === undefined || this.modules.has(module)) return;
    this.modules.add(module);
    this.kept.push(marker(module, UNCHANGED));
  }
}

/** An entry that only shows that its module instance exists, and what is planned for the entries that were left out. */
function marker(module: string | undefined, change: JsonObject): JsonObject {
  return {
    address: `${module === undefined ? "" : `${module}.`}anycast_marker.instance`,
    ...(module === undefined ? {} : { module_address: module }),
    mode: "managed",
    type: "anycast_marker",
    name: "instance",
    change,
  };
}
