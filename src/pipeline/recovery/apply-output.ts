import { isRecord } from "../project";
import { withoutColor } from "../terraform";

/** What an apply has said that it made. */
export interface ApplyOutput {
  /** Address and id of what was made, whether or not the state got to hold it. */
  readonly created: ReadonlyMap<string, string>;
  /** Addresses of what was begun and never said to be done. */
  readonly begun: ReadonlySet<string>;
  /** Terraform came to its end, which is after it wrote its state: nothing is left to find out. */
  readonly endedInOrder: boolean;
}

/** These exist in the state alone: made a second time they cost nothing, and nothing is left behind. */
const IN_STATE_ALONE = /(^|\.)(terraform_data|null_resource|(random|time|tls)_\w+)\.[^.]+$/;
const KEY = /\[(\d+|"(\\.|[^"\\])*")\]/g;
const isInStateAlone = (address: string): boolean => IN_STATE_ALONE.test(address.replace(KEY, ""));

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
  let toldTheEnd = /^[\s│|]*Error: /m.test(withoutColor(errors));
  for (const line of output.split("\n")) {
    const event = line.startsWith("{") ? eventIn(line) : plainEventIn(withoutColor(line).trimEnd());
    if (event === undefined) continue;
    if (event.kind === "end") toldTheEnd = true;
    else if (event.kind === "begin") begun.add(event.address);
    else begun.delete(event.address);
    if (event.kind === "created") created.set(event.address, event.id);
  }
  for (const address of [...created.keys()].filter(isInStateAlone)) created.delete(address);
  for (const address of [...begun].filter(isInStateAlone)) begun.delete(address);
  return { created, begun, endedInOrder: toldTheEnd && !CUT_SHORT.test(output + errors) };
}

type Event =
  | { readonly kind: "begin" | "failed"; readonly address: string }
  | { readonly kind: "created"; readonly address: string; readonly id: string }
  | { readonly kind: "end" };

function plainEventIn(line: string): Event | undefined {
  if (/^(Apply|Destroy) complete!/.test(line)) return { kind: "end" };
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
    // The last line, of a terraform that was killed while it wrote it.
    return undefined;
  }
  if (!isRecord(entry)) return undefined;
  if (entry.type === "diagnostic" && isRecord(entry.diagnostic) && entry.diagnostic.severity === "error") {
    return { kind: "end" };
  }
  if (entry.type === "change_summary" && isRecord(entry.changes) && entry.changes.operation !== "plan") {
    return { kind: "end" };
  }
  const { hook } = entry;
  if (!isRecord(hook) || hook.action !== "create" || !isRecord(hook.resource)) return undefined;
  const address = String(hook.resource.addr);
  if (entry.type === "apply_start") return { kind: "begin", address };
  if (entry.type === "apply_errored") return { kind: "failed", address };
  if (entry.type !== "apply_complete") return undefined;
  return { kind: "created", address, id: hook.id_key === "id" ? String(hook.id_value) : "" };
}
