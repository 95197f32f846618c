import { REQUIRED } from "../support/workspace";

/** A block with something wrong in it, or not. */
export type Block = readonly [kind: "resource" | "data", type: string, body: string];

/** What a provider says of a block when terraform validates it. */
export interface Said {
  readonly errors?: readonly string[];
  readonly warnings?: readonly string[];
}

/** A block, and what the released provider says of it: as ever, and with the variable that skips its own checks. */
export type Observed = readonly [...Block, said: Said, skipping: Said];

/** One configuration with all the blocks in it. */
export const configurationOf = (blocks: readonly Block[]): string =>
  REQUIRED + blocks.map(([kind, type, body], at) => `${kind} "${type}" "x${at}" {\n${body}\n}\n`).join("");

interface Validation {
  readonly diagnostics: readonly {
    readonly severity: "error" | "warning";
    readonly summary: string;
    readonly detail: string;
    readonly snippet?: { readonly context: string | null; readonly code: string };
  }[];
}

/**
 * What was said of each block, in an order of its own. Of a pattern's error is kept that there is one: the words are those of
 * another language's library.
 * @param json what `terraform validate -json` printed
 */
export function saidOf(json: string, blocks: readonly Block[]): Said[] {
  const found = blocks.map(() => ({ error: [] as string[], warning: [] as string[] }));
  for (const { severity, summary, detail, snippet } of (JSON.parse(json) as Validation).diagnostics) {
    const name = /" "x(\d+)"/.exec(`${snippet?.context ?? ""}\n${snippet?.code ?? ""}`)?.[1];
    if (name === undefined) continue;
    const text = summary.replace(/(error parsing regexp)[^\n]*/s, "$1");
    found[Number(name)]![severity].push(detail === "" ? text : `${text} / ${detail}`);
  }
  return found.map(({ error, warning }) => ({
    ...(error.length > 0 ? { errors: error.sort() } : {}),
    ...(warning.length > 0 ? { warnings: warning.sort() } : {}),
  }));
}
