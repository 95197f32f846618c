import { marshal } from "../json-values";
import { moduleAddress, type ModulePath } from "../module-path";
import type { Origin } from "../origins";

/** Whose each.key or count.index an expression sees. */
export interface Own {
  readonly by: "each.key" | "count.index" | "";
  /** As written, with its brackets. */
  readonly key: string;
  readonly forEach: unknown;
}

export const NO_KEY: Own = { by: "", key: "", forEach: null };

/** The context of an expression while it is followed. */
export interface Cursor {
  readonly path: ModulePath;
  readonly own: Own;
  readonly expression: unknown;
  /** What is still to be taken from its value, `.id` say. */
  readonly rest: string;
  /** The value is that of the references, unchanged and unchosen. */
  readonly exact: boolean;
  /** It came through a sensitive variable. */
  readonly hidden: boolean;
  /** Any instance may be meant where none has the key. */
  readonly loose: boolean;
  /** Another output of a module may be meant as well. */
  readonly maybe: boolean;
  /** It came through a list of references. */
  readonly listed: boolean;
}

/** A cursor to continue from, or the result of one. `key` and `flags` distinguish settled ones. */
export type Step = Cursor | { readonly origin: Origin; readonly key: string; readonly flags: string };

/** What each.key or count.index is inside a block or a module call. The key tells which of the two there is. */
export function ownOf(key: string, forEach: unknown): Own {
  if (key.startsWith('["')) return { by: "each.key", key, forEach: forEach ?? null };
  return key.startsWith("[") ? { by: "count.index", key, forEach: null } : NO_KEY;
}

const numbers = new WeakMap<object, number>();
let next = 0;

/** The same number for the same expression; what is no object has its text. */
function identityOf(expression: unknown): string {
  if (typeof expression !== "object" || expression === null) return marshal(expression) ?? "";
  let number = numbers.get(expression);
  if (number === undefined) numbers.set(expression, (number = next++));
  return `#${String(number)}`;
}

/** A text that is the same for equivalent cursors. */
export function cursorKey({ path, own, expression, rest, exact, hidden, loose, maybe, listed }: Cursor): string {
  const flags = [exact, hidden, loose, maybe, listed].map(Number).join("");
  const { by, key, forEach } = own;
  return [moduleAddress(path), by, key, identityOf(forEach), identityOf(expression), rest, flags].join("\u0000");
}
