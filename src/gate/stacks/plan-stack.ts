import { join } from "node:path";
import type { AnycastError } from "../../core/errors";
import type { CheckReport } from "../../core/check-report";
import { asStep } from "../../core/events";
import { commandName, terraformBinary } from "../../core/terraform-binary";
import type { OrderedStack } from "../../terraform/project";
import { regionFromEnvironment } from "../../terraform/project";
import { askLockOwner, refuseSeedElsewhere, refuseUnsafeState, seedOptions } from "../../terraform/state";
import {
  abortedBy,
  ask,
  changesIn,
  follow,
  notConfirmed,
  READING_GRACE_MS,
  refuseOtherCount,
  saysError,
  showPlan,
  stateLocked,
  terraformFailure,
  terraformKilled,
  withoutColor,
} from "../../terraform";
import { TerraformStream } from "./json-lines";
import { noteReceipt } from "./note-receipt";
import type { StreamSummary } from "./json-lines";
import type { Session } from "./session";
import { configOf, destroys, lockWaitFor, terraformFor, throwIfStopped } from "./session";
import type { PlannedStack } from "./types";
import { refuseUnsettled, restoreCutOff } from "./unsettled";
import { approvalWarnings } from "./warnings";

let plans = 0;

/** Terraform's, OpenTofu's and HCP Terraform's words for an init that is done. */
const INITIALIZED = /successfully initialized/i;

/**
 * init, plan and check of one stack.
 * @throws AnycastError `TerraformFailed`, `TerraformKilled`, `StateLocked`, `StateEmptied`, `StateNotSaved`, `StateIncomplete`, `Interrupted`
 */
export async function planStack(session: Session, stack: OrderedStack, isFinal: boolean): Promise<PlannedStack> {
  const { emit } = session.options;
  throwIfStopped(session, `before ${stack.name} was planned`);
  // Where somebody else initialises, somebody else looks after what killed runs have left, and says so.
  if (session.isInitialized !== true) await restoreCutOff(session, stack);
  await refuseUnsafeState(stack.directory, session.options.env);
  refuseSeedElsewhere(stack.directory, session.options.env);
  if (session.isInitialized !== true) {
    await asStep(emit, "init", () => session.initTurn(() => initialize(session, stack)), stack.name);
    await refuseUnsettled(session, stack);
  }
  throwIfStopped(session, `before ${stack.name} was planned`);
  const planFile = join(session.directory.path, `${++plans}.tfplan`);
  const { summary, exitCode } = await asStep(emit, "plan", () => plan(session, stack, planFile), stack.name);
  throwIfStopped(session, `before the plan of ${stack.name} was checked`);
  // A killed run's terraform may have been at work until just now: the plan has waited for its lock.
  if (session.isInitialized !== true) await refuseUnsettled(session, stack, { hadLock: true });
  const json = await showPlan(terraformFor(session, stack), planFile);
  const does = changesIn(json);
  refuseOtherCount(terraformFor(session, stack), exitCode, does, summary.changes);
  const { counts: changes, hasChanges } = does;
  throwIfStopped(session, `before the plan of ${stack.name} was checked`);
  const judged = await asStep(emit, "check", () => judge(session, stack, planFile, json), stack.name);
  const receipt = noteReceipt(session, { stack, planFile, json, report: judged, hasChanges, changes });
  // What changes nothing needs nobody's permission.
  const report = hasChanges ? (session.options.receipts?.judge(judged, receipt) ?? judged) : judged;
  return {
    stack,
    planFile,
    changes,
    planned: summary.planned,
    hasChanges,
    // A destruction takes nothing from the outputs of others.
    outputsChange: destroys(session.options) ? false : does.outputsChange,
    isFinal,
    report,
    warnings: approvalWarnings(report, json),
    receipt,
  };
}

/** `terraform init`, which installs providers and connects the backend. */
export async function initialize(session: Session, stack: OrderedStack): Promise<void> {
  const terraform = terraformFor(session, stack);
  let errors = "";
  let said = "";
  const ended = await follow(terraform, ["init", "-input=false", "-no-color"], {
    graceMs: READING_GRACE_MS,
    onStdout: (text) => (said += text),
    onStderr: (text) => (errors += text),
  });
  throwIfStopped(session, `while ${stack.name} was initialised`);
  if (ended.signal !== null) throw killed(session, stack, "init", ended.signal);
  if (ended.exitCode !== 0 || saysError(errors)) throw failure(session, stack, "init", errors);
  if (!INITIALIZED.test(said)) throw notConfirmed(terraform, "init", "Nothing was planned.");
}

async function plan(
  session: Session,
  stack: OrderedStack,
  planFile: string,
): Promise<{ summary: StreamSummary; exitCode: number }> {
  const { options } = session;
  const wait = lockWaitFor(session, stack);
  const stream = new TerraformStream({
    onWaiting: (waits) => (waits ? wait.begin() : wait.end()),
    onWarning: (message) => options.emit({ type: "notice", level: "warning", message, stack: stack.name }),
  });
  let errors = "";
  const args = ["plan", "-json", "-input=false", "-detailed-exitcode", `-out=${planFile}`, ...planOptions(session)];
  args.push(...seedOptions(stack.directory, options.env, session.directory.path));
  const ended = await follow(terraformFor(session, stack), args, {
    graceMs: READING_GRACE_MS,
    onStdout: (text) => stream.push(text),
    onStderr: (text) => (errors += text),
  }).finally(() => wait.end());
  throwIfStopped(session, `while ${stack.name} was planned`);
  if (ended.signal !== null) throw killed(session, stack, "plan", ended.signal);
  const summary = stream.end();
  // An error that was said is one, whatever the exit code.
  if ((ended.exitCode !== 0 && ended.exitCode !== 2) || summary.failed) {
    throw await explained(session, stack, "plan", [...summary.errors, errors].filter(Boolean).join("\n"));
  }
  return { summary, exitCode: ended.exitCode };
}

function planOptions({ options }: Session): string[] {
  return [
    ...(destroys(options) ? ["-destroy"] : []),
    ...(options.refresh === false ? ["-refresh=false"] : []),
    ...lockingOptions(options.lockTimeout),
    ...parallelismOption(options.terraformParallelism),
    ...(options.vars ?? []).map((variable) => `-var=${variable}`),
    ...(options.varFiles ?? []).map((file) => `-var-file=${file}`),
  ];
}

export const lockingOptions = (timeout: string | undefined): string[] =>
  timeout === undefined ? [] : [`-lock-timeout=${timeout}`];

export const parallelismOption = (parallelism: number | undefined): string[] =>
  parallelism === undefined ? [] : [`-parallelism=${parallelism}`];

/** The gate's verdict on a plan whose JSON is at hand. */
export function judge(session: Session, stack: OrderedStack, planFile: string, json: Buffer): Promise<CheckReport> {
  const { options } = session;
  return options.check([{ name: stack.name, json, planFile, cwd: stack.directory }], {
    emit: options.emit,
    env: options.env,
    cwd: options.projectDirectory,
    config: configOf(options),
    regionFromEnv: regionFromEnvironment(options.env),
    stop: abortedBy(options.interruption),
    ...options.gate,
  });
}

/** Shows terraform's own words, then sums them up in one sentence. */
export function failure(session: Session, stack: OrderedStack, step: string, text: string): AnycastError {
  const plain = withoutColor(text);
  for (const line of plain.split("\n").filter((part) => part.trim() !== "")) {
    session.options.emit({ type: "output", source: "terraform", stack: stack.name, stream: "stderr", line });
  }
  return terraformFailure(step, stack.directory, plain, terraformBinary(session.options.env));
}

/** Terraform was killed under our hands. */
export function killed(
  session: Session,
  stack: OrderedStack,
  step: string,
  signal: string,
  isSettled = true,
): AnycastError {
  const left =
    step === "apply"
      ? `${isSettled ? "Its state holds what was done until then; the" : "The"} new plan shows what is left.`
      : "Nothing was changed.";
  return terraformKilled(terraformBinary(session.options.env), step, signal, stack.directory, left);
}

/** The same for what takes the state's lock: says who holds it, even where terraform does not know. */
export async function explained(
  session: Session,
  stack: OrderedStack,
  step: string,
  text: string,
): Promise<AnycastError> {
  const known = failure(session, stack, step, text);
  if (known.code !== "StateLocked") return known;
  const lock = await askLockOwner(stack.directory, session.options.env);
  if (lock === undefined) return known;
  return stateLocked(commandName(terraformBinary(session.options.env)), stack.directory, lock);
}

/** terraform's own text of a plan, secrets masked by terraform. */
export async function planText(session: Session, plan: PlannedStack): Promise<string> {
  const terraform = terraformFor(session, plan.stack);
  const shown = await ask(terraform, ["show", "-no-color", plan.planFile]);
  const text = shown.stdout.toString("utf8").trim();
  if (shown.exitCode !== 0 || text === "") throw failure(session, plan.stack, "show", shown.stderr.toString("utf8"));
  return text;
}
