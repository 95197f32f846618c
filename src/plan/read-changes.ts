import { EntryReader } from "./entry-reader";
import type { PlanFacts } from "./facts";
import type { JsonObject } from "./json";
import { asObject } from "./json";
import type { JsonScanner } from "./scan/json-scanner";
import { isOrdinary, stripChange } from "./strip";

/**
 * Reads `resource_changes`, and keeps the entries of types that rules read, one entry of each module instance (it tells
 * that the instance exists), and whatever is not an ordinary entry. All others are proven to be ordinary where they
 * stand, as bytes, without making an object of them.
 */
export class ChangeReader {
  private readonly entry: EntryReader;
  private readonly modules = new Set<string>();
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
      if (entry.module !== undefined) this.remember(entry.module);
      return;
    }
    const stripped = role === undefined ? undefined : entry.stripped(role);
    if (stripped === undefined) this.keep(scanner.parse(entry.start, scanner.position));
    else {
      this.proveNumbers();
      this.kept.push(stripped);
    }
  }

  private remember(module: string): void {
    if (this.modules.has(module)) return;
    this.modules.add(module);
    this.kept.push(marker(module));
  }

  private keep(value: unknown): void {
    const entry = asObject(value);
    const role = entry === undefined ? undefined : this.facts.roleOf.get(entry.type as string);
    if (entry !== undefined && role === undefined && isOrdinary(entry)) {
      if (typeof entry.module_address === "string") this.remember(entry.module_address);
      return;
    }
    this.proveNumbers();
    this.kept.push(entry === undefined || role === undefined ? value : stripChange(entry, role, this.facts));
  }

  private proveNumbers(): void {
    if (this.scanner.longNumber !== undefined) this.scanner.refuseNumber();
  }
}

/** An entry that tells nothing but that its module instance exists. */
function marker(module: string): JsonObject {
  return {
    address: `${module}.anycast_marker.instance`,
    module_address: module,
    mode: "managed",
    type: "anycast_marker",
    name: "instance",
    change: { actions: ["no-op"], after: {} },
  };
}
