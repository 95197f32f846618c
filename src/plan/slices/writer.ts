import type { Chunk } from "./fragments";
import type { TokenKind } from "./tokens";

/** Writes JSON with the names in it kept apart. */
export abstract class Writer {
  /** False once something was written whose names are not surely kept apart. */
  public exact = true;

  /** @param pinned texts that the settings mention, which must stay as they are */
  public constructor(protected readonly pinned: ReadonlySet<string>) {}

  /** JSON text that is ours. */
  public abstract raw(text: string): void;

  /** A JSON value that is no name; it must not hold any. */
  public abstract json(value: unknown): void;

  /** A text inside a JSON string. */
  public abstract string(text: string): void;

  /** A name inside a JSON string. */
  public abstract token(kind: TokenKind, text: string): void;

  /** Text that is written often; always the same object for the same text. */
  public abstract chunk(chunk: Chunk): void;

  /** Writes an object, always the same way, which may be written once for many slices. */
  public part(_object: object, write: (writer: Writer) => void): void {
    write(this);
  }

  public isPinned(text: string): boolean {
    return this.pinned.has(text);
  }

  /** A member's name and the colon. */
  public member(name: string): void {
    this.raw(memberText(name));
  }

  /** An instance key, `["x"]` or `[0]` or nothing, inside a JSON string. */
  public key(key: string): void {
    if (key === "") return;
    const isText = key.startsWith('["');
    const inner = isText ? key.slice(2, -2) : key.slice(1, -1);
    // The policies look for ids in keys, because for_each may make an id of one.
    if (isText && !/lb-|eni-/.test(inner)) {
      this.raw('[\\"');
      this.token("key", inner);
      this.raw('\\"]');
    } else if (!isText) {
      this.raw("[");
      this.token("index", inner);
      this.raw("]");
    } else {
      this.exact = false;
      this.string(key);
    }
  }
}

/** Writes names as they are. */
export class NamedWriter extends Writer {
  private out = "";

  public raw(text: string): void {
    this.out += text;
  }

  public json(value: unknown): void {
    this.out += JSON.stringify(value);
  }

  public chunk({ text }: Chunk): void {
    this.out += text;
  }

  public string(text: string): void {
    this.out += JSON.stringify(text).slice(1, -1);
  }

  public token(_: TokenKind, text: string): void {
    this.string(text);
  }

  public text(): string {
    return this.out;
  }
}

/** Names of members are few and come again and again; an edited plan may bring many. */
const MOST_MEMBERS = 1000;
const members = new Map<string, string>();

function memberText(name: string): string {
  let text = members.get(name);
  if (text === undefined) {
    text = `${JSON.stringify(name)}:`;
    if (members.size < MOST_MEMBERS) members.set(name, text);
  }
  return text;
}
