import { AnycastError, messageOf } from "../core/errors";
import type { Emit } from "../core/events";
import type { WatchReport } from "../core/watch-report";
import { projectRootOf } from "../terraform/project";
import { addressesOfProject, watch, withoutRows } from "../verify";
import type { Addresses, VerifyOptions } from "../verify";
import type { CliIo } from "./io";

/** How long watching continues after the last apply, in milliseconds: an interruption must be seen to end. */
const AFTERWARDS_MS = 3000;

/** Watches the addresses while something is applied. */
export interface DeployWatch {
  /** Resolves when the first requests are sent, or there is nothing to watch. */
  begin(emit: Emit): Promise<void>;
  /** What was observed. Never throws, because the deployment must still be reported. @returns undefined when nothing was watched */
  end(emit: Emit): Promise<WatchReport | undefined>;
  /** Stops at once. */
  abort(): void;
}

/**
 * @param optionsFor what to ask, at the addresses that the stacks have before the apply
 */
export function deployWatch(
  stacks: readonly string[],
  optionsFor: (addresses: Addresses) => VerifyOptions,
  io: CliIo,
): DeployWatch {
  const stop = new AbortController();
  let watching: Promise<WatchReport> | undefined;
  return {
    begin: async (emit) => {
      if (watching !== undefined) return;
      const addresses = await addressesNow(stacks, io, emit);
      if (addresses === undefined) return;
      const asked = (async () => {
        // The later measurement has its own length and rate.
        const { samples: _samples, durationMs: _durationMs, rate: _rate, ...options } = optionsFor(addresses);
        return watch({ ...options, signal: stop.signal });
      })();
      asked.catch(() => undefined);
      watching = asked;
    },
    end: async (emit) => {
      if (watching === undefined) return undefined;
      await new Promise((resolve) => setTimeout(resolve, AFTERWARDS_MS));
      stop.abort();
      try {
        const report = await watching;
        emit({ type: "watched", step: "watch", report: withoutRows(report) });
        return report;
      } catch (thrown) {
        const message = `The addresses could not be watched while this was applied: ${messageOf(thrown)}`;
        emit({ type: "notice", level: "warning", message });
        return undefined;
      }
    },
    abort: () => stop.abort(),
  };
}

/** A first deployment has no addresses yet, and nothing that could be interrupted. */
async function addressesNow(stacks: readonly string[], io: CliIo, emit: Emit): Promise<Addresses | undefined> {
  try {
    return await addressesOfProject(projectRootOf(io.cwd) ?? io.cwd, stacks, io.env);
  } catch (thrown) {
    if (!(thrown instanceof AnycastError)) throw thrown;
    const message = `Nothing is watched while this is applied: ${thrown.message}`;
    emit({ type: "notice", level: "warning", message });
    return undefined;
  }
}
