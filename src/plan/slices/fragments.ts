import type { TokenKind } from "./tokens";
import { Writer } from "./writer";

/** Text without names, and the values in it that are texts. */
export interface Chunk {
  readonly text: string;
  readonly values: readonly string[];
}

/** A name, where it stands between chunks. */
interface Name {
  readonly kind: TokenKind;
  readonly name: string;
}

/** What writing one object writes, wherever it stands. */
export interface Fragment {
  readonly parts: readonly (Chunk | Name)[];
  readonly exact: boolean;
}

/** Objects that are remembered, to tell those that are written again from those that are not. */
const REMEMBERED = 24;
/** Fragments that are kept at most. */
const MOST = 2_000;

/**
 * Fragments of what stands in many slices: blocks with many instances, and changes and expressions that are the same
 * objects because they are the same bytes. Most objects of a plan may stand in one slice only; nothing is kept of those.
 */
export class Fragments {
  private readonly known = new Map<object, Fragment>();
  private readonly met: object[] = [];
  private oldest = 0;

  public constructor(private readonly pinned: ReadonlySet<string>) {}

  /** The fragment of an object that was met lately; undefined for others. */
  public of(object: object, write: (writer: Writer) => void): Fragment | undefined {
    const known = this.known.get(object);
    if (known !== undefined) return known;
    if (!this.met.includes(object)) {
      this.met[this.oldest] = object;
      this.oldest = (this.oldest + 1) % REMEMBERED;
      return undefined;
    }
    if (this.known.size === MOST) return undefined;
    const recorder = new Recorder(this.pinned);
    write(recorder);
    const fragment = recorder.fragment();
    this.known.set(object, fragment);
    return fragment;
  }
}

class Recorder extends Writer {
  private readonly parts: (Chunk | Name)[] = [];
  private text = "";
  private values: string[] = [];

  public raw(text: string): void {
    this.text += text;
  }

  public json(value: unknown): void {
    if (typeof value === "string") this.values.push(value);
    this.text += JSON.stringify(value);
  }

  public chunk({ text, values }: Chunk): void {
    this.values.push(...values);
    this.text += text;
  }

  public string(text: string): void {
    this.text += JSON.stringify(text).slice(1, -1);
  }

  public token(kind: TokenKind, name: string): void {
    this.flush();
    this.parts.push({ kind, name });
  }

  public fragment(): Fragment {
    this.flush();
    return { parts: this.parts, exact: this.exact };
  }

  private flush(): void {
    if (this.text === "") return;
    this.parts.push({ text: this.text, values: this.values });
    this.text = "";
    this.values = [];
  }
}
