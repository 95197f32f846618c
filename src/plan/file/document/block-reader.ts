import type { PlanFacts, Role } from "../../facts";
import type { JsonObject } from "../../json";
import type { JsonScanner } from "../scan/json-scanner";
import { Members, textAt } from "../scan/members";
import { sameBytes, Texts } from "../scan/texts";
import { BLOCK, stripBlock } from "./strip";

const MEMBERS = new Members([...BLOCK, "expressions"]);
const TYPE = BLOCK.indexOf("type");
const NAME = BLOCK.indexOf("name");
const EXPRESSIONS = BLOCK.length;
const QUOTE = 0x22;

/** Reads the blocks of a configuration in passing, and of types that rules read the expressions that they follow. */
export class BlockReader {
  private readonly expressions: ReadonlyMap<Role, Members>;
  private type: string | undefined;
  private role: Role | undefined;
  private block: JsonObject = {};
  private followed: JsonObject = {};
  private members: Members = MEMBERS;
  /** What comes before the type is not known to be wanted; then the block is parsed as a whole. */
  private isParsed = false;
  private readonly texts: Texts;
  /** By their names, the expressions that were read last: many blocks have the same. */
  private readonly last = new Map<string, { readonly start: number; readonly end: number; readonly value: unknown }>();

  public constructor(
    private readonly scanner: JsonScanner,
    private readonly facts: PlanFacts,
  ) {
    this.texts = new Texts(scanner.bytes);
    this.expressions = new Map(
      Object.entries(facts.expressions).map(([role, names]) => [role as Role, new Members(names)]),
    );
  }

  /** The block as `stripBlock` makes it; undefined for one of a type that no rule reads; anything else as it is. */
  public read(): unknown {
    const { scanner } = this;
    if (scanner.peek() !== 0x7b) return scanner.value();
    const start = scanner.position;
    this.type = undefined;
    this.role = undefined;
    this.block = {};
    this.isParsed = false;
    scanner.object(this.onMember);
    const { type, role, block } = this;
    if (role !== undefined && !this.isParsed && typeof block.mode === "string" && typeof block.name === "string")
      return block;
    const known = type === undefined ? undefined : this.facts.roleOf.get(type);
    if (type !== undefined && known === undefined) return undefined;
    const parsed = scanner.parse(start, scanner.position) as JsonObject;
    return known === undefined ? parsed : stripBlock(parsed, known, this.facts);
  }

  private valueFrom(start: number, isRepeated: boolean): unknown {
    const { bytes, position } = this.scanner;
    if (bytes[start] !== QUOTE) return this.scanner.parse(start, position);
    return isRepeated ? this.texts.at(start + 1, position - 1) : textAt(bytes, start + 1, position - 1);
  }

  private expressionFrom(start: number, name: string): unknown {
    const { bytes, position: end } = this.scanner;
    const last = this.last.get(name);
    if (last !== undefined && last.end - last.start === end - start && sameBytes(bytes, last.start, start, end - start))
      return last.value;
    const value = this.scanner.parse(start, end);
    this.last.set(name, { start, end, value });
    return value;
  }

  private readonly onMember = (): void => {
    const { scanner } = this;
    // Of a type that no rule reads nothing is kept.
    if (this.type !== undefined && this.role === undefined && !this.isParsed) {
      scanner.skip();
      return;
    }
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
    else this.block[BLOCK[member]!] = this.valueFrom(start, member !== NAME);
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
    if (expression < 0) return;
    const name = this.members.names[expression]!;
    this.followed[name] = this.expressionFrom(start, name);
  };
}
