/** What `${{ }}` may name: `github`, `inputs`, `needs`, `steps`, `secrets`, `env`, `runner`, `vars`. */
export type Contexts = Readonly<Record<string, unknown>>;
type Functions = Readonly<Record<string, (...args: unknown[]) => unknown>>;

const TOKEN =
  /\s*(?:('(?:[^']|'')*')|(\d+(?:\.\d+)?)|([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)(\s*\()?|(==|!=|&&|\|\||[!(),]))/y;
const BUILT_IN: Functions = {
  format: (text, ...values) => String(text).replace(/\{(\d+)\}/g, (_all, at: string) => String(values[Number(at)])),
};
const WORDS: Readonly<Record<string, string>> = { true: "true", false: "false", null: "null" };

/**
 * Evaluates a GitHub expression: names, literals, comparisons, `&&`, `||`, `!` and calls. What is not there is empty, as
 * GitHub has it; what is not understood is an error.
 */
export function evaluate(expression: string, contexts: Contexts, functions: Functions = {}): unknown {
  const source: string[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < expression.trimEnd().length; at = TOKEN.lastIndex) {
    const match = TOKEN.exec(expression);
    if (match === null) throw new Error(`Not an expression: ${expression} (at character ${String(at)})`);
    const [, text, number, name, call, operator] = match;
    if (text !== undefined) source.push(JSON.stringify(text.slice(1, -1).replaceAll("''", "'")));
    else if (number !== undefined) source.push(number);
    else if (operator !== undefined) source.push(operator);
    else if (call !== undefined) source.push(`$call(${JSON.stringify(name)})(`);
    else source.push(WORDS[name!] ?? `$get(${JSON.stringify(name)})`);
  }
  const get = (path: string): unknown => {
    const [context, ...rest] = path.split(".");
    if (!(context! in contexts)) throw new Error(`There is no context ${context!} here: ${expression}`);
    return (
      rest.reduce<unknown>((value, key) => (value as Contexts | null | undefined)?.[key], contexts[context!]) ?? ""
    );
  };
  const call = (name: string): ((...args: unknown[]) => unknown) => {
    const found = functions[name] ?? BUILT_IN[name];
    if (found === undefined) throw new Error(`There is no function ${name} here: ${expression}`);
    return found;
  };
  return (new Function("$get", "$call", `return (${source.join(" ")});`) as (...args: unknown[]) => unknown)(get, call);
}

/** A text with every `${{ }}` in it replaced; one that is an expression and nothing else keeps its type. */
export function fillIn(text: unknown, contexts: Contexts, functions: Functions = {}): unknown {
  if (typeof text !== "string") return text;
  const whole = /^\$\{\{([^}]*)\}\}$/.exec(text.trim());
  if (whole !== null) return evaluate(whole[1]!, contexts, functions);
  return text.replace(/\$\{\{(.*?)\}\}/g, (_all, inner: string) => {
    const value = evaluate(inner, contexts, functions);
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
  });
}

/** Every value of a block such as `with` or `env`, as the text that a program gets. */
export function fillInAll(
  block: Readonly<Record<string, unknown>> | undefined,
  contexts: Contexts,
  functions: Functions = {},
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(block ?? {}).map(([name, value]) => [name, String(fillIn(value, contexts, functions) ?? "")]),
  );
}
