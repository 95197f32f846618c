import type { Value } from "./value";

/** Texts that must not be shown: those of sensitive variables and attributes, and what is made of them. */
export class Secrets {
  private readonly texts = new Set<string>();

  /** Keeps every text inside a sensitive value. */
  public keep(value: Value): Value {
    visit(value, (one) => this.texts.add(one));
    return value;
  }

  /** What is made from a secret value is secret, too. */
  public inherit(made: Value, from: readonly Value[]): Value {
    if (this.texts.size === 0) return made;
    let touched = false;
    for (const one of from) visit(one, (text) => (touched ||= this.hides(text)));
    return touched ? this.keep(made) : made;
  }

  public hides(text: string): boolean {
    for (const secret of this.texts) if (secret !== "" && text.includes(secret)) return true;
    return false;
  }
}

function visit(value: Value, found: (text: string) => void): void {
  switch (value.kind) {
    case "string":
      return found(value.value);
    case "list":
      return value.items.forEach((item) => visit(item, found));
    case "map":
      return value.entries.forEach((item) => visit(item, found));
    case "some":
      return value.element === undefined ? undefined : visit(value.element, found);
    case "union":
      return value.options.forEach((one) => visit(one, found));
    default:
  }
}
