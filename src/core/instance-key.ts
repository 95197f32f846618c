/** Characters that Terraform writes as they are: what Go calls printable. */
const PRINTABLE = /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u;
const PLAIN = /^[A-Za-z0-9 _./:@+-]*$/;
const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\" };

/** A key of `for_each` as Terraform's addresses have it: `["a.b"]`. */
export function keyOf(name: string): string {
  if (PLAIN.test(name)) return `["${name}"]`;
  const escaped = [...name].map((one) => SHORT[one] ?? (PRINTABLE.test(one) ? one : byNumber(one)));
  return `["${escaped.join("").replace(/[$%](?=\{)/g, (sign) => sign + sign)}"]`;
}

/** The name in a key; undefined for one in a notation that Terraform does not use. */
export function nameIn(key: string): string | undefined {
  if (!key.startsWith('["') || !key.endsWith('"]')) return undefined;
  try {
    const text = JSON.parse(key.slice(1, -1).replace(ESCAPE, asJson)) as string;
    return text.replaceAll("$${", "${").replaceAll("%%{", "%{");
  } catch {
    return undefined;
  }
}

function byNumber(one: string): string {
  const code = one.codePointAt(0)!.toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
}

/** Any escape, so that a doubled backslash is not read as the beginning of the next one. */
const ESCAPE = /\\(?:U([0-9a-f]{8})|[^U])/gs;

/** JSON has no notation for characters above U+FFFF. */
function asJson(escape: string, code: string | undefined): string {
  return code === undefined ? escape : String.fromCodePoint(Number.parseInt(code, 16));
}
