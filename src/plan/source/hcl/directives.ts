import type { Expression, Place } from "./ast";
import type { ForIntro } from "./collections";
import type { Cursor } from "./cursor";
import type { Part } from "./template-parts";

type Ending = "else" | "endif" | "endfor";

/** Puts `%{ if }` and its like together. */
export class DirectiveReader {
  private next = 0;

  public constructor(
    private readonly cursor: Cursor,
    private readonly parts: readonly Part[],
  ) {}

  /** @throws HclError where directives do not match */
  public whole(): Expression[] {
    const items = this.items();
    const rest = this.parts[this.next];
    if (rest !== undefined && "at" in rest) this.cursor.fail(`%{ ${rest.kind} } without its beginning`, rest.at.start);
    return items;
  }

  /** Up to an `else` or an end, or to the end of all. */
  private items(): Expression[] {
    return this.cursor.nested(() => {
      const items: Expression[] = [];
      for (; this.next < this.parts.length; this.next++) {
        const part = this.parts[this.next]!;
        if (part.kind === "text") items.push(text(this.cursor, part.at, part.value));
        else if (part.kind === "value") items.push(part.of);
        else if (part.kind === "if") items.push(this.conditional(part.condition, part.at));
        else if (part.kind === "for") items.push(this.repetition(part.intro, part.at));
        else break;
      }
      return items;
    });
  }

  private conditional(condition: Expression, at: Place): Expression {
    const { cursor } = this;
    this.next++;
    const then = textOf(cursor, at.end, this.items(), at.end);
    const hasElse = this.parts[this.next]?.kind === "else";
    if (hasElse) this.next++;
    const other = textOf(cursor, at.end, hasElse ? this.items() : [], at.end);
    this.expect("endif", at);
    return cursor.node(at.start, { kind: "conditional", condition, then, else: other }, [condition, then, other]);
  }

  /** The texts of all rounds, one after the other. */
  private repetition(intro: ForIntro, at: Place): Expression {
    const { cursor } = this;
    this.next++;
    const value = textOf(cursor, at.end, this.items(), at.end);
    this.expect("endfor", at);
    const loop = { kind: "for", ...intro, key: undefined, value, condition: undefined, grouped: false } as const;
    const of = cursor.node(at.start, loop, [intro.of, value]);
    return cursor.node(at.start, { kind: "repeated", of }, [of]);
  }

  private expect(ending: Ending, { start }: Place): void {
    if (this.parts[this.next]?.kind !== ending) this.cursor.fail(`a directive without its %{ ${ending} }`, start);
  }
}

/** One text is a string; anything else is a template, even of one part, since it converts. */
export function textOf(cursor: Cursor, start: number, items: readonly Expression[], end?: number): Expression {
  const place = cursor.place(start, end);
  const [first] = items;
  if (first === undefined) return text(cursor, place, "");
  if (items.length === 1 && first.kind === "string")
    return text(cursor, end === undefined ? place : first.at, first.value);
  return cursor.nodeAt(
    end === undefined ? place : { ...first.at, end: items.at(-1)!.at.end },
    { kind: "template", parts: items },
    items,
  );
}

function text(cursor: Cursor, at: Place, value: string): Expression {
  return cursor.nodeAt(at, { kind: "string", value });
}
