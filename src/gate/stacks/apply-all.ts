import type { OrderedStack } from "../../terraform/project";
import { applyStack, readOutputs } from "./apply-stack";
import { compareWithReceipt, sha256Of } from "../receipt";
import { showPlan } from "../../terraform";
import { approve } from "./approval";
import { judge, planStack } from "./plan-stack";
import { DEFAULT_PARALLELISM } from "./plan-all";
import type { StackProgress } from "./results";
import { failed, unproven } from "./results";
import { proveStack } from "./prove-stack";
import { inOrder } from "./schedule";
import type { Session } from "./session";
import { terraformFor } from "./session";
import type { PlannedStack } from "./types";
import { changeWindow } from "./window";

/**
 * Applies in dependency order. A stack that had to wait, or was planned before its neighbours changed, is planned and
 * checked now. One that fails stops only what depends on it.
 */
export function applyAll(
  session: Session,
  stacks: readonly OrderedStack[],
  planned: ReadonlyMap<string, StackProgress>,
  onApplying: (stack: string, begins: boolean) => void,
): Promise<Map<string, StackProgress>> {
  const limit = session.options.parallelism ?? DEFAULT_PARALLELISM;
  return inOrder<OrderedStack, StackProgress>(stacks, limit, async (stack, before) => {
    const early = planned.get(stack.name)!;
    if (early.status === "failed" || early.status === "skipped") return early;
    if (before.some(({ status }) => status !== "done" && status !== "unchanged")) {
      return { ...early, status: "skipped", reason: "what it depends on is not done" };
    }
    if (session.options.interruption.signal !== undefined) {
      return { ...early, status: "skipped", reason: "the run was stopped" };
    }
    let plan = early.plan;
    let cutShort = false;
    try {
      if (plan === undefined || !plan.isFinal) {
        plan = await planStack(session, stack, true);
        if (plan.report.verdict !== "allowed") return { status: "denied", plan };
        if (!(await approve(session, [plan]))) return { status: "declined", plan };
      }
      if (plan.hasChanges) {
        plan = await judgeAgain(session, plan);
        if (plan.report.verdict !== "allowed") return { status: "denied", plan };
        session.options.receipts?.use(stack.name);
        onApplying(stack.name, true);
        await applyStack(session, plan, () => (cutShort = true));
        onApplying(stack.name, false);
        const against = await proveStack(session, plan);
        if (against !== undefined) return unproven(against, plan);
      }
    } catch (thrown) {
      if (cutShort && plan !== undefined) await tellUnproven(session, plan);
      return { ...failed(thrown, plan), ...(cutShort ? { cutShort } : {}) };
    }
    return finished(session, plan);
  });
}

/** What a failed apply has bound all the same may be wrong too: that is said in addition to why it failed. */
async function tellUnproven(session: Session, plan: PlannedStack): Promise<void> {
  const against = await proveStack(session, plan, false);
  if (against?.code !== "ProofBroken") return;
  const message = `${against.message} [${against.code}]`;
  session.options.emit({ type: "notice", level: "warning", message, stack: plan.stack.name });
}

/** A question may stand for hours: where there are change windows, the verdict must hold at the moment of the apply. */
async function judgeAgain(session: Session, plan: PlannedStack): Promise<PlannedStack> {
  if (changeWindow(session.options)?.open !== false) return plan;
  const json = await showPlan(terraformFor(session, plan.stack), plan.planFile);
  compareWithReceipt(plan.receipt, { json: sha256Of(json) });
  return { ...plan, report: await judge(session, plan.stack, plan.planFile, json) };
}

/** The work is done; outputs that cannot be read do not undo it, but they are said. */
async function finished(session: Session, plan: PlannedStack): Promise<StackProgress> {
  const status = plan.hasChanges ? "done" : "unchanged";
  if (session.options.operation === "destroy") return { status, plan };
  try {
    return { status, plan, outputs: await readOutputs(session, plan) };
  } catch (thrown) {
    return { ...failed(thrown, plan), status };
  }
}
