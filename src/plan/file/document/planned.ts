import type { JsonObject } from "../../json";
import type { JsonScanner } from "../scan/json-scanner";
import { EntryOffsets, SECTIONS } from "./entry-offsets";
import { textAt } from "../scan/members";
import { sameBytes } from "../scan/texts";

const BEFORE = 1;
const QUOTE = 0x22;
const OPEN_OBJECT = 0x7b;
/** Changes that a new one is compared with; large plans plan the same few over and over. */
const COMPARED = 3;

interface Known {
  readonly offsets: EntryOffsets;
  change: JsonObject;
}

/** Makes changes of what was noted of them, and hands out the same objects again for what has the same bytes. */
export class Planned {
  private readonly known: Known[] = [];
  private next = 0;

  /**
   * @param names the attributes of a section, by the numbers they are noted by
   * @param attributes how many attributes may be noted of one section
   */
  public constructor(
    private readonly scanner: JsonScanner,
    private readonly names: (section: number) => readonly string[],
    private readonly attributes: number,
  ) {}

  /** The change, as `stripChange` makes it of the parsed entry. */
  public read(offsets: EntryOffsets): JsonObject {
    for (const one of this.known) if (this.isWhollySame(one.offsets, offsets)) return one.change;
    const change: JsonObject = {};
    SECTIONS.forEach((name, section) => {
      if (offsets.sections[section * 2] === 0) return;
      const same = this.known.find((one) => this.isSame(one.offsets, offsets, section));
      const value = same === undefined ? this.parsed(offsets, section) : same.change[name];
      if (value !== undefined) change[name] = value;
    });
    this.remember(offsets, change);
    return change;
  }

  /** In place of the change remembered longest. */
  private remember(offsets: EntryOffsets, change: JsonObject): void {
    const slot = (this.known[this.next] ??= { offsets: new EntryOffsets(this.attributes), change });
    this.next = (this.next + 1) % COMPARED;
    slot.change = change;
    slot.offsets.copy(offsets);
  }

  private isWhollySame(one: EntryOffsets, other: EntryOffsets): boolean {
    for (let section = 0; section < SECTIONS.length; section++) if (!this.isSame(one, other, section)) return false;
    return true;
  }

  /** True when the section has the same bytes in both. */
  private isSame(one: EntryOffsets, other: EntryOffsets, section: number): boolean {
    const { bytes } = this.scanner;
    const a = one.sections[section * 2]!;
    const b = other.sections[section * 2]!;
    if (a === 0 || b === 0) return a === b;
    if (bytes[a] !== bytes[b]) return false;
    if (bytes[a] !== OPEN_OBJECT) {
      const length = one.sections[section * 2 + 1]! - a;
      return other.sections[section * 2 + 1]! - b === length && sameBytes(bytes, a, b, length);
    }
    return this.haveSameValues(one, other, section);
  }

  private haveSameValues(one: EntryOffsets, other: EntryOffsets, section: number): boolean {
    const { bytes } = this.scanner;
    const a = one.values;
    const b = other.values;
    let i = one.next(section, 0);
    let k = other.next(section, 0);
    while (i < one.count && k < other.count) {
      const length = a[i + 3]! - a[i + 2]!;
      if (a[i + 1] !== b[k + 1] || b[k + 3]! - b[k + 2]! !== length) return false;
      if (!sameBytes(bytes, a[i + 2]!, b[k + 2]!, length)) return false;
      i = one.next(section, i + 4);
      k = other.next(section, k + 4);
    }
    return i >= one.count && k >= other.count;
  }

  private parsed(offsets: EntryOffsets, section: number): unknown {
    const { scanner } = this;
    const { sections, values, count } = offsets;
    const start = sections[section * 2]!;
    if (scanner.bytes[start] !== OPEN_OBJECT)
      return section === BEFORE ? undefined : this.value(start, sections[section * 2 + 1]!);
    const names = this.names(section);
    if (section === BEFORE && offsets.next(section, 0) >= count) return undefined;
    const object: JsonObject = {};
    for (let n = 0; n < names.length; n++)
      for (let i = offsets.next(section, 0); i < count; i = offsets.next(section, i + 4))
        if (values[i + 1] === n) object[names[n]!] = this.value(values[i + 2]!, values[i + 3]!);
    return object;
  }

  private value(start: number, end: number): unknown {
    const { scanner } = this;
    return scanner.bytes[start] === QUOTE ? textAt(scanner.bytes, start + 1, end - 1) : scanner.parse(start, end);
  }
}
