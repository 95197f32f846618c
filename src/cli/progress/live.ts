import type { AnycastEvent, Emit } from "../../core/events";
import { secondsText } from "../numbers";
import type { CliIo } from "../io";
import { mediansText } from "./medians";
import { lineOf } from "./plain";
import type { Progress } from "./types";

/** How often running times are updated, in milliseconds. */
const REFRESH_MS = 500;

/** The line for work that belongs to no single stack. */
const WHOLE = "";

interface Line {
  readonly text: string;
  /** Set while the step runs. */
  readonly began?: number;
}

/** One line per stack, rewritten in place; final lines scroll above them. For terminals only. */
export class LiveProgress implements Progress {
  private readonly lines = new Map<string, Line>();
  private readonly kept: string[] = [];
  private drawn = 0;
  private readonly timer: NodeJS.Timeout;
  private paused = false;

  public constructor(private readonly io: CliIo) {
    this.timer = setInterval(() => !this.paused && this.draw(), REFRESH_MS);
    this.timer.unref();
  }

  public readonly emit: Emit = (event) => {
    if (event.type === "output" || event.type === "notice") this.kept.push(lineOf(event) ?? "");
    else if (event.type !== "verdict" && event.type !== "watched") this.note(event);
    if (!this.paused) this.draw();
  };

  public pause(): void {
    this.clear();
    this.paused = true;
  }

  public resume(): void {
    this.paused = false;
    this.draw();
  }

  public end(): void {
    clearInterval(this.timer);
    this.clear();
    this.writeKept();
    for (const line of this.texts()) this.io.stderr.write(`${line}\n`);
    this.lines.clear();
  }

  private note(event: Exclude<AnycastEvent, { type: "output" | "notice" | "verdict" | "watched" }>): void {
    const key = event.stack ?? WHOLE;
    if (event.type === "step-started") {
      this.lines.set(key, { text: event.step, began: Date.now() });
    } else if (event.type === "progress") {
      const of = event.total === undefined ? "" : `/${event.total}`;
      const began = this.lines.get(key)?.began ?? Date.now();
      const detail = event.detail ?? mediansText(event.medians);
      this.lines.set(key, { text: `${event.step} ${event.done}${of} ${detail}`.trimEnd(), began });
    } else {
      const how = event.type === "step-done" ? "done" : "failed";
      this.lines.set(key, { text: `${event.step} ${how} in ${secondsText(event.ms)}` });
    }
  }

  private texts(): string[] {
    const width = Math.max(0, ...[...this.lines.keys()].map((name) => name.length));
    return [...this.lines].map(([name, { text, began }]) => {
      const running = began === undefined ? "" : `… ${secondsText(Date.now() - began)}`;
      // A line that wraps could not be erased.
      return `${name.padEnd(width)}  ${text}${running}`.trim().slice(0, this.io.width - 1);
    });
  }

  /** Final lines scroll above the live ones. */
  private writeKept(): void {
    for (const line of this.kept.splice(0)) this.io.stderr.write(`${line}\n`);
  }

  private draw(): void {
    this.clear();
    this.writeKept();
    const texts = this.texts();
    for (const line of texts) this.io.stderr.write(`${line}\n`);
    this.drawn = texts.length;
  }

  private clear(): void {
    if (this.drawn > 0) this.io.stderr.write(`\u001b[${this.drawn}A\u001b[J`);
    this.drawn = 0;
  }
}
