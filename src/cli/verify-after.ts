import { AnycastError } from "../core/errors";
import type { Emit } from "../core/events";
import { asStep } from "../core/events";
import type { VerifyReport } from "../core/verify-report";
import type { DeployResult } from "../pipeline/deploy";
import { ACCELERATED_OUTPUT, PLAIN_OUTPUT, verify } from "../pipeline/verify";
import type { Addresses } from "../pipeline/verify";
import { renderVerifyText } from "../report/verify-text";
import type { CliIo } from "./io";
import type { VerifyFlags } from "./verify-options";
import { verifyOptions } from "./verify-options";

export interface VerifyAfterFlags {
  /** `auto`, or the URL to ask for at both addresses. */
  readonly verify?: string;
  readonly failOnRegression?: boolean;
}

/** As `anycast verify` has them; fresh addresses get a minute to answer. */
const MEASURED = {
  rounds: 10,
  warmup: 1,
  parallel: 1,
  timeout: 10,
  wait: 60,
  threshold: 5,
  metric: "time_total",
} as const;

/** Measures what was just deployed. */
export function verifyAfter(
  flags: VerifyAfterFlags,
  io: CliIo,
): (result: DeployResult, emit: Emit, textOnStdout: boolean) => Promise<number> {
  return async (result, emit, textOnStdout) => {
    const addresses = addressesOf(result);
    const options = await verifyOptions(flagsFor(flags.verify!, addresses), [], io);
    const report = await asStep(emit, "verify", () => verify({ ...options, emit }));
    // Where stdout holds a document it holds one.
    const stream = textOnStdout ? io.stdout : io.stderr;
    stream.write(renderVerifyText(report, { color: io.color.stdout }));
    return exitCodeOf(report, flags.failOnRegression === true);
  };
}

function exitCodeOf({ verdict }: VerifyReport, failOnRegression: boolean): 0 | 1 | 2 {
  if (verdict === "unreachable") return 2;
  return failOnRegression && verdict === "not-faster" ? 1 : 0;
}

function addressesOf(result: DeployResult): Addresses {
  const found = result.stacks.flatMap(({ outputs }) => {
    const [plain, accelerated] = [outputs?.[PLAIN_OUTPUT], outputs?.[ACCELERATED_OUTPUT]];
    return typeof plain === "string" && typeof accelerated === "string" ? [{ plain, accelerated }] : [];
  });
  if (found.length === 1) return found[0]!;
  throw new AnycastError(
    "OutputsMissing",
    `Everything is deployed, but expected one stack with the outputs ${PLAIN_OUTPUT} and ${ACCELERATED_OUTPUT} to verify, got ${found.length}. Fix: run \`anycast verify\` with the addresses.`,
  );
}

/** A given URL keeps its scheme, path and host name; the connections go to the two addresses. */
function flagsFor(wanted: string, addresses: Addresses): VerifyFlags {
  if (wanted === "auto") return { ...MEASURED, ...addresses };
  const hostPort = (text: string): string => {
    const url = new URL(text);
    return `${url.hostname}:${url.port || (url.protocol === "https:" ? "443" : "80")}`;
  };
  return {
    ...MEASURED,
    plain: wanted,
    accelerated: wanted,
    connectTo: { plain: hostPort(addresses.plain), accelerated: hostPort(addresses.accelerated) },
  };
}
