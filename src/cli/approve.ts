import { AnycastError } from "../core/errors";
import type { Emit } from "../core/events";
import { asStep } from "../core/events";
import type { ApprovalRequest, ApprovalWarning } from "../gate/stacks";
import { mergeReports } from "../gate/stacks";
import { readAnswer } from "../gate/wrapper";
import type { Interruption } from "../terraform";
import type { CliIo } from "./io";
import { textOf } from "./report-text";
import type { Progress } from "./progress";

/** Asks for approval, at the terminal or by the option. */
export type Approve = (request: ApprovalRequest) => Promise<boolean>;

export interface ApprovalOptions {
  readonly io: CliIo;
  readonly autoApprove: boolean;
  readonly progress: Progress;
  readonly interruption: Interruption;
  readonly emit: Emit;
}

/**
 * @throws AnycastError `ApprovalNotPossible` when there is no terminal to ask on; before anything is done
 */
export function approvalFor(options: ApprovalOptions): Approve {
  if (options.autoApprove) return () => Promise.resolve(true);
  if (!options.io.interactive) {
    throw new AnycastError(
      "ApprovalNotPossible",
      "Approval needs a terminal, and there is none (or CI is set). Fix: run it in a terminal, or approve beforehand with --auto-approve.",
    );
  }
  return (request) => {
    const stack = request.plans.length === 1 ? request.plans[0]!.stack.name : undefined;
    return asStep(options.emit, "wait for approval", () => ask(request, options), stack);
  };
}

async function ask(request: ApprovalRequest, { io, progress, interruption }: ApprovalOptions): Promise<boolean> {
  // Other stacks may continue in the meantime: their lines must not be drawn over the question.
  progress.pause();
  try {
    for (const plan of request.plans) io.stderr.write(`\n${plan.stack.name}\n${await request.textOf(plan)}\n`);
    // Verdict, findings, waivers and proofs: the answer depends on them.
    const report = mergeReports(request.plans.map((plan) => plan.report));
    if (report !== undefined) io.stderr.write(`\n${textOf(report, { color: io.color.stderr, width: io.width })}`);
    // Shown before, but the plan is long, and the question is about this.
    for (const { text } of interruptions(request)) io.stderr.write(`\nWarning: ${text}\n`);
    io.stderr.write(`\n${question(request)}\n  Only 'yes' will be accepted to approve: `);
    const answer = await readAnswer(io.stdin, interruption, true);
    if (answer !== "yes") io.stderr.write("\nNothing is applied.\n");
    return answer === "yes";
  } finally {
    progress.resume();
  }
}

function interruptions({ plans }: ApprovalRequest): readonly ApprovalWarning[] {
  return plans.flatMap(({ warnings }) => warnings).filter(({ interrupts }) => interrupts);
}

function question(request: ApprovalRequest): string {
  const { operation, plans } = request;
  const names = plans.map((plan) => plan.stack.name).join(", ");
  const price = interruptions(request).length === 0 ? "" : " The service is interrupted, as the warnings above say.";
  return operation === "destroy"
    ? `The plans above were checked.${price} Destroy what they show in ${names}? There is no undo.`
    : `The plans above were checked.${price} Apply exactly these to ${names}?`;
}
