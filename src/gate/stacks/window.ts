import type { Finding } from "../../core/check-report";
import { AnycastError } from "../../core/errors";
import type { Emit } from "../../core/events";
import { stopped } from "../../core/stopped";
import { loadConfig, windowState } from "../../check/config";
import type { WindowState } from "../../check/config";
import { listRules } from "../../check/rules";
import type { Interruption } from "../../terraform";
import type { StackProgress } from "./results";
import { configOf } from "./session";
import type { DeployOptions } from "./types";

/** How often the clock is read, in milliseconds: a machine may sleep, and its clock may be set. */
const LOOK_EVERY_MS = 1_000;
const MINUTE_MS = 60_000;
/** The rule that an open change window satisfies. */
const WINDOW_RULE = "change/interruption";

type WindowOptions = Pick<DeployOptions, "config" | "projectDirectory" | "env">;

/** The state of the project's change windows; undefined where it has none. @throws AnycastError `ConfigInvalid` */
export function changeWindow(options: WindowOptions, now: Date = new Date()): WindowState | undefined {
  const path = configOf(options);
  if (path === undefined) return undefined;
  const { windows } = loadConfig(path, options.projectDirectory, listRules()).config;
  return windows === undefined ? undefined : windowState(windows, now);
}

/** The findings that an open change window would remove, if all plans are refused only for them; else none. */
export function heldByWindow(planned: Iterable<StackProgress>): Finding[] {
  const denied = [...planned].filter(({ status }) => status === "denied");
  const blocking = denied.map(({ plan }) =>
    (plan?.report.plans ?? []).flatMap(({ findings = [] }) => findings).filter((f) => f.level === "deny" && !f.waived),
  );
  const isHeld = blocking.every(
    (findings) => findings.length > 0 && findings.every(({ rule }) => rule === WINDOW_RULE),
  );
  return isHeld ? blocking.flat() : [];
}

/**
 * Waits until a change window is open, with a countdown by the minute. Earlier plans are out of date then.
 * @throws AnycastError `WindowNeverOpens`, `Interrupted`
 */
export async function waitForWindow(
  options: WindowOptions & { readonly emit: Emit; readonly interruption: Interruption },
  clock: () => Date = () => new Date(),
): Promise<void> {
  let shownMinutes: number | undefined;
  for (;;) {
    const now = clock();
    const window = changeWindow(options, now);
    if (window === undefined || window.open) return;
    if (window.opensAt === undefined) {
      throw new AnycastError(
        "WindowNeverOpens",
        "No change window opens in the next two weeks. Fix: correct `windows` in anycast.yaml.",
      );
    }
    const left = window.opensAt.getTime() - now.getTime();
    const minutes = Math.ceil(left / MINUTE_MS);
    if (minutes !== shownMinutes) {
      const message = `Waiting for the change window: it opens ${window.next}, in ${minutes} min.`;
      options.emit({ type: "notice", level: "info", message });
      shownMinutes = minutes;
    }
    await pause(Math.min(left, LOOK_EVERY_MS), options.interruption);
    const { signal } = options.interruption;
    if (signal !== undefined) throw stopped("Interrupted", { signal, doing: "while waiting for the change window" });
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
