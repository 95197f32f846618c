import type { CloudEvent } from "../cloud/contract";
import { shownParams } from "./redact";

/** Most entries kept; older ones are forgotten. */
export const LOG_LENGTH = 500;

type Call = Extract<CloudEvent, { type: "call" }>;

/** One answered request, without secrets. */
export interface LogEntry extends Omit<Call, "type"> {
  /** Counts up from 1. */
  readonly number: number;
}

/** The latest requests, oldest first. */
export class RequestLog {
  private count = 0;
  private kept: LogEntry[] = [];

  public get entries(): readonly LogEntry[] {
    return this.kept;
  }

  public add({ type: _type, ...call }: Call): LogEntry {
    this.count += 1;
    const entry = { ...call, number: this.count, params: shownParams(call.params) };
    this.kept = [...this.kept.slice(1 - LOG_LENGTH), entry];
    return entry;
  }
}
