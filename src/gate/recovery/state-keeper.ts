import { existsSync, readFileSync, statSync } from "node:fs";
import { writeFileAtomic } from "../../core/atomic-file";

/** How often the state is checked for changes, in milliseconds: terraform writes it after each resource. */
const LOOK_EVERY_MS = 40;
/** At most one part in this many of the time is spent on copies: large states are slow to read. */
const REST = 20;

/** Keeps a copy of the last whole version of a state file that terraform, which writes in place, is writing. */
export class StateKeeper {
  private timer: NodeJS.Timeout | undefined;
  private seen = "";

  /** Copies the existing file at once. */
  public constructor(
    private readonly statePath: string,
    private readonly copy: string,
  ) {
    this.look();
  }

  public stop(): void {
    clearTimeout(this.timer);
  }

  private look(): void {
    const began = performance.now();
    this.copyIfWhole();
    this.timer = setTimeout(() => this.look(), Math.max(LOOK_EVERY_MS, REST * (performance.now() - began)));
    this.timer.unref();
  }

  private copyIfWhole(): void {
    try {
      if (!existsSync(this.statePath)) return;
      const { mtimeNs, size } = statSync(this.statePath, { bigint: true });
      const stamp = `${mtimeNs} ${size}`;
      if (stamp === this.seen) return;
      const bytes = readFileSync(this.statePath);
      JSON.parse(bytes.toString("utf8"));
      writeFileAtomic(this.copy, bytes);
      this.seen = stamp;
    } catch {
      // It is being written, or the disk is full: the earlier copy stays.
    }
  }
}
