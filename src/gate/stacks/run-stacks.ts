import type { OrderedStack } from "../../terraform/project";
import { readCdktfConfig, selectStacks, synthesize } from "../../terraform/project";
import { refuseChangeWhenSeeded, refuseSeedForMany } from "../../terraform/state";
import { makePrivateDirectory, refuseUncheckedEnvironment } from "../../terraform";
import { applyAll } from "./apply-all";
import { approvePlans } from "./approval";
import { planAll } from "./plan-all";
import { planText } from "./plan-stack";
import type { StackProgress } from "./results";
import { deployResult } from "./results";
import type { RunLock } from "./run-lock";
import { takeRunLock } from "./run-lock";
import type { Session } from "./session";
import { destroys, oneAtATime } from "./session";
import type { DeployOptions, DeployResult, StackStatus } from "./types";
import { changeWindow, heldByWindow, waitForWindow } from "./window";

/**
 * Synthesises, plans and checks all chosen stacks, and, unless only a plan was asked for, applies exactly the checked
 * plans once every one of them is allowed and approved.
 * @throws AnycastError when no stack could be worked on at all: `ProjectNotFound`, `SynthesisFailed`, `StackNotFound`,
 *   `AnotherRun`, `EnvironmentRewritesCommands`, … What goes wrong with single stacks is in the result.
 */
export async function runStacks(options: DeployOptions): Promise<DeployResult> {
  refuseUncheckedEnvironment(options.env);
  if (options.operation !== "plan") refuseChangeWhenSeeded(options.env, options.operation);
  const config = readCdktfConfig(options.projectDirectory, options.env);
  // Invalid settings are reported once, before any stack is planned.
  changeWindow(options);
  const lock = takeRunLock(config.outdir);
  // The directory is made after the lock is taken, and removed before it is released: it holds plan files.
  const directory = makePrivateDirectory();
  try {
    reportAbandoned(options, lock);
    const units = await synthesize({ ...options, config });
    const stacks = selectStacks(units, options.selection, destroys(options));
    refuseSeedForMany(options.env, stacks);
    const session: Session = { options, directory, initTurn: oneAtATime(), askTurn: oneAtATime() };
    return deployResult(options.operation, await work(session, stacks, lock));
  } finally {
    directory.remove();
    lock.release();
  }
}

async function work(
  session: Session,
  stacks: readonly OrderedStack[],
  lock: RunLock,
): Promise<ReadonlyMap<string, StackProgress>> {
  const planned = refuseUnproven(session, await planForWindow(session, stacks));
  if (session.options.operation === "plan") {
    await showPlans(session, planned);
    await offerAllowed(session, planned);
    return planned;
  }
  // A verdict against one plan stops all of them: nothing has been applied yet.
  if (has(planned, "denied")) return skipRest(planned, "another stack's plan was not allowed");
  if (session.options.interruption.signal !== undefined) return skipRest(planned, "the run was stopped");
  const ready = [...planned.values()].flatMap(({ plan }) => (plan?.isFinal === true ? [plan] : []));
  const approval = await approvePlans(session, ready);
  if (approval === "stopped") return skipRest(planned, "the run was stopped");
  if (approval === "declined") return declineAll(planned);
  const applying = new Set<string>();
  return applyAll(session, stacks, planned, (stack, begins) => {
    if (begins) applying.add(stack);
    else applying.delete(stack);
    lock.applying([...applying]);
  });
}

/** Where receipts are demanded, refuses stacks that cannot be planned yet, before anything is applied: they have no receipt. */
function refuseUnproven(
  session: Session,
  planned: ReadonlyMap<string, StackProgress>,
): ReadonlyMap<string, StackProgress> {
  if (session.options.receipts === undefined) return planned;
  const reason =
    "it has no receipt, because it can be planned only after what it depends on is deployed; deploy that first with --only";
  return new Map(
    [...planned].map(([name, entry]) => [
      name,
      entry.status === "waiting" ? { ...entry, status: "denied" as const, reason } : entry,
    ]),
  );
}

/** Plans all stacks. If only a change window is missing, shows that, waits for the window on request, and plans again. */
async function planForWindow(
  session: Session,
  stacks: readonly OrderedStack[],
): Promise<ReadonlyMap<string, StackProgress>> {
  const { options } = session;
  const planned = await planAll(session, stacks);
  const held = options.operation === "plan" || options.waitForWindow !== true ? [] : heldByWindow(planned.values());
  if (held.length === 0) return planned;
  for (const { message } of held) options.emit({ type: "notice", level: "warning", message });
  await waitForWindow(options);
  return planAll(session, stacks);
}

async function showPlans(session: Session, planned: ReadonlyMap<string, StackProgress>): Promise<void> {
  if (session.options.onPlan === undefined) return;
  for (const { plan } of planned.values()) {
    if (plan !== undefined) session.options.onPlan(plan, await planText(session, plan));
  }
}

/** Passes the plans to `onAllowed` when all of them are allowed, e.g. to save them. */
async function offerAllowed(session: Session, planned: ReadonlyMap<string, StackProgress>): Promise<void> {
  const entries = [...planned];
  if (!entries.every(([, { status }]) => status === "planned" || status === "waiting")) return;
  const isReady = ({ plan }: StackProgress): boolean => plan?.isFinal === true;
  await session.options.onAllowed?.(
    entries.filter(([, entry]) => isReady(entry)).map(([, { plan }]) => plan!),
    entries.filter(([, entry]) => !isReady(entry)).map(([name]) => name),
  );
}

function has(progress: ReadonlyMap<string, StackProgress>, status: StackStatus): boolean {
  return [...progress.values()].some((entry) => entry.status === status);
}

function skipRest(planned: ReadonlyMap<string, StackProgress>, reason: string): Map<string, StackProgress> {
  const isOpen = ({ status }: StackProgress): boolean => status === "planned" || status === "waiting";
  return new Map(
    [...planned].map(([name, entry]) => [
      name,
      isOpen(entry) ? { ...entry, status: "skipped" as const, reason } : entry,
    ]),
  );
}

function declineAll(planned: ReadonlyMap<string, StackProgress>): Map<string, StackProgress> {
  return new Map(
    [...planned].map(([name, entry]) => [
      name,
      entry.status === "planned" ? { ...entry, status: "declined" as const } : entry,
    ]),
  );
}

function reportAbandoned(options: DeployOptions, lock: RunLock): void {
  const { abandoned } = lock;
  if (abandoned === undefined || abandoned.applying.length === 0) return;
  options.emit({
    type: "notice",
    level: "warning",
    message:
      `The run of ${abandoned.since} (process ${abandoned.pid}) was killed while it applied ${abandoned.applying.join(", ")}. ` +
      "What it left is looked at before anything is planned. A state that is still locked is still being worked on.",
  });
}
