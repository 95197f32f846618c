import { availableParallelism } from "node:os";
import type { OrderedStack } from "../../terraform/project";
import { planStack } from "./plan-stack";
import type { StackProgress } from "./results";
import { failed } from "./results";
import { inOrder } from "./schedule";
import type { Session } from "./session";
import { destroys } from "./session";

/** Stacks worked on at the same time by default: each has a terraform and a provider of its own. */
export const DEFAULT_PARALLELISM = availableParallelism();

/**
 * Plans and checks every stack that can be planned before anything is applied. A stack that reads outputs which are
 * about to change has to wait. One whose dependencies have other changes is planned for an early verdict, and again later.
 */
export function planAll(session: Session, stacks: readonly OrderedStack[]): Promise<Map<string, StackProgress>> {
  const limit = session.options.parallelism ?? DEFAULT_PARALLELISM;
  return inOrder<OrderedStack, StackProgress>(stacks, limit, async (stack, before) => {
    if (destroys(session.options)) return planOne(session, stack, true);
    const broken = before.find(({ status }) => status === "failed" || status === "skipped");
    if (broken !== undefined) return { status: "skipped", reason: "what it depends on cannot be planned" };
    if (before.some(({ plan }) => plan === undefined || plan.outputsChange)) return { status: "waiting" };
    return planOne(
      session,
      stack,
      before.every(({ plan }) => plan!.isFinal && !plan!.hasChanges),
    );
  });
}

async function planOne(session: Session, stack: OrderedStack, isFinal: boolean): Promise<StackProgress> {
  try {
    const plan = await planStack(session, stack, isFinal);
    if (plan.report.verdict !== "allowed") return { status: "denied", plan };
    return { status: "planned", plan };
  } catch (thrown) {
    // What it needs may still have to be created: it is then planned again later, and that plan counts.
    return isFinal ? failed(thrown) : { status: "waiting" };
  }
}
