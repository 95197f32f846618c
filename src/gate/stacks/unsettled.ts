import { AnycastError, messageOf } from "../../core/errors";
import type { OrderedStack } from "../../terraform/project";
import { isSeeded, repairInitialisation } from "../../terraform/state";
import type { RecordPlace } from "../recovery";
import { ENDING_MS, recordPlace, restoreState, unsettled } from "../recovery";
import type { Session } from "./session";
import { terraformFor } from "./session";

/** Where the record of a stack's apply is kept. */
export function placeOf({ options }: Session, stack: OrderedStack, origin?: string): RecordPlace {
  return recordPlace(stack, options.env, options.projectDirectory, origin);
}

/** Puts back a local state that a killed apply has cut off, and what a killed init has; and says so. */
export async function restoreCutOff(session: Session, stack: OrderedStack): Promise<void> {
  const { env, emit } = session.options;
  const repaired = repairInitialisation(stack.directory, env);
  if (repaired !== undefined) emit({ type: "notice", level: "warning", message: repaired, stack: stack.name });
  // A seeded sandbox works on a copy, and leaves the stack's own state alone.
  if (isSeeded(env)) return;
  const message = await restoreState(placeOf(session, stack));
  if (message !== undefined) emit({ type: "notice", level: "warning", message, stack: stack.name });
}

export interface UnsettledOptions {
  /** Where the configuration is when the run has ended. @default the stack's directory */
  readonly origin?: string | undefined;
  /** The lock of the state was ours since, so the run that had it is done: wait for its end. @default false */
  readonly hadLock?: boolean;
}

/**
 * Refuses to go on from a state that lacks what a killed apply has made. The stack must be initialised.
 * @throws AnycastError `StateIncomplete`, `TerraformFailed`
 */
export async function refuseUnsettled(
  session: Session,
  stack: OrderedStack,
  { origin, hadLock = false }: UnsettledOptions = {},
): Promise<void> {
  if (isSeeded(session.options.env)) return;
  await restoreCutOff(session, stack);
  const terraform = terraformFor(session, stack);
  const against = await unsettled(placeOf(session, stack, origin), terraform, {
    hadLock,
    patience: hadLock ? ENDING_MS : 0,
  });
  if (against !== undefined) throw against;
}

/**
 * The same right after an apply that failed. Where the state cannot be read now, the next run looks.
 * @returns whether the state is known to hold all that was made
 * @throws AnycastError `StateIncomplete`
 */
export async function tellUnsettled(
  session: Session,
  stack: OrderedStack,
  origin: string | undefined,
): Promise<boolean> {
  try {
    await refuseUnsettled(session, stack, { origin });
    return true;
  } catch (thrown) {
    if (thrown instanceof AnycastError && thrown.code === "StateIncomplete") throw thrown;
    const message = `Whether the state of ${stack.name} holds all that was made could not be looked at; the next run does it first. ${messageOf(thrown)}`;
    session.options.emit({ type: "notice", level: "warning", message, stack: stack.name });
    return false;
  }
}
