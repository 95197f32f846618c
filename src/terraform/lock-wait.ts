import type { LockInfo } from "./failures";

/** How often a wait is reported, in milliseconds. */
const TELL_EVERY_MS = 5_000;

export interface LockWaitOptions {
  /** What is waited for, e.g. `the state of base`. */
  readonly what: string;
  readonly ownerOf: () => Promise<LockInfo | "free" | undefined>;
  readonly tell: (message: string) => void;
  /** @default 5 s */
  readonly everyMs?: number;
}

/** Reports the holder of a lock while terraform waits for it. Terraform reports the wait only once, without the holder. */
export class LockWait {
  private timer: NodeJS.Timeout | undefined;
  private began = 0;

  public constructor(private readonly options: LockWaitOptions) {}

  /** Terraform has said that it waits. */
  public begin(): void {
    if (this.timer !== undefined) return;
    this.began = Date.now();
    this.timer = setInterval(() => void this.tell(), this.options.everyMs ?? TELL_EVERY_MS);
    this.timer.unref();
    void this.tell();
  }

  /** Terraform has the lock, or has ended. */
  public end(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async tell(): Promise<void> {
    const owner = await this.options.ownerOf().catch(() => undefined);
    if (this.timer === undefined || owner === "free") return;
    const seconds = Math.round((Date.now() - this.began) / 1000);
    this.options.tell(`Waiting for the lock of ${this.options.what}, ${seconds} s so far: ${holderText(owner)}.`);
  }
}

function holderText(owner: LockInfo | undefined): string {
  if (owner === undefined || owner.who === "") return "held by another run; its backend does not tell whose";
  const doing = owner.operation === "" ? "" : ` (${owner.operation})`;
  return `held by ${owner.who}${doing}${owner.created === "" ? "" : ` since ${owner.created}`}, lock ${owner.id}`;
}
