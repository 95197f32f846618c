import { Stage, STEPS } from "../../packages/sandbox/test/provider/faults/run-step";
import type { Step } from "../../packages/sandbox/test/provider/faults/run-step";
import type { Files, Released } from "./recording";
import { FIXTURES, linesOf } from "./recording";

/** Faults of one call. */
export const KINDS = ["throttle", "500", "lost-response"] as const;
const READ = /^(Describe|List|Get)/;

/** One step under one fault, as it ended with the released provider. */
export interface RecordedFault {
  readonly step: Step;
  readonly fault: string;
  readonly exitCode: number | null;
  /** Left out where there are none. */
  readonly errors?: readonly string[];
  readonly state?: readonly string[];
}

/**
 * Plays every step of the scenario under every kind of fault of each of its calls. A call that reads is tried where it
 * first occurs.
 */
export async function recordFaults({ config, tell }: Released): Promise<Files> {
  const stage = new Stage({ config });
  const found: RecordedFault[] = [];
  try {
    const called = await stage.prepare();
    const seen = new Set<string>();
    for (const step of STEPS) {
      for (const action of [...called[step]].sort()) {
        if (READ.test(action.split(".")[1]!) && seen.has(action)) continue;
        seen.add(action);
        for (const kind of KINDS) {
          const { exitCode, errors, state } = await stage.play(step, [`${kind}:${action}:1`]);
          const failed = exitCode === 0 ? {} : { errors, state };
          found.push({ step, fault: `${kind}:${action}`, exitCode, ...failed });
          tell(`${step} ${kind}:${action} ${exitCode}`);
        }
      }
    }
  } finally {
    stage.close();
  }
  return { [`${FIXTURES}/faults.json`]: linesOf(found) };
}
