import { defined } from "../core/defined";
import { resolve } from "node:path";
import { AnycastError, expectationError } from "../core/errors";
import { readRegularTextOr } from "../core/regular-file";
import { endpointOf, parseProxy } from "../verify";
import type { Addresses, EndpointOptions, VerifyOptions } from "../verify";
import type { CliIo } from "./io";
import { failsOn } from "./verify-exit";
import type { MeasureFlags } from "./verify-flags";

/** The variable that names the sandbox's internet. */
const SANDBOX_INTERNET = "ANYCAST_SANDBOX_INTERNET";
/** The variable that lists the places of its users. */
const SANDBOX_PLACES = "ANYCAST_SANDBOX_PLACES";

/** Variables with which programs are sent through a proxy. */
const PROXY_VARIABLES = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

/** Where to connect instead of to the URLs' own hosts. */
export interface ConnectTo {
  readonly plain?: string;
  readonly accelerated?: string;
}

/** Completes the given options from the environment. */
export function verifyOptions(
  flags: MeasureFlags,
  addresses: Addresses,
  connectTo: ConnectTo,
  io: CliIo,
): VerifyOptions {
  const endpoint = (side: keyof Addresses): VerifyOptions["plain"] =>
    endpointOf(addresses[side], `--${side}`, { ...hostOf(flags), ...toOption(connectTo[side]) });
  return { ...measureOptions(flags, io), plain: endpoint("plain"), accelerated: endpoint("accelerated") };
}

/** The Host header, which is an option of the endpoint. */
export function hostOf({ header = [] }: MeasureFlags): EndpointOptions {
  const host = header.find(([name]) => /^host$/i.test(name))?.[1];
  return host === undefined ? {} : { hostHeader: host };
}

const toOption = (connectTo: string | undefined): EndpointOptions => (connectTo === undefined ? {} : { connectTo });

/** All that does not depend on the addresses. */
export function measureOptions(flags: MeasureFlags, io: CliIo): Omit<VerifyOptions, "plain" | "accelerated"> {
  const { samples, duration, rate, seed, expectStatus } = flags;
  return {
    ...defined({ samples, durationMs: duration, rate, seed, expectStatus }),
    ...familyOf(flags),
    ...certificates(flags.cacert, io.cwd),
    ...placesFor(flags, io),
    env: io.env,
    warmup: flags.warmup,
    parallel: flags.parallel,
    timeoutMs: flags.timeout * 1000,
    waitMs: (flags.wait ?? 0) * 1000,
    margin: flags.margin / 100,
    metric: flags.metric,
    method: flags.method,
    engine: flags.engine,
    headers: (flags.header ?? []).filter(([name]) => !/^host$/i.test(name)),
    resolved: flags.resolve ?? [],
    ignoreSize: flags.ignoreSize ?? false,
    insecure: flags.insecure ?? false,
    slo: flags.slo ?? [],
    early: !failsOn(flags).has("errors"),
  };
}

function familyOf({ ipv4, ipv6 }: MeasureFlags): Pick<VerifyOptions, "family"> {
  if (ipv4 === true && ipv6 === true) {
    throw new AnycastError(
      "OptionInvalid",
      "-4 and -6 exclude each other. Fix: keep one of them, or none for both families.",
    );
  }
  return ipv4 === true ? { family: 4 } : ipv6 === true ? { family: 6 } : {};
}

/** Other hosts to measure from, else the way from this host. */
function placesFor(
  flags: MeasureFlags,
  io: CliIo,
): Pick<VerifyOptions, "proxy" | "sandbox" | "vantage" | "places" | "remote"> {
  const { vantage: remotes = [] } = flags;
  if (remotes.length === 0) return proxyFor(flags, io);
  const inSandbox = (io.env[SANDBOX_INTERNET] ?? "") !== "";
  const globalping = remotes.some(({ kind }) => kind === "globalping");
  const inTheWay: readonly (readonly [boolean, string, string])[] = [
    [inSandbox, "the sandbox", "leave the sandbox: its internet is on this machine only"],
    [flags.from !== undefined, "--from", "keep one of them"],
    [flags.socks5 !== undefined, "--socks5", "leave --socks5 out"],
    [flags.cacert !== undefined, "--cacert", "leave --cacert out: the file is not sent to other hosts"],
    [globalping && flags.resolve !== undefined, "--resolve", "leave --resolve out: Globalping looks names up itself"],
    [globalping && flags.engine === "curl", "--engine curl", "leave --engine out"],
  ];
  const [, other, fix] = inTheWay.find(([there]) => there) ?? [];
  if (other !== undefined && fix !== undefined) {
    throw new AnycastError("OptionInvalid", `--vantage excludes ${other}. Fix: ${fix}.`);
  }
  const places = remotes.map((remote) => ({ vantage: remote.name, remote }));
  const [only] = places;
  return places.length === 1 && only !== undefined ? only : { places };
}

/** A proxy that was asked for, else the sandbox's internet when we run inside a sandbox, else none. */
function proxyFor(flags: MeasureFlags, io: CliIo): Pick<VerifyOptions, "proxy" | "sandbox" | "vantage" | "places"> {
  const inSandbox = (io.env[SANDBOX_INTERNET] ?? "") !== "";
  const text = flags.socks5 ?? (inSandbox ? io.env[SANDBOX_INTERNET] : undefined);
  const sandbox = flags.socks5 === undefined && inSandbox;
  for (const place of flags.from ?? []) refusePlace(place, sandbox, io);
  if (text === undefined) return {};
  const proxy = parseProxy(text, flags.socks5 === undefined ? SANDBOX_INTERNET : "--socks5");
  // The sandbox's internet reads the user's location from the user name.
  const places = (flags.from ?? []).map((name) => ({
    vantage: name,
    proxy: { ...proxy, userName: name, password: "" },
  }));
  if (places.length > 1) return { proxy, sandbox, places };
  const [only] = places;
  return only === undefined ? { proxy, sandbox } : { ...only, sandbox };
}

function refusePlace(place: string, sandbox: boolean, { env }: CliIo): void {
  const places = (env[SANDBOX_PLACES] ?? "").split(",").filter((name) => name !== "");
  if (sandbox && places.includes(place)) return;
  throw expectationError("LocationNotUsable", {
    what: "a user's location",
    rule: sandbox ? `one of ${places.join(", ")}` : "asked for inside the sandbox only",
    got: place,
    at: "--from",
    fix: sandbox
      ? "name one of them."
      : "leave --from out, or measure from another host with --vantage ssh:HOST or globalping:PLACE.",
  });
}

/** Names proxies of the environment that are not used; their values may hold a password. */
export function warnUnusedProxies({ proxy }: Pick<VerifyOptions, "proxy">, { env, stderr }: CliIo): void {
  if (proxy !== undefined) return;
  const set = PROXY_VARIABLES.filter((name) => (env[name] ?? "") !== "");
  if (set.length === 0) return;
  stderr.write(
    `Not used: the proxy in ${set.join(", ")}. Connections are direct; --socks5 goes through a SOCKS 5 proxy.\n`,
  );
}

function certificates(file: string | undefined, cwd: string): Pick<VerifyOptions, "ca" | "caFile"> {
  if (file === undefined) return {};
  const path = resolve(cwd, file);
  const notReadable = (cause: unknown): AnycastError =>
    expectationError(
      "CertificatesNotReadable",
      { what: "the certificates", rule: "a readable PEM file", got: file, at: "--cacert", fix: "check the path." },
      cause,
    );
  return { ca: readRegularTextOr(path, notReadable), caFile: path };
}
