import { EntryReader } from "./entry-reader";
import type { PlanFacts } from "../../facts";
import type { JsonScanner } from "../scan/json-scanner";
import { KeptChanges } from "./kept-changes";

/**
 * Reads entries of `resource_changes` off their bytes. Those that are left out are proven to be ordinary where they stand,
 * without making an object of them.
 */
export class ChangeReader {
  private readonly entry: EntryReader;
  private readonly changes: KeptChanges;

  public constructor(
    private readonly scanner: JsonScanner,
    private readonly facts: PlanFacts,
  ) {
    this.entry = new EntryReader(scanner, facts);
    this.changes = new KeptChanges(facts);
  }

  public get kept(): readonly unknown[] {
    return this.changes.kept;
  }

  public read(): void {
    const { scanner, entry, changes } = this;
    if (scanner.peek() !== 0x7b) {
      changes.kept.push(scanner.value());
      return;
    }
    scanner.longNumber = undefined;
    entry.read();
    const { type } = entry;
    const role = type === undefined ? undefined : this.facts.roleOf.get(type);
    if (type !== undefined && role === undefined && entry.isOrdinary()) {
      changes.leaveOut(entry.isRemoved() ? undefined : entry.module, this.makes);
      return;
    }
    const stripped = role === undefined ? undefined : entry.stripped(role);
    if (stripped !== undefined) changes.kept.push(stripped);
    else if (!changes.add(scanner.parse(entry.start, scanner.position))) return;
    if (scanner.longNumber !== undefined) scanner.refuseNumber();
  }

  private readonly makes = (): boolean => this.entry.makes();
}
