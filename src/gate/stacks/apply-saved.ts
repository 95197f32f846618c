import { defined } from "../../core/defined";
import { sha256 } from "../../core/digest";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { AnycastError } from "../../core/errors";
import { copyRegularFile } from "../../core/regular-file";
import { asStep } from "../../core/events";
import { configDigest } from "../../check/config";
import type { OrderedStack } from "../../terraform/project";
import { refuseChangeWhenSeeded } from "../../terraform/state";
import type { Found, Receipt, Trusted } from "../receipt";
import {
  compareWithReceipt,
  countsText,
  gateVersion,
  liveDigest,
  movedStates,
  LOCK_FILE,
  ownDigest,
  proveCurrent,
  providerSourcesDigest,
  refuseUsed,
  sha256IfThere,
  sha256OfFile,
  signerText,
  stateText,
  terraformVersionIn,
  UNKNOWN,
  useReceipt,
} from "../receipt";
import type { PlanOperation, Terraform } from "../../terraform";
import { ask, makePrivateDirectory, operationOf, refuseUncheckedEnvironment, showPlan } from "../../terraform";
import { currentState } from "../../terraform/state-version";
import { applyAll } from "./apply-all";
import { settle } from "../steps";
import { verdictOn } from "../steps/check";
import { initialize } from "../steps/init";
import { show } from "../steps/show";
import type { StackRun } from "../steps/stack-run";
import { approvePlans } from "./approval";
import type { StackProgress } from "./results";
import { deployResult } from "./results";
import type { SavedPlan } from "./saved-plans";
import { refuseStateInside } from "./save-plans";
import { readSavedPlans } from "./saved-plans";
import type { Session } from "./session";
import { configOf, oneAtATime } from "./session";
import { stackRun } from "./stack-run";
import type { DeployOptions, DeployResult, PlannedStack } from "./types";
import { approvalWarnings } from "./warnings";

export interface ApplySavedOptions extends Omit<DeployOptions, "operation" | "selection"> {
  /** Made by `anycast plan --save`. */
  readonly directory: string;
  /** Public keys one of which must have signed each receipt. @default signatures are not asked for */
  readonly trusted?: Trusted | undefined;
  /** How old a check may be, in milliseconds. @default a day */
  readonly maxAgeMs?: number;
  /** Milliseconds since the epoch. @default now */
  readonly now?: number;
}

/** A saved plan that equals its receipt. What it does is read from the plan, because a receipt need not be signed. */
interface Proven {
  readonly plan: PlannedStack;
  readonly operation: PlanOperation;
}

export const DEFAULT_MAX_AGE_MS = 24 * 60 * 60_000;

/**
 * Applies saved plans if, and only if, everything is as it was when they were checked: plan bytes, policy, data,
 * settings, tools. All plans are verified before the first is applied; each receipt is valid for one apply.
 * @throws AnycastError `ReceiptMismatch`, `ReceiptExpired`, `ReceiptUsed`, … with exit code 1 for a refusal
 */
export async function applySaved(options: ApplySavedOptions): Promise<DeployResult> {
  refuseUncheckedEnvironment(options.env);
  refuseChangeWhenSeeded(options.env, "apply");
  const saved = readSavedPlans(options.directory, options.trusted, options.now);
  const directory = makePrivateDirectory();
  try {
    const selection = { stacks: [], only: [] };
    // The plans' operation is known only after `show`.
    const turns = { directory, initTurn: oneAtATime(), askTurn: oneAtATime() };
    const looking: Session = { ...turns, options: { ...options, operation: "plan", selection } };
    const proven: Proven[] = [];
    for (const one of saved) proven.push(await prove(looking, one, options));
    const { operation } = proven[0]!;
    if (proven.some((one) => one.operation !== operation)) {
      throw new AnycastError(
        "SavedPlansInvalid",
        "These saved plans are of two kinds, deploy and destroy. Nothing was applied. Fix: plan again, all with --destroy or all without.",
      );
    }
    const session: Session = { ...turns, options: { ...options, operation, selection } };
    return deployResult(
      operation,
      await applyProven(
        session,
        proven.map(({ plan }) => plan),
        options,
      ),
    );
  } finally {
    directory.remove();
  }
}

async function applyProven(
  session: Session,
  plans: readonly PlannedStack[],
  options: ApplySavedOptions,
): Promise<ReadonlyMap<string, StackProgress>> {
  const all = (status: StackProgress["status"], reason?: string): Map<string, StackProgress> =>
    new Map(plans.map((plan) => [plan.stack.name, { status, plan, ...defined({ reason }) }]));
  if (plans.some(({ report }) => report.verdict !== "allowed")) {
    return new Map(
      plans.map((plan) => [
        plan.stack.name,
        { plan, status: plan.report.verdict === "allowed" ? "skipped" : "denied" },
      ]),
    );
  }
  const approval = await approvePlans(session, plans);
  if (approval === "stopped") return all("skipped", "the run was stopped");
  if (approval === "declined") return all("declined");
  for (const { receipt } of plans) useReceipt(options.projectDirectory, receipt);
  const stacks = plans.map(({ stack }) => stack);
  return applyAll(session, stacks, all("planned"), () => undefined);
}

/** Verifies one saved plan, on private copies, which cannot be changed between the verification and the apply. */
function prove(session: Session, saved: SavedPlan, options: ApplySavedOptions): Promise<Proven> {
  return asStep(
    session.options.emit,
    "prove",
    async () => {
      const { receipt, name } = saved;
      reportSigner(session, name, saved.signer);
      proveCurrent(receipt, {
        maxAgeMs: options.maxAgeMs ?? DEFAULT_MAX_AGE_MS,
        inSandbox: Boolean(options.env.ANYCAST_SANDBOX),
        now: options.now ?? Date.now(),
      });
      refuseUsed(options.projectDirectory, receipt);
      const planFile = join(session.directory.path, `${name}.tfplan`);
      const configuration = join(session.directory.path, name);
      copyRegularFile(saved.planFile, planFile);
      cpSync(saved.configuration, configuration, { recursive: true });
      compareWithReceipt(receipt, { plan: sha256OfFile(planFile), ...foundHere(options, configuration) });
      const stack: OrderedStack = { name, directory: configuration, dependencies: [], waitsFor: saved.waitsFor };
      refuseStateInside(stack, options.env);
      const run = stackRun(session, stack, { origin: saved.configuration });
      await settle(run, () => session.initTurn(() => initialize(run)));
      compareWithReceipt(receipt, { lockFile: sha256IfThere(join(configuration, LOCK_FILE)) });
      await refuseOtherState(run, receipt, planFile);
      const { json, changes: does } = await show(run, planFile);
      compareWithReceipt(receipt, { json: sha256(json), terraform: terraformVersionIn(json) });
      const operation = operationOf(planFile, does);
      compareWithReceipt(receipt, {
        operation,
        hasChanges: String(does.hasChanges),
        changes: countsText(does.counts),
      });
      const report = await verdictOn(run, planFile, json);
      compareWithReceipt(receipt, { policy: report.policy.digest, own: ownDigest(report), live: liveDigest(report) });
      const plan: PlannedStack = {
        stack,
        planFile,
        origin: saved.configuration,
        changes: does.counts,
        planned: [],
        hasChanges: does.hasChanges,
        outputsChange: false,
        isFinal: true,
        report,
        warnings: approvalWarnings(report, json),
        receipt,
      };
      return { operation, plan };
    },
    saved.name,
  );
}

/** Reports who signed a plan's receipt. */
function reportSigner({ options }: Session, stack: string, signer: SavedPlan["signer"]): void {
  const message =
    signer === undefined
      ? "The receipt's signature was not asked for."
      : `The receipt is signed by ${signerText(signer)}${signer.expires === undefined ? "" : `, which counts until ${signer.expires}`}.`;
  options.emit({ type: "notice", level: "info", message, stack });
}

/**
 * Refuses a plan whose state has changed since. Terraform would refuse it only at its apply, after other stacks were
 * applied. A plan that was applied before, on any machine, is found out here too.
 */
async function refuseOtherState({ terraform }: StackRun, receipt: Receipt, planFile: string): Promise<void> {
  const state = stateText(await currentState(terraform));
  // An encrypted state cannot be compared here; terraform itself still compares it.
  if ([state, receipt.state].includes(UNKNOWN)) return;
  try {
    compareWithReceipt(receipt, { state });
  } catch (thrown) {
    throw await withWhatMoved(terraform, planFile, thrown);
  }
}

/** The refusal, with what has changed in the state: resource and attribute, before and after. */
async function withWhatMoved(terraform: Terraform, planFile: string, thrown: unknown): Promise<unknown> {
  try {
    const plan = JSON.parse((await showPlan(terraform, planFile)).toString("utf8")) as { prior_state?: unknown };
    const now = await ask(terraform, ["show", "-json"]);
    const moved = movedStates(plan.prior_state, JSON.parse(now.stdout.toString("utf8")));
    if (moved === "" || !(thrown instanceof AnycastError)) return thrown;
    const message = thrown.message.replace(
      " Nothing was applied.",
      () => ` What moved: ${moved}. Nothing was applied.`,
    );
    return new AnycastError(thrown.code, message, { cause: thrown, exitCode: thrown.exitCode });
  } catch {
    // The differences cannot be determined; the refusal stands without them.
    return thrown;
  }
}

function foundHere(options: ApplySavedOptions, configuration: string): Found {
  return {
    config: configDigest(configOf(options)),
    lockFile: sha256IfThere(join(configuration, LOCK_FILE)),
    gate: gateVersion(),
    cliConfig: providerSourcesDigest(options.env),
  };
}
