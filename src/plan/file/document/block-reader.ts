import type { PlanFacts, Role } from "../../facts";
import type { JsonObject } from "../../json";
import type { Example } from "../scan/example";
import { Examples } from "../scan/examples";
import type { JsonScanner } from "../scan/json-scanner";
import { Members, textAt } from "../scan/members";
import { BLOCK, stripBlock } from "./strip";

const MEMBERS = new Members([...BLOCK, "expressions"]);
const TYPE = BLOCK.indexOf("type");
const EXPRESSIONS = BLOCK.length;
const QUOTE = 0x22;

/** What is the same in all blocks that are like an example. */
interface Like {
  /** The example as it was read; undefined for one of a type that no rule reads. */
  readonly block: JsonObject | undefined;
  /** Members and followed expressions whose places were noted. */
  readonly noted: readonly Noted[];
  /** Those that are not the same in all, as of this version of the example. */
  version: number;
  differing: readonly number[];
}

interface Noted {
  readonly name: string;
  readonly isExpression: boolean;
  readonly start: number;
  readonly end: number;
}

/** Reads the blocks of a configuration in passing, and of types that rules read the expressions that they follow. */
export class BlockReader {
  private readonly expressions: ReadonlyMap<Role, Members>;
  private type: string | undefined;
  private role: Role | undefined;
  private block: JsonObject = {};
  private followed: JsonObject = {};
  private members: Members = MEMBERS;
  private noted: Noted[] = [];
  /** What comes before the type is not known to be wanted; then the block is parsed as a whole. */
  private isParsed = false;
  /** By the depth of the list: what is like an example is no deeper then. */
  private readonly examples: (Examples<Like> | undefined)[] = [];

  public constructor(
    private readonly scanner: JsonScanner,
    private readonly facts: PlanFacts,
  ) {
    this.expressions = new Map(
      Object.entries(facts.expressions).map(([role, names]) => [role as Role, new Members(names)]),
    );
  }

  /** The block as `stripBlock` makes it; undefined for one of a type that no rule reads; anything else as it is. */
  public read(): unknown {
    const { scanner } = this;
    if (scanner.peek() !== 0x7b) return scanner.value();
    const examples = (this.examples[scanner.depth] ??= new Examples<Like>(scanner));
    const example = examples.match();
    if (example !== undefined) return this.like(example);
    const start = scanner.position;
    this.type = undefined;
    this.role = undefined;
    this.block = {};
    this.noted = [];
    this.isParsed = false;
    scanner.object(this.onMember);
    const { type, role, block } = this;
    const isRead =
      role !== undefined && !this.isParsed && typeof block.mode === "string" && typeof block.name === "string";
    const known = type === undefined ? undefined : this.facts.roleOf.get(type);
    if (isRead || (type !== undefined && known === undefined)) {
      const read = isRead ? block : undefined;
      this.learn(examples, start, read);
      return read;
    }
    const parsed = scanner.parse(start, scanner.position) as JsonObject;
    return known === undefined ? parsed : stripBlock(parsed, known, this.facts);
  }

  private learn(examples: Examples<Like>, start: number, block: JsonObject | undefined): void {
    const { noted, scanner } = this;
    const places = noted.flatMap(({ start: from, end }) => [from, end]);
    const fixed = noted
      .filter(({ name, isExpression }) => name === BLOCK[TYPE] && !isExpression)
      .map((one) => one.start);
    examples.learn(start, scanner.longNumber, { block, noted, version: -1, differing: [] }, places, fixed);
  }

  /** The block that was just read past, which is like an example: what is the same in all is made once. */
  private like(example: Example<Like>): JsonObject | undefined {
    const like = example.about;
    if (like.block === undefined) return undefined;
    if (like.version !== example.version) {
      like.version = example.version;
      like.differing = like.noted.map((_, n) => n).filter((n) => !example.isConstant(n * 2));
    }
    const block = { ...like.block };
    let followed: JsonObject | undefined;
    for (const n of like.differing) {
      const { name, isExpression } = like.noted[n]!;
      const value = this.valueAt(example.place(n * 2), example.place(n * 2 + 1));
      if (isExpression) (followed ??= { ...(block.expressions as JsonObject) })[name] = value;
      else block[name] = value;
    }
    if (followed !== undefined) block.expressions = followed;
    return block;
  }

  private valueAt(start: number, end: number): unknown {
    const { bytes } = this.scanner;
    return bytes[start] === QUOTE ? textAt(bytes, start + 1, end - 1) : this.scanner.parse(start, end);
  }

  private readonly onMember = (): void => {
    const { scanner } = this;
    const member = MEMBERS.read(scanner);
    const first = scanner.peek();
    const start = scanner.position;
    if (member === EXPRESSIONS && this.role !== undefined && first === 0x7b) {
      this.members = this.expressions.get(this.role)!;
      this.followed = {};
      scanner.object(this.onExpression);
      this.block.expressions = this.followed;
      return;
    }
    scanner.skip();
    if (member < 0) return;
    if (member === EXPRESSIONS) this.isParsed = true;
    else this.note(this.block, BLOCK[member]!, false, start);
    if (member !== TYPE || first !== QUOTE) return;
    this.type = this.block.type as string;
    this.role = this.isParsed ? undefined : this.facts.roleOf.get(this.type);
  };

  private readonly onExpression = (): void => {
    const { scanner } = this;
    const expression = this.members.read(scanner);
    scanner.peek();
    const start = scanner.position;
    scanner.skip();
    if (expression >= 0) this.note(this.followed, this.members.names[expression]!, true, start);
  };

  /** Keeps the value that was just read, and where it stands. */
  private note(into: JsonObject, name: string, isExpression: boolean, start: number): void {
    const end = this.scanner.position;
    into[name] = this.valueAt(start, end);
    this.noted.push({ name, isExpression, start, end });
  }
}
