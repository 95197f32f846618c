import { AnycastError } from "../core/errors";
import { asStep } from "../core/events";
import type { VerifyReport } from "../core/verify-report";
import type { DeployResult } from "../gate/stacks";
import { ACCELERATED_OUTPUT, endpointOf, PLAIN_OUTPUT, refuseUnwatchable, verify } from "../verify";
import type { Addresses, VerifyOptions } from "../verify";
import { deployWatch } from "./deploy-watch";
import type { DeployWatch } from "./deploy-watch";
import type { CliIo } from "./io";
import type { RunContext } from "./run-context";
import { exitCodeOfVerify, failsOn } from "./verify-exit";
import { measureFlagNames } from "./verify-flags";
import type { MeasureFlags } from "./verify-flags";
import { warnUnusedProxies, verifyOptions } from "./verify-options";

export interface VerifyAfterFlags extends MeasureFlags {
  /** `auto`, or the URL to ask for at both addresses. */
  readonly verify?: string;
  /** Watch the addresses during the apply. */
  readonly watch?: boolean;
}

/** How long new addresses may take to answer, in seconds. */
const WAIT_SECONDS = 60;

/** The measurement when everything is deployed. */
export interface After {
  readonly measure: (
    result: DeployResult,
    context: Pick<RunContext, "emit" | "interruption">,
  ) => Promise<{
    readonly report: VerifyReport;
    readonly exitCode: number;
    /** Set when a signal ended the measurement. */
    readonly stopped?: AnycastError;
  }>;
  /** Watches the addresses during the apply. @default they are not watched */
  readonly watch?: DeployWatch;
}

/**
 * Measures what was just deployed.
 * @param given names of the options that were given
 * @returns undefined when that is not wanted
 * @throws AnycastError `UrlNotUsable`, `OptionInvalid`: before anything is deployed
 */
export function verifyAfter(
  flags: VerifyAfterFlags,
  given: readonly string[],
  stacks: readonly string[],
  io: CliIo,
): After | undefined {
  const { verify: wanted } = flags;
  if (wanted === undefined) {
    const unused = given.find((name) => name === "watch" || measureFlagNames().includes(name));
    if (unused === undefined) return undefined;
    const option = `--${unused.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw new AnycastError(
      "OptionInvalid",
      `${option} needs --verify. Fix: add --verify auto, or leave ${option} out.`,
    );
  }
  if (wanted !== "auto") endpointOf(wanted, "--verify");
  // Refused before anything is deployed: files that cannot be read, places that do not exist.
  const sample = optionsFor(wanted, { plain: "http://192.0.2.1/", accelerated: "http://192.0.2.2/" }, flags, io);
  if (flags.watch === true) refuseUnwatchable(sample);
  const watched =
    flags.watch === true
      ? { watch: deployWatch(stacks, (addresses) => optionsFor(wanted, addresses, flags, io), io) }
      : {};
  const measure: After["measure"] = async (result, { emit, interruption }) => {
    const options = optionsFor(wanted, addressesOf(result), flags, io);
    warnUnusedProxies(options, io);
    const stop = new AbortController();
    const stopListening = interruption.listen(() => stop.abort());
    if (interruption.signal !== undefined) stop.abort();
    const report = await asStep(emit, "verify", () => verify({ ...options, signal: stop.signal, emit })).finally(
      stopListening,
    );
    const exitCode = exitCodeOfVerify(report, failsOn(flags));
    if (!report.interrupted) return { report, exitCode };
    const stopped = new AnycastError(
      "VerifyInterrupted",
      `Everything is deployed; the measurement was stopped by ${interruption.signal}. Fix: run \`anycast verify\`.`,
    );
    return { report, exitCode, stopped };
  };
  return { measure, ...watched };
}

function addressesOf(result: DeployResult): Addresses {
  const found = result.stacks.flatMap(({ outputs }) => {
    const [plain, accelerated] = [outputs?.[PLAIN_OUTPUT], outputs?.[ACCELERATED_OUTPUT]];
    return typeof plain === "string" && typeof accelerated === "string" ? [{ plain, accelerated }] : [];
  });
  if (found.length === 1) return found[0]!;
  throw new AnycastError(
    "OutputsMissing",
    `Everything is deployed. To verify it, one stack must have the outputs ${PLAIN_OUTPUT} and ${ACCELERATED_OUTPUT}, and ${found.length} have them. Fix: run \`anycast verify\` with the addresses.`,
  );
}

/** A given URL keeps its scheme, path and host name; the connections go to the two addresses. */
function optionsFor(wanted: string, addresses: Addresses, flags: MeasureFlags, io: CliIo): VerifyOptions {
  const measured = { ...flags, wait: WAIT_SECONDS };
  if (wanted === "auto") return verifyOptions(measured, addresses, {}, io);
  const hostPort = (name: keyof Addresses, output: string): string => {
    const { host, port } = endpointOf(addresses[name], `the output ${output}`);
    return `${host.includes(":") ? `[${host}]` : host}:${port}`;
  };
  const connectTo = {
    plain: hostPort("plain", PLAIN_OUTPUT),
    accelerated: hostPort("accelerated", ACCELERATED_OUTPUT),
  };
  return verifyOptions(measured, { plain: wanted, accelerated: wanted }, connectTo, io);
}
