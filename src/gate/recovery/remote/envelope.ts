import { randomUUID } from "node:crypto";
import { isRecord } from "../../../core/is-record";
import type { RecordContent } from "../record";
import { contentIn } from "../record";

/** Name of the output that the records are in. */
const OUTPUT = "anycast_applies";

/**
 * Records as a state without resources, because backends can only store, encrypt and number states.
 * @param serial counts the versions, from 1
 */
export function sealed(records: readonly RecordContent[], serial: number, lineage: string = randomUUID()): string {
  return JSON.stringify({
    version: 4,
    terraform_version: "1.0.0",
    serial,
    lineage,
    outputs: { [OUTPUT]: { value: JSON.stringify(records), type: "string" } },
    resources: [],
  });
}

export interface Opened {
  readonly records: readonly RecordContent[];
  readonly serial: number;
  readonly lineage: string;
}

/** @returns undefined when the text holds no records, as a stack's own state does not */
export function opened(text: string): Opened | undefined {
  try {
    const state: unknown = JSON.parse(text);
    if (!isRecord(state) || !isRecord(state.outputs)) return undefined;
    const output = state.outputs[OUTPUT];
    if (!isRecord(output) || typeof output.value !== "string") return undefined;
    const records: unknown = JSON.parse(output.value);
    if (!Array.isArray(records)) return undefined;
    return {
      records: records.map((one) => contentIn(JSON.stringify(one))).filter((one) => one !== undefined),
      serial: typeof state.serial === "number" ? state.serial : 1,
      lineage: typeof state.lineage === "string" ? state.lineage : randomUUID(),
    };
  } catch {
    return undefined;
  }
}
