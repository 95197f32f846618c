import { type Chunk, Fragments } from "./fragments";
import { placeholder, placeholdersIn, renumbered } from "./placeholders";
import { type TokenKind, Tokens } from "./tokens";
import { Writer } from "./writer";

/** A text that stands for all that differ from it in names only, and the names that make one of them of it. */
export interface Shape {
  readonly text: string;
  readonly names: readonly string[];
}

/** What follows is a value, or a text inside a JSON string; no JSON that is written holds these characters. */
const VALUE = "\u0000value";
const INNER = "\u0000inner";

/** Steps that are kept at most; more are forgotten, and shapes met again are then made again. */
const MOST_STEPS = 200_000;

/** A number is a token's, negative for an index. */
type Piece = string | number | Chunk;

/** A piece of a text after the pieces before it. */
class Step {
  private nextPiece: Piece | undefined;
  private next: Step | undefined;
  private others: Map<Piece, Step> | undefined;
  public end: End | undefined;

  public constructor(
    public readonly piece: Piece,
    public readonly before: Step | undefined,
  ) {}

  /** Mostly the one that came last. */
  public find(piece: Piece): Step | undefined {
    return this.nextPiece === piece ? this.next : this.others?.get(piece);
  }

  public add(piece: Piece): Step {
    const step = new Step(piece, this);
    if (this.next === undefined) {
      this.nextPiece = piece;
      this.next = step;
    } else (this.others ??= new Map<Piece, Step>()).set(piece, step);
    return step;
  }
}

/** What is known of all slices that took the same steps. */
interface End {
  readonly text: string;
  /** Values in it that are texts. */
  readonly values: readonly string[];
  /** False when something in it looks like a placeholder and is none: it would be given a name not its own. */
  readonly sound: boolean;
  /** The texts for other orders of the names. */
  readonly ordered: Map<string, string>;
}

/** The shapes of slices, found by the steps that write them, so that a shape met before is not written again. */
export class Shapes {
  private root = new Step("", undefined);
  private steps = 0;

  private readonly fragments: Fragments;

  public constructor(private readonly pinned: ReadonlySet<string>) {
    this.fragments = new Fragments(pinned);
  }

  public writer(): ShapeWriter {
    if (this.steps > MOST_STEPS) {
      this.root = new Step("", undefined);
      this.steps = 0;
    }
    return new ShapeWriter(this.pinned, this.fragments, this.root, () => this.steps++);
  }
}

/** Writes placeholders in place of names. */
export class ShapeWriter extends Writer {
  private readonly tokens = new Tokens();

  public constructor(
    pinned: ReadonlySet<string>,
    private readonly fragments: Fragments,
    private at: Step,
    private readonly onStep: () => void,
  ) {
    super(pinned);
  }

  public raw(text: string): void {
    this.step(text);
  }

  public json(value: unknown): void {
    if (typeof value === "string") {
      this.step(VALUE);
      this.step(value);
    } else this.step(textOf(value));
  }

  public chunk(chunk: Chunk): void {
    this.step(chunk);
  }

  public string(text: string): void {
    this.step(INNER);
    this.step(text);
  }

  public token(kind: TokenKind, text: string): void {
    const n = this.pinned.has(text) ? undefined : this.tokens.number(kind, text);
    if (n === undefined) {
      this.exact = false;
      return this.string(text);
    }
    this.step(kind === "index" ? -1 - n : n);
  }

  public override part(object: object, write: (writer: Writer) => void): void {
    const fragment = this.fragments.of(object, write);
    if (fragment === undefined) return write(this);
    this.exact &&= fragment.exact;
    for (const part of fragment.parts)
      if ("name" in part) this.token(part.kind, part.name);
      else this.chunk(part);
  }

  /** The text with placeholders for names, and the names; undefined when there is any doubt. */
  public shape(): Shape | undefined {
    if (!this.exact) return undefined;
    const end = (this.at.end ??= endOf(this.at));
    if (!end.sound || this.tokens.hasKeyAmong(end.values)) return undefined;
    const order = this.tokens.rank();
    if (order === undefined) return undefined;
    return { text: order.places === undefined ? end.text : orderedText(end, order.places), names: order.names };
  }

  private step(piece: Piece): void {
    const { at } = this;
    let next = at.find(piece);
    if (next === undefined) {
      next = at.add(piece);
      this.onStep();
    }
    this.at = next;
  }
}

function endOf(last: Step): End {
  const pieces: Piece[] = [];
  for (let at: Step | undefined = last; at !== undefined; at = at.before) pieces.push(at.piece);
  pieces.reverse();
  const values: string[] = [];
  let text = "";
  let tokens = 0;
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i]!;
    if (typeof piece === "number") {
      tokens++;
      text += piece < 0 ? placeholder("index", -1 - piece) : placeholder("", piece);
    } else if (piece === VALUE) {
      const value = pieces[++i] as string;
      values.push(value);
      text += JSON.stringify(value);
    } else if (typeof piece === "object") {
      values.push(...piece.values);
      text += piece.text;
    } else if (piece === INNER) text += JSON.stringify(pieces[++i]).slice(1, -1);
    else text += piece;
  }
  // Digits of an escape could make a placeholder with what follows them in the JSON of an answer.
  const sound = placeholdersIn(text) === tokens && !text.includes("\\u");
  return { text, values, sound, ordered: new Map() };
}

function orderedText({ ordered, text }: End, places: readonly number[]): string {
  const order = places.join();
  let known = ordered.get(order);
  if (known === undefined) ordered.set(order, (known = renumbered(text, places)));
  return known;
}

const texts = new WeakMap<object, string>();

/** The JSON of a value; parts of a plan that are read once and stand in many entries are written once. */
function textOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  let text = texts.get(value);
  if (text === undefined) texts.set(value, (text = JSON.stringify(value)));
  return text;
}
