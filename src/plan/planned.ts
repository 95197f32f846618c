import type { JsonObject } from "./json";
import type { JsonScanner } from "./scan/json-scanner";
import { sameBytes } from "./scan/texts";

/** The parts of a change that are kept, in the order they are written. */
export const SECTIONS = ["actions", "before", "after", "after_unknown", "after_sensitive"] as const;
const BEFORE = 1;
const OPEN_OBJECT = 0x7b;
/** Changes that a new one is compared with; large plans plan the same few over and over. */
const COMPARED = 3;

/** Where the parts of a change stand in a document. */
export interface Noted {
  /** Start and end of each section; 0 for one that is not there. */
  readonly sections: Float64Array;
  /** Of the sections that are objects the attributes that matter: section, attribute, start and end of the value. */
  readonly values: number[];
}

interface Known extends Noted {
  change: JsonObject;
}

/** Makes changes of what was noted of them, and hands out the same objects again for what has the same bytes. */
export class Planned {
  private readonly known: Known[] = [];
  private next = 0;

  /** @param names the attributes of a section, by the numbers they are noted by */
  public constructor(
    private readonly scanner: JsonScanner,
    private readonly names: (section: number) => readonly string[],
  ) {}

  /** The change, as `stripChange` makes it of the parsed entry. */
  public read(noted: Noted): JsonObject {
    for (const one of this.known) if (this.isWhollySame(one, noted)) return one.change;
    const change: JsonObject = {};
    SECTIONS.forEach((name, section) => {
      if (noted.sections[section * 2] === 0) return;
      const same = this.known.find((one) => this.isSame(one, noted, section));
      const value = same === undefined ? this.parsed(noted, section) : same.change[name];
      if (value !== undefined) change[name] = value;
    });
    this.remember(noted, change);
    return change;
  }

  /** In place of the change remembered longest. */
  private remember({ sections, values }: Noted, change: JsonObject): void {
    const slot = (this.known[this.next] ??= { sections: new Float64Array(sections.length), values: [], change });
    this.next = (this.next + 1) % COMPARED;
    slot.change = change;
    slot.sections.set(sections);
    slot.values.length = 0;
    for (const value of values) slot.values.push(value);
  }

  private isWhollySame(one: Noted, other: Noted): boolean {
    for (let section = 0; section < SECTIONS.length; section++) if (!this.isSame(one, other, section)) return false;
    return true;
  }

  /** True when the section says in both the same, in the same bytes. */
  private isSame(one: Noted, other: Noted, section: number): boolean {
    const { bytes } = this.scanner;
    const [a, b] = [one.sections[section * 2]!, other.sections[section * 2]!];
    if (a === 0 || b === 0) return a === b;
    if (bytes[a] !== bytes[b]) return false;
    if (bytes[a] !== OPEN_OBJECT) {
      const length = one.sections[section * 2 + 1]! - a;
      return other.sections[section * 2 + 1]! - b === length && sameBytes(bytes, a, b, length);
    }
    return this.haveSameValues(one.values, other.values, section);
  }

  private haveSameValues(one: readonly number[], other: readonly number[], section: number): boolean {
    const { bytes } = this.scanner;
    let i = nextOf(one, section, 0);
    let k = nextOf(other, section, 0);
    while (i < one.length && k < other.length) {
      const length = one[i + 3]! - one[i + 2]!;
      if (one[i + 1] !== other[k + 1] || other[k + 3]! - other[k + 2]! !== length) return false;
      if (!sameBytes(bytes, one[i + 2]!, other[k + 2]!, length)) return false;
      i = nextOf(one, section, i + 4);
      k = nextOf(other, section, k + 4);
    }
    return i >= one.length && k >= other.length;
  }

  private parsed({ sections, values }: Noted, section: number): unknown {
    const { scanner } = this;
    const start = sections[section * 2]!;
    if (scanner.bytes[start] !== OPEN_OBJECT)
      return section === BEFORE ? undefined : scanner.parse(start, sections[section * 2 + 1]!);
    const names = this.names(section);
    if (section === BEFORE && nextOf(values, section, 0) >= values.length) return undefined;
    const object: JsonObject = {};
    for (let n = 0; n < names.length; n++)
      for (let i = nextOf(values, section, 0); i < values.length; i = nextOf(values, section, i + 4))
        if (values[i + 1] === n) object[names[n]!] = scanner.parse(values[i + 2]!, values[i + 3]!);
    return object;
  }
}

/** Where the next value of a section is noted, from `i` on. */
function nextOf(values: readonly number[], section: number, i: number): number {
  while (i < values.length && values[i] !== section) i += 4;
  return i;
}
