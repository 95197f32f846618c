import { defined } from "../../core/defined";
import { AnycastError } from "../../core/errors";
import type { SideName } from "../../core/verify-report";
import { measure } from "../measure";
import type { Endpoint, Measured } from "../measure";
import { measureWithCurl } from "../measure/curl";
import { openGlobalping, openSsh } from "../vantage";
import type { VerifyOptions } from "./options";

/** Makes one request to one side. @throws AnycastError `Aborted`, `VantageFailed` */
export type Probe = (side: SideName) => Promise<Measured>;

/** Makes the requests, until it is closed. */
export interface Prober {
  readonly probe: Probe;
  readonly close: () => void;
  /** Event loop delay of the measuring process, where it is not this one. */
  readonly lateMs?: () => number;
  /** Most pairs that may be measured. @default no limit */
  readonly pairs?: number;
  /** Whether each request counts towards a limit, so that unnecessary ones are avoided. */
  readonly scarce?: boolean;
}

/** @throws AnycastError `VantageFailed` */
export async function openProber(options: VerifyOptions): Promise<Prober> {
  const { remote } = options;
  if (remote === undefined) {
    const ask = options.engine === "curl" ? measureWithCurl : measure;
    return { probe: (side) => ask(options[side], options), close: () => undefined };
  }
  const env = options.env ?? process.env;
  const opened = await (remote.kind === "ssh" ? openSsh(remote, options, env) : openGlobalping(remote, options, env));
  const stop = (): void => opened.close();
  options.signal?.addEventListener("abort", stop);
  const ask = async (endpoint: Endpoint): Promise<Measured> => {
    try {
      return await opened.ask(endpoint);
    } catch (thrown) {
      throw options.signal?.aborted ? stopped() : thrown;
    }
  };
  return {
    probe: (side) => ask(options[side]),
    close: () => {
      options.signal?.removeEventListener("abort", stop);
      stop();
    },
    lateMs: opened.lateMs,
    ...defined({ pairs: opened.pairs }),
    scarce: remote.kind === "globalping",
  };
}

const stopped = (): AnycastError => new AnycastError("Aborted", "The measurement was stopped.");
