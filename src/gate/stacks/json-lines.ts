import { isRecord } from "../../core/is-record";
import type { PlannedChange } from "../steps/stack-run";
import type { Changes } from "./types";

/** What terraform's `-json` stream of a plan or an apply contains so far. */
export interface StreamSummary {
  /** What the plan does; `none` when the stream has no summary. */
  readonly changes: Changes | "none";
  /** The stream has the message that the apply is complete. */
  readonly applied: boolean;
  readonly planned: readonly PlannedChange[];
  /** The stream has a diagnostic of level error. */
  readonly failed: boolean;
  /** Errors as terraform would print them, one after another. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

export interface StreamListener {
  /** A resource is done (or was read); counts how many so far. */
  readonly onDone?: (done: number, address: string) => void;
  readonly onWarning?: (text: string) => void;
  /** Terraform begins, or ends, to wait for the lock of the state. */
  readonly onWaiting?: (waits: boolean) => void;
  /** A resource is still in progress: its action, e.g. `create`, and the seconds so far. */
  readonly onStill?: (address: string, action: string, seconds: number) => void;
}

/** Reads terraform's `-json` lines as they come. A line that is not JSON is kept as an error text, so that it is shown. */
export class TerraformStream {
  private unfinished = "";
  private done = 0;
  private changes: Changes | "none" = "none";
  private applied = false;
  private failed = false;
  private readonly planned: PlannedChange[] = [];
  private readonly errors: string[] = [];
  private readonly warnings: string[] = [];

  public constructor(private readonly listener: StreamListener = {}) {}

  public push(text: string): void {
    const lines = (this.unfinished + text).split("\n");
    this.unfinished = lines.pop()!;
    for (const line of lines) if (line.trim() !== "") this.line(line);
  }

  public end(): StreamSummary {
    if (this.unfinished.trim() !== "") this.line(this.unfinished);
    this.unfinished = "";
    const { changes, applied, failed, planned, errors, warnings } = this;
    return { changes, applied, failed, planned, errors, warnings };
  }

  private line(line: string): void {
    let entry: unknown;
    try {
      entry = JSON.parse(line);
    } catch {
      this.errors.push(line);
      return;
    }
    if (!isRecord(entry)) return;
    if (entry.type !== "version") this.listener.onWaiting?.(entry.type === "state_lock_acquire");
    if (entry.type === "apply_progress" && isRecord(entry.hook)) {
      const { action, elapsed_seconds: seconds } = entry.hook;
      if (typeof seconds === "number") this.listener.onStill?.(addressOf(entry.hook), String(action), seconds);
    }
    if (entry.type === "diagnostic") return this.diagnostic(entry.diagnostic);
    if (entry.type === "change_summary") return this.summary(entry.changes);
    if (entry.type === "planned_change") return this.plannedChange(entry.change);
    // The last copy of a state that could not be written anywhere: shown as terraform shows it without `-json`.
    if (entry["@message"] === "Emergency state dump") this.errors.push(JSON.stringify(entry.state, undefined, 2));
    // Data sources that are read on the way are not among the planned changes.
    if (entry.type === "apply_complete" && isRecord(entry.hook) && entry.hook.action !== "read") {
      this.done += 1;
      this.listener.onDone?.(this.done, addressOf(entry.hook));
    }
  }

  private diagnostic(diagnostic: unknown): void {
    if (!isRecord(diagnostic)) return;
    const { severity, summary, detail, address } = diagnostic;
    const at = typeof address === "string" && address !== "" ? `\n  with ${address}` : "";
    const text = `${String(summary)}${at}${typeof detail === "string" && detail !== "" ? `\n${detail}` : ""}`;
    if (severity === "error") {
      this.failed = true;
      this.errors.push(`Error: ${text}`);
    } else {
      this.warnings.push(text);
      this.listener.onWarning?.(text);
    }
  }

  private summary(changes: unknown): void {
    if (!isRecord(changes)) return;
    this.applied ||= changes.operation !== "plan";
    const count = (name: string): number => (typeof changes[name] === "number" ? (changes[name] as number) : 0);
    this.changes = { add: count("add"), change: count("change"), remove: count("remove"), import: count("import") };
  }

  private plannedChange(change: unknown): void {
    if (!isRecord(change)) return;
    this.planned.push({ address: addressOf(change), action: String(change.action) });
  }
}

function addressOf(change: Readonly<Record<string, unknown>>): string {
  return isRecord(change.resource) ? String(change.resource.addr) : "";
}
