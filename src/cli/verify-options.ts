import { InvalidArgumentError } from "commander";
import { readRegularText } from "../core/regular-file";
import { AnycastError, expectationError } from "../core/errors";
import type { Metric } from "../core/verify-report";
import { addressesAt, addressesOfProject, endpointOf, parseProxy } from "../verify";
import type { Addresses, VerifyOptions } from "../verify";
import { projectRootOf } from "../pipeline/project";
import type { CliIo } from "./io";

/** Options of `anycast verify` as commander hands them over. */
export interface VerifyFlags {
  readonly plain?: string;
  readonly accelerated?: string;
  readonly outputs?: string;
  readonly connectTo?: { readonly plain?: string; readonly accelerated?: string };
  readonly header?: string;
  readonly rounds: number;
  readonly warmup: number;
  readonly parallel: number;
  readonly timeout: number;
  readonly wait: number;
  readonly threshold: number;
  readonly metric: Metric;
  readonly socks5?: string;
  readonly from?: string;
  readonly cacert?: string;
  readonly insecure?: boolean;
}

/** The variable that names the sandbox's internet. */
const SANDBOX_INTERNET = "ANYCAST_SANDBOX_INTERNET";

/** A parser of numbers within limits, for commander. */
export function numberBetween(least: number, most: number, whole = false): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
    throw new InvalidArgumentError(`Expected a ${whole ? "whole " : ""}number from ${least} to ${most}.`);
  };
}

/** Completes what the person gave with the project's outputs and the environment. */
export async function verifyOptions(flags: VerifyFlags, stacks: readonly string[], io: CliIo): Promise<VerifyOptions> {
  const addresses = await addressesFor(flags, stacks, io);
  const host = flags.header === undefined ? {} : { hostHeader: hostOf(flags.header) };
  const [plainTo, acceleratedTo] = [flags.connectTo?.plain, flags.connectTo?.accelerated];
  return {
    plain: endpointOf(addresses.plain, "--plain", {
      ...host,
      ...(plainTo === undefined ? {} : { connectTo: plainTo }),
    }),
    accelerated: endpointOf(addresses.accelerated, "--accelerated", {
      ...host,
      ...(acceleratedTo === undefined ? {} : { connectTo: acceleratedTo }),
    }),
    rounds: flags.rounds,
    warmup: flags.warmup,
    parallel: flags.parallel,
    timeoutMs: flags.timeout * 1000,
    waitMs: flags.wait * 1000,
    threshold: flags.threshold / 100,
    metric: flags.metric,
    insecure: flags.insecure ?? false,
    ...(flags.cacert === undefined ? {} : { ca: certificates(flags.cacert) }),
    ...proxyFor(flags, io.env),
  };
}

async function addressesFor(flags: VerifyFlags, stacks: readonly string[], io: CliIo): Promise<Addresses> {
  const { plain, accelerated, outputs } = flags;
  const ways = [plain !== undefined || accelerated !== undefined, outputs !== undefined, stacks.length > 0];
  if (ways.filter(Boolean).length > 1) {
    throw new AnycastError(
      "AddressesGivenTwice",
      "Expected the addresses from one place, got more than one of URLs, --outputs and stacks. Fix: keep one of them.",
    );
  }
  if (plain !== undefined && accelerated !== undefined) return { plain, accelerated };
  if (plain !== undefined || accelerated !== undefined) {
    throw expectationError("AddressMissing", {
      what: "the addresses to compare",
      rule: "both --plain and --accelerated",
      got: plain === undefined ? "--accelerated alone" : "--plain alone",
      fix: "give the other one too, or none, to take both from the stack's outputs.",
    });
  }
  if (outputs !== undefined) return addressesAt(outputs, io.env);
  return addressesOfProject(projectRootOf(io.cwd) ?? io.cwd, stacks, io.env);
}

function hostOf(header: string): string {
  const host = /^host:\s*(\S+)\s*$/i.exec(header)?.[1];
  if (host !== undefined) return host;
  throw expectationError("HeaderNotUsable", {
    what: "the header",
    rule: "`Host: NAME`",
    got: header,
    fix: "only the Host header can be set.",
  });
}

/** A proxy that was asked for, else the sandbox's internet when we run inside a sandbox, else none. */
function proxyFor(flags: VerifyFlags, env: NodeJS.ProcessEnv): Pick<VerifyOptions, "proxy" | "sandbox"> {
  const inSandbox = env[SANDBOX_INTERNET] !== undefined && env[SANDBOX_INTERNET] !== "";
  const text = flags.socks5 ?? (inSandbox ? env[SANDBOX_INTERNET] : undefined);
  const sandbox = flags.socks5 === undefined && inSandbox;
  if (flags.from !== undefined && !sandbox) {
    throw expectationError("LocationNotUsable", {
      what: "a user's location",
      rule: "asked for inside the sandbox only",
      got: flags.from,
      at: "--from",
      fix: "leave --from out: real access is measured from where you are.",
    });
  }
  if (text === undefined) return {};
  const proxy = parseProxy(text, flags.socks5 === undefined ? SANDBOX_INTERNET : "--socks5");
  // The sandbox's internet takes the user name for the user's location.
  return { proxy: flags.from === undefined ? proxy : { ...proxy, userName: flags.from, password: "" }, sandbox };
}

function certificates(path: string): string {
  try {
    return readRegularText(path);
  } catch (cause) {
    if (cause instanceof AnycastError) throw cause;
    throw expectationError(
      "CertificatesNotReadable",
      { what: "the certificates", rule: "a readable PEM file", got: path, at: "--cacert", fix: "check the path." },
      cause,
    );
  }
}
