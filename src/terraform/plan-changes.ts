import { AnycastError, messageOf, showValue } from "../core/errors";
import { foreignLine } from "../core/foreign-line";
import { isRecord } from "../core/is-record";

/** Numbers of what a plan does. */
export interface ChangeCounts {
  readonly add: number;
  readonly change: number;
  readonly remove: number;
  readonly import: number;
}

/** What a plan does, as its own JSON says. */
export interface PlanChanges {
  readonly counts: ChangeCounts;
  /** There is something to apply, if only outputs. */
  readonly hasChanges: boolean;
  /** Outputs, which other stacks may read, will change. */
  readonly outputsChange: boolean;
  /** Something is deleted, and nothing else happens to any resource. */
  readonly onlyDeletes: boolean;
}

/**
 * Reads from a plan what it does, counted as terraform counts.
 * @param json what `terraform show -json` printed of the plan, or that document
 * @throws AnycastError `PlanNotShown` when that is no plan
 */
export function changesIn(json: Uint8Array | Entry): PlanChanges {
  const plan = json instanceof Uint8Array ? parse(json) : json;
  const entries = listOf(plan.resource_changes).filter(isRecord);
  const actions = entries.filter((entry) => !isDeletedData(entry)).map(actionsOf);
  const count = (action: string): number => actions.filter((of) => of.includes(action)).length;
  const outputs = isRecord(plan.output_changes) ? Object.values(plan.output_changes) : [];
  const outputsChange = outputs.some((output) => isRecord(output) && !isNoOp(listOf(output.actions)));
  const changes = entries.some((entry) => !isNoOp(actionsOf(entry)) || isMoved(entry) || isImported(entry));
  const busy = actions.filter((of) => !isNoOp(of) && !of.includes("read"));
  return {
    counts: {
      add: count("create"),
      change: count("update"),
      remove: count("delete"),
      import: entries.filter(isImported).length,
    },
    // Terraform's own answer where there is one: for a refresh-only plan it includes what the refresh found.
    hasChanges: plan.applyable === true || changes || outputsChange || listOf(plan.action_invocations).length > 0,
    outputsChange,
    onlyDeletes: busy.length > 0 && busy.every((of) => of.length === 1 && of[0] === "delete"),
  };
}

type Entry = Readonly<Record<string, unknown>>;

function parse(json: Uint8Array): Entry {
  let why = "it is no plan";
  try {
    const text = Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString("utf8");
    const plan: unknown = JSON.parse(text);
    if (isRecord(plan) && typeof plan.format_version === "string") return plan;
  } catch (cause) {
    // The plan's own text stays out of the message: it holds secrets.
    const line = foreignLine(json);
    const begins = line === undefined ? "" : `; its first line is ${showValue(line)}`;
    why = cause instanceof SyntaxError ? `it is no JSON${begins}` : messageOf(cause);
  }
  throw new AnycastError(
    "PlanNotShown",
    `What \`terraform show -json\` printed of the plan cannot be read: ${why}. Nothing was applied. Fix: name the program itself with ANYCAST_TERRAFORM where a script stands in terraform's place.`,
  );
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const changeOf = (entry: Entry): Entry => (isRecord(entry.change) ? entry.change : {});
const actionsOf = (entry: Entry): readonly string[] => listOf(changeOf(entry).actions).map(String);
const isNoOp = (actions: readonly unknown[]): boolean => actions.length === 1 && actions[0] === "no-op";
const isMoved = (entry: Entry): boolean =>
  typeof entry.previous_address === "string" && entry.previous_address !== entry.address;
const isImported = (entry: Entry): boolean => isRecord(changeOf(entry).importing);
/** A data source that is not read any more: terraform does not count it. */
const isDeletedData = (entry: Entry): boolean => entry.mode === "data" && actionsOf(entry).includes("delete");
