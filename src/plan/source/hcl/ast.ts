/** A file or a piece of text that expressions were read from. */
export interface SourceText {
  /** Path inside the configuration, e.g. `modules/net/main.tf`. */
  readonly file: string;
  readonly text: string;
  /** Line of the file that it is in, when it is one string of a JSON file. @default counted in the text, from 1 */
  readonly line?: number;
}

/** The position of a node: `start` and `end` are indexes into the text (UTF-16 code units), `end` is exclusive. */
export interface Place {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

/**
 * An expression of Terraform's language (HCL native syntax). What has no meaning of its own is not a node: brackets
 * around an expression are left out, a bare object key is a `string` node, `a.1` is an index, `a["b"]` is an index.
 */
export type Expression = { readonly at: Place } & (
  | { readonly kind: "string"; readonly value: string }
  /** As written; Terraform's numbers have arbitrary precision. */
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "null" }
  /** Text made of parts, each converted to a string: `"a${b}"`. A text without parts is a `string`. */
  | { readonly kind: "template"; readonly parts: readonly Expression[] }
  /** `"${x}"` and nothing else: it keeps the type of `x`. */
  | { readonly kind: "wrap"; readonly of: Expression }
  /** `%{ for … }` in a template: the texts that the `for` gives, one after the other. */
  | { readonly kind: "repeated"; readonly of: Expression }
  /** The first name of a reference: `var`, `local`, `each`, a resource type, or a name bound by `for`. */
  | { readonly kind: "root"; readonly name: string }
  | { readonly kind: "attribute"; readonly of: Expression; readonly name: string }
  | { readonly kind: "index"; readonly of: Expression; readonly key: Expression }
  /** `of[*]…` or `of.*…`: `each` is evaluated for every element, which is the node `item` inside it. */
  | { readonly kind: "splat"; readonly of: Expression; readonly each: Expression }
  | { readonly kind: "item" }
  | { readonly kind: "tuple"; readonly items: readonly Expression[] }
  | { readonly kind: "object"; readonly entries: readonly ObjectEntry[] }
  | {
      readonly kind: "for";
      /** Name of the key or index, if it has one. */
      readonly keyName: string | undefined;
      readonly valueName: string;
      readonly of: Expression;
      /** Given for a `{ for … : key => value }`, not for a `[for … : value]`. */
      readonly key: Expression | undefined;
      readonly value: Expression;
      readonly condition: Expression | undefined;
      /** `value...` */
      readonly grouped: boolean;
    }
  | {
      readonly kind: "call";
      /** As written, with its namespace: `core::upper`. */
      readonly name: string;
      readonly args: readonly Expression[];
      /** The last argument is spread: `f(list...)`. */
      readonly spread: boolean;
    }
  | {
      readonly kind: "conditional";
      readonly condition: Expression;
      readonly then: Expression;
      readonly else: Expression;
    }
  | {
      readonly kind: "binary";
      readonly operator: "==" | "!=" | "<" | ">" | "<=" | ">=" | "+" | "-" | "*" | "/" | "%" | "&&" | "||";
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "unary"; readonly operator: "!" | "-"; readonly of: Expression }
  /** Valid HCL that this reader does not model (an ambiguous key, for example): its value is unknown here. */
  | {
      readonly kind: "unsupported";
      readonly why: string;
      /** What it mentions, where only that is known (the JSON of a plan). @default not known */
      readonly references?: readonly string[];
    }
);

export interface ObjectEntry {
  readonly key: Expression;
  readonly value: Expression;
}

/** The content of a file or of a block. */
export interface Body {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: readonly Block[];
}

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
  readonly at: Place;
}

/** An attribute's expression; it is parsed when it is first used, because most are never used. */
export interface Attribute {
  readonly at: Place;
  /** The expression; `unsupported` where it cannot be parsed. Parsed once. */
  expression(): Expression;
}
