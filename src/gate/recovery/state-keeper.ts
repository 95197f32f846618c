import { existsSync, readFileSync, statSync } from "node:fs";
import { writeFileAtomic } from "../../core/atomic-file";

/** How often the state is looked at, in milliseconds: terraform writes it again after each resource. */
const LOOK_EVERY_MS = 40;
/** Of the time, at most this part is spent on copies: large states take long to read. */
const REST = 20;

/** Keeps a copy of the last whole version of a state file that terraform, which writes in place, is writing. */
export class StateKeeper {
  private timer: NodeJS.Timeout | undefined;
  private seen = "";

  /** Copies at once what is there. */
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
      // It is just being written, or there is no room for a copy: the copy that is there stays.
    }
  }
}
