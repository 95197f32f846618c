/** The parts of a change that are kept, in the order they are written. */
export const SECTIONS = ["actions", "before", "after", "after_unknown", "after_sensitive"] as const;

/** Positions of the parts of a change in a document. */
export class EntryOffsets {
  /** Start and end of each section; 0 for one that does not exist. */
  public readonly sections = new Float64Array(SECTIONS.length * 2);
  /** Of the sections that are objects the attributes that matter: section, attribute, start and end of the value. */
  public readonly values: Float64Array;
  /** How many numbers of `values` count. */
  public count = 0;

  /** @param attributes how many attributes may matter in one section */
  public constructor(attributes: number) {
    this.values = new Float64Array(SECTIONS.length * attributes * 4);
  }

  public clear(): void {
    this.sections.fill(0);
    this.count = 0;
  }

  public add(section: number, attribute: number, start: number, end: number): void {
    const { values, count } = this;
    values[count] = section;
    values[count + 1] = attribute;
    values[count + 2] = start;
    values[count + 3] = end;
    this.count = count + 4;
  }

  public copy(from: EntryOffsets): void {
    this.sections.set(from.sections);
    for (let i = 0; i < from.count; i++) this.values[i] = from.values[i]!;
    this.count = from.count;
  }

  /** Where the next value of a section is noted, from `i` on; `count` or more when there is none. */
  public next(section: number, i: number): number {
    let at = i;
    while (at < this.count && this.values[at] !== section) at += 4;
    return at;
  }
}
