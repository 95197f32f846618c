import { AnycastError } from "../../core/errors";
import type { Emit } from "../../core/events";
import { loadConfig, windowState } from "../config";
import type { WindowState } from "../config";
import { listRules } from "../rules";
import type { Interruption } from "../terraform";
import { configOf } from "./session";
import type { DeployOptions } from "./types";

/** How often the countdown is told, in milliseconds. */
const TELL_EVERY_MS = 60_000;
/** setTimeout takes no longer waits than about 24 days. */
const LONGEST_WAIT_MS = 2_000_000_000;

type WindowOptions = Pick<DeployOptions, "config" | "projectDirectory" | "env">;

/** The state of the project's change windows; undefined where it has none. @throws AnycastError `ConfigInvalid` */
export function changeWindow(options: WindowOptions, now: Date = new Date()): WindowState | undefined {
  const path = configOf(options);
  if (path === undefined) return undefined;
  const { windows } = loadConfig(path, options.projectDirectory, listRules()).config;
  return windows === undefined ? undefined : windowState(windows, now);
}

/**
 * Waits until a change window is open. Call it before anything is planned: what is planned and checked then is what
 * the window finds.
 * @throws AnycastError `WindowNeverOpens`, `Interrupted`
 */
export async function waitForWindow(
  options: WindowOptions & { readonly emit: Emit; readonly interruption: Interruption },
  clock: () => Date = () => new Date(),
): Promise<void> {
  for (;;) {
    const now = clock();
    const window = changeWindow(options, now);
    if (window === undefined || window.open) return;
    if (window.opensAt === undefined) {
      throw new AnycastError(
        "WindowNeverOpens",
        "Expected a change window to wait for, but none opens in the next two weeks. Fix: correct `windows` in anycast.yaml.",
      );
    }
    const left = window.opensAt.getTime() - now.getTime();
    const minutes = Math.ceil(left / 60_000);
    options.emit({
      type: "notice",
      level: "info",
      message: `Waiting for the change window: it opens ${window.next}, in ${minutes} min.`,
    });
    await pause(Math.min(left, TELL_EVERY_MS, LONGEST_WAIT_MS), options.interruption);
    if (options.interruption.signal !== undefined) {
      throw new AnycastError(
        "Interrupted",
        `Stopped by ${options.interruption.signal} while waiting for the change window. Nothing was changed. Fix: run the same command again.`,
      );
    }
  }
}

function pause(ms: number, interruption: Interruption): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish(), ms);
    const leave = interruption.listen(() => finish());
    const finish = (): void => {
      clearTimeout(timer);
      queueMicrotask(() => leave());
      resolve();
    };
  });
}
