import { sha256 } from "../../core/digest";
import type { OrderedStack } from "../../terraform/project";
import { compareWithReceipt } from "../receipt";
import { applyAndProve } from "../steps";
import { verdictOn } from "../steps/check";
import { show } from "../steps/show";
import type { StackRun } from "../steps/stack-run";
import { approvePlans } from "./approval";
import { readOutputs } from "./outputs";
import { DEFAULT_PARALLELISM } from "./plan-all";
import { planStack } from "./plan-stack";
import type { StackProgress } from "./results";
import { failed, unproven } from "./results";
import { inOrder } from "./schedule";
import type { Session } from "./session";
import { stackRun } from "./stack-run";
import type { PlannedStack } from "./types";
import { changeWindow } from "./window";

/**
 * Applies in dependency order. A stack that had to wait, or was planned before the stacks it depends on changed, is
 * planned and checked now. A stack that fails stops only those that depend on it.
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
        const approval = await approvePlans(session, [plan]);
        if (approval === "stopped") return { status: "skipped", plan, reason: "the run was stopped" };
        if (approval === "declined") return { status: "declined", plan };
      }
      if (plan.hasChanges) {
        const run = stackRun(session, stack, { origin: plan.origin, changes: plan.changes });
        plan = await checkAgain(session, run, plan);
        if (plan.report.verdict !== "allowed") return { status: "denied", plan };
        session.options.receipts?.use(stack.name);
        onApplying(stack.name, true);
        const against = await applyAndProve(run, plan, () => (cutShort = true));
        onApplying(stack.name, false);
        if (against !== undefined) return unproven(against, plan);
      }
    } catch (thrown) {
      return { ...failed(thrown, plan), ...(cutShort ? { cutShort } : {}) };
    }
    return finished(session, plan);
  });
}

/** The answer may take hours: where there are change windows, the verdict must hold at the time of the apply. */
async function checkAgain(session: Session, run: StackRun, plan: PlannedStack): Promise<PlannedStack> {
  if (changeWindow(session.options)?.open !== false) return plan;
  const { json } = await show(run, plan.planFile);
  compareWithReceipt(plan.receipt, { json: sha256(json) });
  return { ...plan, report: await verdictOn(run, plan.planFile, json) };
}

/** The result of a completed apply; outputs that cannot be read are reported, and the stack is still done. */
async function finished(session: Session, plan: PlannedStack): Promise<StackProgress> {
  const status = plan.hasChanges ? "done" : "unchanged";
  if (session.options.operation === "destroy") return { status, plan };
  try {
    return { status, plan, outputs: await readOutputs(session, plan) };
  } catch (thrown) {
    return { ...failed(thrown, plan), status };
  }
}
