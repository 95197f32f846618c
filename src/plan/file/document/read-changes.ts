import { EntryReader } from "./entry-reader";
import type { PlanFacts } from "../../facts";
import type { JsonObject } from "../../json";
import { asObject } from "../../json";
import type { JsonScanner } from "../scan/json-scanner";
import { isOrdinary, isQuiet, isRemoval, stripChange } from "./strip";

/** What all modules' markers plan: one object, so that what is known of one holds for all. */
const UNCHANGED: JsonObject = { actions: ["no-op"], after: {} };

/**
 * Reads `resource_changes`, and keeps the entries of types that rules read, one entry of each module instance that will
 * hold anything (it tells that the instance exists), and whatever is not an ordinary entry. All others are proven to be ordinary where they
 * stand, as bytes, without making an object of them.
 */
export class ChangeReader {
  private readonly entry: EntryReader;
  private readonly modules = new Set<string>();
  /** The entry that represents all those that were left out. */
  private rest: { makes: boolean; readonly actions: [string] } | undefined;
  public readonly kept: unknown[] = [];

  public constructor(
    private readonly scanner: JsonScanner,
    private readonly facts: PlanFacts,
  ) {
    this.entry = new EntryReader(scanner, facts);
  }

  public read(): void {
    const { scanner, entry } = this;
    if (scanner.peek() !== 0x7b) {
      this.kept.push(scanner.value());
      return;
    }
    scanner.longNumber = undefined;
    entry.read();
    const { type } = entry;
    const role = type === undefined ? undefined : this.facts.roleOf.get(type);
    if (type !== undefined && role === undefined && entry.isOrdinary()) {
      this.leaveOut(entry.isRemoved() ? undefined : entry.module, this.rest?.makes === true || entry.makes());
      return;
    }
    const stripped = role === undefined ? undefined : entry.stripped(role);
    if (stripped === undefined) this.keep(scanner.parse(entry.start, scanner.position));
    else {
      this.proveNumbers();
      this.kept.push(stripped);
    }
  }

  /** @param makes whether the entry is planned to be made or changed, which shows that the plan covers everything. */
  private leaveOut(module: string | undefined, makes: boolean): void {
    if (this.rest === undefined) {
      this.rest = { makes: false, actions: ["no-op"] };
      this.kept.push(marker(undefined, { actions: this.rest.actions, after: {} }));
    }
    if (makes && !this.rest.makes) {
      this.rest.makes = true;
      this.rest.actions[0] = "create";
    }
    if (module === undefined || this.modules.has(module)) return;
    this.modules.add(module);
    this.kept.push(marker(module, UNCHANGED));
  }

  private keep(value: unknown): void {
    const entry = asObject(value);
    const role = entry === undefined ? undefined : this.facts.roleOf.get(entry.type as string);
    if (entry !== undefined && role === undefined && isOrdinary(entry)) {
      const { mode, change, module_address: module } = entry;
      const { actions, after } = change as { actions: unknown[]; after: unknown };
      const makes = mode === "managed" && !isQuiet(actions);
      const isThere = typeof module === "string" && !isRemoval(after, actions);
      this.leaveOut(isThere ? module : undefined, makes);
      return;
    }
    this.proveNumbers();
    this.kept.push(entry === undefined || role === undefined ? value : stripChange(entry, role, this.facts));
  }

  private proveNumbers(): void {
    if (this.scanner.longNumber !== undefined) this.scanner.refuseNumber();
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
