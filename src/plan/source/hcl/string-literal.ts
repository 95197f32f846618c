import type { SourceText } from "./ast";
import { HclError } from "./hcl-error";
import type { Token } from "./token";

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([nrt"\\])|[^]?)|([$%])\4\{/g;
const SIMPLE: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };
const TEMPLATE_ESCAPE = /([$%])\1\{/g;

/**
 * The text of a token in a template: `\n` and the like are decoded only where it is quoted, `$${` everywhere.
 * Not normalised yet, since parts of a text are joined first.
 * @throws HclError for an escape that HCL does not have
 */
export function unescaped(source: SourceText, { type, start, end }: Token): string {
  const text = source.text.slice(start, end);
  if (type !== "quoted") return text.replace(TEMPLATE_ESCAPE, "$1{");
  return text.replace(ESCAPE, (whole, short: string, long: string, simple: string, sign: string, at: number) => {
    if (sign !== undefined) return `${sign}{`;
    if (simple !== undefined) return SIMPLE[simple]!;
    const code = Number.parseInt(short ?? long ?? "", 16);
    if (!(code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) {
      throw new HclError(`an escape that HCL does not have: ${whole}`, source, start + at);
    }
    return String.fromCodePoint(code);
  });
}
