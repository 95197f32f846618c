import { join } from "node:path";
import type { VerifyReport } from "../../src/core/verify-report";
import { decide, endpointOf, readRecord, reportOf, vantageReport } from "../../src/verify";

/** Recorded inside the sandbox: `anycast verify --from london -n 60 --duration 48s --seed 7 --record FILE`. */
const RECORD = "tools/docs/verify-example.jsonl";

/** The measurement that docs/verify.md shows, reported from its record as it is reported after a measurement. */
export function exampleReport(root: string): VerifyReport {
  const { head, attempts } = readRecord(join(root, RECORD));
  const { settings, seed, event_loop_delay_ms: late = 0 } = head;
  const decided = decide(attempts, settings, late) ?? { verdict: "inconclusive", reasons: [] };
  const vantage = vantageReport(attempts[0]?.vantage ?? "here", attempts, settings, late, decided);
  const options = {
    plain: endpointOf(head.plain?.url ?? "", "--plain"),
    accelerated: endpointOf(head.accelerated?.url ?? "", "--accelerated"),
    sandbox: settings.network === "sandbox",
  };
  return reportOf(options, { settings, seed, durationMs: settings.duration * 1000 }, [vantage], false);
}
