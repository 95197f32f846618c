import { AnycastError, expectationError } from "../core/errors";
import { asStep } from "../core/events";
import type { VerifyReport } from "../core/verify-report";
import type { DeployResult } from "../pipeline/deploy";
import type { Interruption } from "../pipeline/terraform";
import { ACCELERATED_OUTPUT, endpointOf, PLAIN_OUTPUT, verify } from "../verify";
import type { Addresses } from "../verify";
import { renderVerifyText } from "../report/verify-text";
import type { CliIo } from "./io";
import type { RunScene } from "./run-scene";
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

/** What is done when everything is deployed. */
export type After = (
  result: DeployResult,
  scene: Pick<RunScene, "emit" | "interruption">,
  textOnStdout: boolean,
) => Promise<number>;

/**
 * Measures what was just deployed.
 * @returns undefined when that is not wanted
 * @throws AnycastError `UrlNotUsable`, `OptionInvalid`: before anything is deployed
 */
export function verifyAfter({ verify: wanted, failOnRegression }: VerifyAfterFlags, io: CliIo): After | undefined {
  if (wanted === undefined) {
    if (failOnRegression !== true) return undefined;
    throw expectationError("OptionInvalid", {
      what: "the command",
      rule: "one with --verify, because it has --fail-on-regression: without a measurement there is no regression",
      got: "--fail-on-regression",
      fix: "add --verify auto, or leave --fail-on-regression out.",
    });
  }
  if (wanted !== "auto") endpointOf(wanted, "--verify");
  return async (result, { emit, interruption }, textOnStdout) => {
    const addresses = addressesOf(result);
    const options = await verifyOptions(flagsFor(wanted, addresses), [], io);
    const report = await asStep(emit, "verify", () =>
      untilStopped(interruption, (signal) => verify({ ...options, signal, emit })),
    );
    // Where stdout holds a document it holds one.
    const stream = textOnStdout ? io.stdout : io.stderr;
    stream.write(renderVerifyText(report, { color: io.color.stdout }));
    return exitCodeOf(report, failOnRegression === true);
  };
}

/** A measurement may wait for a minute, and nobody has to wait with it. @throws AnycastError `VerifyInterrupted` */
async function untilStopped<T>(interruption: Interruption, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stopped = new AbortController();
  const stopListening = interruption.listen(() => stopped.abort());
  try {
    return await work(stopped.signal);
  } catch (thrown) {
    if (interruption.signal === undefined) throw thrown;
    throw new AnycastError(
      "VerifyInterrupted",
      `Everything is deployed; the measurement was stopped by ${interruption.signal}. Fix: run \`anycast verify\`.`,
      { cause: thrown },
    );
  } finally {
    stopListening();
  }
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
  const hostPort = (name: keyof Addresses, output: string): string => {
    const { host, port } = endpointOf(addresses[name], `the output ${output}`);
    return `${host.includes(":") ? `[${host}]` : host}:${port}`;
  };
  return {
    ...MEASURED,
    plain: wanted,
    accelerated: wanted,
    connectTo: { plain: hostPort("plain", PLAIN_OUTPUT), accelerated: hostPort("accelerated", ACCELERATED_OUTPUT) },
  };
}
