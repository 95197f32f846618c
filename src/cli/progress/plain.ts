import type { AnycastEvent, Emit } from "../../core/events";
import { secondsText } from "../numbers";
import type { CliIo } from "../io";
import type { Progress } from "./types";

/** One line for each completed step: for pipelines and log files. */
export class PlainProgress implements Progress {
  public constructor(private readonly io: CliIo) {}

  public readonly emit: Emit = (event) => {
    const line = lineOf(event);
    if (line !== undefined) this.io.stderr.write(`${line}\n`);
  };

  public pause(): void {
    // There are no live lines to erase.
  }

  public resume(): void {
    // Nothing was held back.
  }

  public end(): void {
    // Every line was final when it was written.
  }
}

/** The line for one event; undefined for those that are shown only live. */
export function lineOf(event: AnycastEvent): string | undefined {
  const prefix = "stack" in event && event.stack !== undefined ? `${event.stack}: ` : "";
  switch (event.type) {
    case "step-done":
      return `${prefix}${event.step} done in ${secondsText(event.ms)}${event.detail === undefined ? "" : ` (${event.detail})`}`;
    case "step-failed":
      return `${prefix}${event.step} failed after ${secondsText(event.ms)}`;
    case "progress":
      // Counts are only shown live; a log gets a line where something is named.
      if (event.detail === undefined) return undefined;
      return `${prefix}${event.step} ${event.done}${event.total === undefined ? "" : `/${event.total}`} ${event.detail}`;
    case "output":
      return `${prefix}${event.source} | ${event.line}`;
    case "notice":
      return `${prefix}${event.level === "warning" ? "Warning: " : ""}${event.message}`;
    case "step-started":
    case "verdict":
    case "watched":
      return undefined;
  }
}
