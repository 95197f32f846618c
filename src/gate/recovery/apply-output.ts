import { isRecord } from "../../core/is-record";
import { withoutColor } from "../../terraform";
import { isInStateAlone } from "./creations-in";

/** What an apply has made, from its output. */
export interface ApplyOutput {
  /** Address and id of what was made, even if the state does not have it. */
  readonly created: ReadonlyMap<string, string>;
  /** Addresses of what was begun and not reported as done. */
  readonly begun: ReadonlySet<string>;
  /** Addresses of what was begun and ended with an error, each with the error's text. */
  readonly failed: ReadonlyMap<string, string>;
  /** Terraform ended in order, which is after it wrote its state. */
  readonly endedInOrder: boolean;
}

const STARTED = /^(.+): Creating\.\.\.$/;
const CREATED = /^(.+): Creation complete after \S+(?: \[id=(.*)\])?$/;
/** A second interrupt, and a crash, end terraform before it has written everything down. */
const CUT_SHORT = /Two interrupts received|TERRAFORM CRASH|^panic: /m;

/**
 * Reads what `terraform apply` printed, with `-json` or without.
 * @param errors what it printed on stderr
 */
export function readApplyOutput(output: string, errors: string): ApplyOutput {
  const created = new Map<string, string>();
  const begun = new Set<string>();
  const failed = new Map<string, string>();
  const plainErrors = withoutColor(errors);
  let reportedItsEnd = /^[\s│|]*Error: /m.test(plainErrors);
  const said: [string, string][] = [...errorBlocksIn(plainErrors)];
  for (const line of output.split("\n")) {
    const event = line.startsWith("{") ? eventIn(line) : plainEventIn(withoutColor(line).trimEnd());
    if (event === undefined) continue;
    if (event.kind === "end") {
      reportedItsEnd = true;
      if (event.address !== undefined) said.push([event.address, event.text]);
    } else if (event.kind === "begin") begun.add(event.address);
    else begun.delete(event.address);
    if (event.kind === "created") created.set(event.address, event.id);
    if (event.kind === "failed") failed.set(event.address, "");
  }
  for (const [address, text] of said) {
    if (!begun.delete(address) && !failed.has(address)) continue;
    failed.set(address, [failed.get(address), text].filter(Boolean).join("\n"));
  }
  for (const found of [created, begun, failed])
    for (const address of [...found.keys()].filter(isInStateAlone)) found.delete(address);
  return { created, begun, failed, endedInOrder: reportedItsEnd && !CUT_SHORT.test(output + errors) };
}

type Event =
  | { readonly kind: "begin" | "failed"; readonly address: string }
  | { readonly kind: "created"; readonly address: string; readonly id: string }
  | { readonly kind: "end"; readonly address?: string; readonly text: string };

/** The errors of an output without `-json`, each with the address that it names: a box, or a paragraph without colours. */
function errorBlocksIn(errors: string): [string, string][] {
  return errors
    .split(/^[\s│|]*(?=Error: )/m)
    .filter((block) => block.startsWith("Error: "))
    .flatMap((block): [string, string][] => {
      const address = /^[\s│|]*with (.+),$/m.exec(block)?.[1];
      return address === undefined ? [] : [[withoutPath(address), block]];
    });
}

/** cdktf writes the path of the construct behind an address. */
const withoutPath = (address: string): string => address.replace(/ \([^()]*\)$/, "");

function plainEventIn(line: string): Event | undefined {
  if (/^(Apply|Destroy) complete!/.test(line)) return { kind: "end", text: "" };
  const created = CREATED.exec(line);
  if (created !== null) return { kind: "created", address: created[1]!, id: created[2] ?? "" };
  const started = STARTED.exec(line);
  return started === null ? undefined : { kind: "begin", address: started[1]! };
}

function eventIn(line: string): Event | undefined {
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch {
    // The incomplete last line of a terraform that was killed.
    return undefined;
  }
  if (!isRecord(entry)) return undefined;
  if (entry.type === "diagnostic" && isRecord(entry.diagnostic) && entry.diagnostic.severity === "error") {
    const { address, summary, detail } = entry.diagnostic;
    const text = [summary, detail].filter((part) => typeof part === "string").join("\n");
    return { kind: "end", text, ...(typeof address === "string" ? { address } : {}) };
  }
  if (entry.type === "change_summary" && isRecord(entry.changes) && entry.changes.operation !== "plan") {
    return { kind: "end", text: "" };
  }
  const { hook } = entry;
  if (!isRecord(hook) || hook.action !== "create" || !isRecord(hook.resource)) return undefined;
  const address = String(hook.resource.addr);
  if (entry.type === "apply_start") return { kind: "begin", address };
  if (entry.type === "apply_errored") return { kind: "failed", address };
  if (entry.type !== "apply_complete") return undefined;
  return { kind: "created", address, id: hook.id_key === "id" ? String(hook.id_value) : "" };
}
