import { isDataRole, type PlanFacts } from "../../facts";
import type { JsonObject } from "../../json";
import type { JsonScanner } from "../scan/json-scanner";
import { BlockReader } from "./block-reader";
import { ChangeReader } from "./read-changes";
import { stripSeen } from "./strip";
import type { Walk } from "./walk";

const OPEN_OBJECT = 0x7b;
const OPEN_LIST = 0x5b;

/** Walks through the bytes of a document, and makes objects of nothing but what is kept of it. */
export class ScannedWalk implements Walk {
  private readonly blocks: BlockReader;

  public constructor(
    private readonly scanner: JsonScanner,
    private readonly facts: PlanFacts,
  ) {
    this.blocks = new BlockReader(scanner, facts);
  }

  public members(read: (name: string) => unknown): unknown {
    const { scanner } = this;
    if (scanner.peek() !== OPEN_OBJECT) return scanner.value();
    const entries: [string, unknown][] = [];
    scanner.object(() => {
      const name = scanner.keyText();
      const value = read(name);
      if (value !== undefined) entries.push([name, value]);
    });
    return Object.fromEntries(entries);
  }

  public items(read: () => unknown): unknown {
    const { scanner } = this;
    if (scanner.peek() !== OPEN_LIST) return scanner.value();
    const items: unknown[] = [];
    scanner.list(() => {
      const item = read();
      if (item !== undefined) items.push(item);
    });
    return items;
  }

  public value(): unknown {
    return this.scanner.value();
  }

  public skip(): void {
    this.scanner.skip();
  }

  public changes(): unknown {
    if (this.scanner.peek() !== OPEN_LIST) return this.scanner.value();
    const reader = new ChangeReader(this.scanner, this.facts);
    this.scanner.list(() => reader.read());
    return reader.kept;
  }

  public block(): unknown {
    return this.blocks.read();
  }

  public seen(): unknown {
    const { scanner } = this;
    scanner.peek();
    const start = scanner.position;
    let type: unknown;
    if (scanner.bytes[start] !== OPEN_OBJECT) return scanner.value();
    scanner.object(() => {
      if (scanner.keyText() === "type") type = scanner.value();
      else scanner.skip();
    });
    if (!isDataRole(this.facts.roleOf.get(type as string))) return undefined;
    return stripSeen(scanner.parse(start, scanner.position) as JsonObject, this.facts);
  }

  public withText(read: () => unknown): { readonly read: unknown; readonly text: Buffer } {
    this.scanner.peek();
    const start = this.scanner.position;
    const made = read();
    return { read: made, text: this.scanner.bytes.subarray(start, this.scanner.position) };
  }
}
