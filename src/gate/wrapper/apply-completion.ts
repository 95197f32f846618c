import { isRecord } from "../../core/is-record";
import { withoutColor } from "../../terraform";

const COMPLETE = /^(Apply|Destroy) complete!/;

/** Finds terraform's message that an apply is complete, as text or as a line of `-json`. */
export class ApplyCompletion {
  private unfinished = "";
  private heard = false;

  public push(text: string): void {
    const lines = (this.unfinished + text).split("\n");
    this.unfinished = lines.pop()!;
    for (const line of lines) this.heard ||= isEnd(line);
  }

  public get isDone(): boolean {
    return this.heard || isEnd(this.unfinished);
  }
}

function isEnd(line: string): boolean {
  if (!line.startsWith("{")) return COMPLETE.test(withoutColor(line).trim());
  try {
    const entry: unknown = JSON.parse(line);
    if (!isRecord(entry) || entry.type !== "change_summary" || !isRecord(entry.changes)) return false;
    return entry.changes.operation !== "plan";
  } catch {
    // A part of a line, of a terraform that was killed.
    return false;
  }
}
