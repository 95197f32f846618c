import type { Approval } from "../steps";
import { approve } from "../steps";
import { planText } from "./plan-stack";
import type { Session } from "./session";
import type { PlannedStack } from "./types";
import { interruptionsIn } from "./warnings";
import { changeWindow } from "./window";

/** Asks for approval of the plans that change something; without changes nothing is asked. */
export function approvePlans(session: Session, plans: readonly PlannedStack[]): Promise<Approval> {
  const changing = plans.filter(({ hasChanges }) => hasChanges);
  const operation = session.options.operation === "destroy" ? "destroy" : "deploy";
  return approve(changing.length > 0, session.options.interruption, () =>
    session.askTurn(() => {
      reportWarnings(session, changing);
      return session.options.approve({ operation, plans: changing, textOf: (plan) => planText(session, plan) });
    }),
  );
}

/** Reports what is about to be interrupted, also without a question and outside of windows. */
function reportWarnings({ options }: Session, plans: readonly PlannedStack[]): void {
  for (const { stack, warnings } of plans) {
    for (const { text } of warnings) {
      options.emit({ type: "notice", level: "warning", message: text, stack: stack.name });
    }
  }
  const count = interruptionsIn(plans);
  if (count === 0) return;
  const window = changeWindow(options);
  const when =
    window === undefined
      ? "anycast.yaml sets no change window"
      : `the change window is ${window.open ? "open" : `closed until ${window.next}`}`;
  const what = count === 1 ? "1 change interrupts" : `${count} changes interrupt`;
  options.emit({ type: "notice", level: "warning", message: `${what} the service; ${when}.` });
}
