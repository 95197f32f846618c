import type { PlanFacts, Role } from "../../facts";
import type { JsonObject } from "../../json";
import type { JsonScanner } from "../scan/json-scanner";
import { Members, textAt } from "../scan/members";
import { isInstanceAddress } from "./instance-address";
import { EntryOffsets, SECTIONS } from "./entry-offsets";
import { Planned } from "./planned";
import { Texts } from "../scan/texts";
import { isQuiet, isRemoval } from "./strip";

const IDENTITY = new Members([
  "address",
  "module_address",
  "mode",
  "type",
  "name",
  "provider_name",
  "change",
  "deposed",
]);
const [ADDRESS, MODULE, MODE, TYPE, NAME, PROVIDER, CHANGE, DEPOSED] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const SECTION_MEMBERS = new Members(SECTIONS);
const [ACTIONS, BEFORE, AFTER] = [0, 1, 2] as const;
/** Parts whose texts repeat, so that each is decoded once. */
const REPEATED = [MODULE, MODE, TYPE, NAME, PROVIDER];
/** What leads to a block, in its address. */
const TO_BLOCK = [MODULE, TYPE, NAME];
const QUOTE = 0x22;
/** The first byte of `null`. */
const NULL = 0x6e;

/**
 * Reads one entry of resource_changes in passing: notes where its parts stand, and of a type that rules read also the
 * attributes that they read. What it noted tells whether the entry is ordinary; one that is not is parsed as a whole.
 */
export class EntryReader {
  public start = 0;
  /** Positions of the identity's texts (start and end, without quotes); 0 for missing ones. */
  private readonly places = new Float64Array(16);
  private readonly offsets: EntryOffsets;
  private isIrregular = false;
  private section = 0;
  private typeText: string | undefined;
  private role: Role | undefined;
  private members: Members;
  private readonly before: Members;
  private readonly attributes: ReadonlyMap<Role, Members>;
  private readonly planned: ReadonlyMap<Role, Planned>;
  private readonly texts: readonly (Texts | undefined)[];

  public constructor(
    private readonly scanner: JsonScanner,
    private readonly facts: PlanFacts,
  ) {
    this.attributes = new Map(
      Object.entries(facts.attributes).map(([role, names]) => [role as Role, new Members(names)]),
    );
    this.members = this.before = new Members(facts.before);
    const most = Math.max(...Object.values(facts.attributes).map((names) => names.length), facts.before.length);
    this.offsets = new EntryOffsets(most);
    this.planned = new Map(
      [...this.attributes].map(([role, { names }]) => [
        role,
        new Planned(scanner, (section) => (section === BEFORE ? facts.before : names), most),
      ]),
    );
    this.texts = IDENTITY.names.map((_, part) =>
      REPEATED.includes(part as never) ? new Texts(scanner.bytes) : undefined,
    );
  }

  /** Reads past the entry, which is an object. */
  public read(): void {
    this.start = this.scanner.position;
    this.places.fill(0);
    this.offsets.clear();
    this.isIrregular = false;
    this.typeText = undefined;
    this.role = undefined;
    this.scanner.object(this.onMember);
  }

  /** The type as it is written; undefined when there is none. */
  public get type(): string | undefined {
    if (this.places[TYPE * 2] === 0) return undefined;
    return (this.typeText ??= this.text(TYPE));
  }

  /** The module instance the entry is in, if it is in one. */
  public get module(): string | undefined {
    return this.places[MODULE * 2] === 0 ? undefined : this.text(MODULE);
  }

  /** True when the entry is surely ordinary; others may be. */
  public isOrdinary(): boolean {
    const { places, scanner } = this;
    const { sections } = this.offsets;
    const { bytes } = scanner;
    if (this.isIrregular) return false;
    if (places[ADDRESS * 2] === 0 || places[MODE * 2] === 0 || places[TYPE * 2] === 0 || places[NAME * 2] === 0)
      return false;
    const actions = sections[ACTIONS * 2]!;
    if (actions === 0 || bytes[actions] !== 0x5b || bytes[actions + 1] !== QUOTE) return false;
    const after = bytes[sections[AFTER * 2]!];
    if (sections[AFTER * 2] === 0 || (after !== 0x7b && after !== NULL)) return false;
    const length = places[MODE * 2 + 1]! - places[MODE * 2]!;
    if (length === 4) return this.text(MODE) === "data";
    return length === 7 && this.text(MODE) === "managed" && isInstanceAddress(bytes, places, ADDRESS, TO_BLOCK);
  }

  /** True when the entry, which is ordinary, is of something that is planned to be made or changed. */
  public makes(): boolean {
    const { places } = this;
    if (places[MODE * 2 + 1]! - places[MODE * 2]! === 4) return false;
    return !isQuiet(this.actions());
  }

  /** True when the entry, which is ordinary, is of something that is removed and nothing else. */
  public isRemoved(): boolean {
    const { sections } = this.offsets;
    if (this.scanner.bytes[sections[AFTER * 2]!] !== NULL) return false;
    return isRemoval(null, this.actions());
  }

  private actions(): readonly unknown[] {
    const { sections } = this.offsets;
    return this.scanner.parse(sections[ACTIONS * 2]!, sections[ACTIONS * 2 + 1]!) as unknown[];
  }

  /** The entry with the parts that rules read; undefined when it must be parsed for that. */
  public stripped(role: Role): JsonObject | undefined {
    const { places } = this;
    if (this.role !== role || !this.isOrdinary()) return undefined;
    const address = this.text(ADDRESS);
    const mode = this.text(MODE);
    const { type } = this;
    const name = this.text(NAME);
    const change = this.planned.get(role)!.read(this.offsets);
    const isInModule = places[MODULE * 2] !== 0;
    // Written out, because an object made at once takes half the memory of one that grows.
    if (places[PROVIDER * 2] === 0) return undefined;
    const provider_name = this.text(PROVIDER);
    if (!isInModule) return { address, mode, type, name, provider_name, change };
    return { address, module_address: this.text(MODULE), mode, type, name, provider_name, change };
  }

  private readonly onMember = (): void => {
    const { scanner } = this;
    const member = IDENTITY.read(scanner);
    const first = scanner.peek();
    const start = scanner.position;
    if (member === CHANGE && first === 0x7b) {
      const { type } = this;
      this.role = type === undefined ? undefined : this.facts.roleOf.get(type);
      scanner.object(this.onSection);
      return;
    }
    scanner.skip();
    if (member < 0) return;
    if (first !== QUOTE || member === DEPOSED) this.isIrregular = true;
    this.places[member * 2] = start + 1;
    this.places[member * 2 + 1] = scanner.position - 1;
  };

  private readonly onSection = (): void => {
    const { scanner, role } = this;
    const section = SECTION_MEMBERS.read(scanner);
    const first = scanner.peek();
    const start = scanner.position;
    if (role !== undefined && section > ACTIONS && first === 0x7b) {
      this.section = section;
      this.members = section === BEFORE ? this.before : this.attributes.get(role)!;
      scanner.object(this.onAttribute);
    } else scanner.skip();
    if (section < 0) return;
    this.offsets.sections[section * 2] = start;
    this.offsets.sections[section * 2 + 1] = scanner.position;
  };

  private readonly onAttribute = (): void => {
    const { scanner } = this;
    const attribute = this.members.read(scanner);
    scanner.peek();
    const start = scanner.position;
    scanner.skip();
    if (attribute >= 0) this.offsets.add(this.section, attribute, start, scanner.position);
  };

  private text(part: number): string {
    const { scanner, places, texts } = this;
    const start = places[part * 2]!;
    const end = places[part * 2 + 1]!;
    return texts[part]?.at(start, end) ?? textAt(scanner.bytes, start, end);
  }
}
