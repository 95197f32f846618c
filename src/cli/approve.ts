import { AnycastError } from "../core/errors";
import type { ApprovalRequest } from "../pipeline/deploy";
import { readAnswer } from "../pipeline/stand-in";
import type { Interruption } from "../pipeline/terraform";
import type { CliIo } from "./io";
import type { Progress } from "./progress";

/** Who approves: a person at the terminal, or the option. */
export type Approve = (request: ApprovalRequest) => Promise<boolean>;

/**
 * @throws AnycastError `ApprovalNotPossible` when nobody is there to ask; before anything is done
 */
export function approvalFor(io: CliIo, autoApprove: boolean, progress: Progress, interruption: Interruption): Approve {
  if (autoApprove) return () => Promise.resolve(true);
  if (!io.interactive) {
    throw new AnycastError(
      "ApprovalNotPossible",
      "Expected a terminal to ask for approval at, but there is none (or CI is set). Fix: run it in a terminal, or approve beforehand with --auto-approve.",
    );
  }
  return async (request) => {
    progress.pause();
    for (const plan of request.plans) io.stderr.write(`\n${plan.stack.name}\n${await request.textOf(plan)}\n`);
    io.stderr.write(`\n${question(request)}\n  Only 'yes' is taken for a yes: `);
    const answer = await readAnswer(io.stdin, interruption, true);
    if (answer !== "yes") io.stderr.write("\nNothing is applied.\n");
    return answer === "yes";
  };
}

function question({ operation, plans }: ApprovalRequest): string {
  const names = plans.map((plan) => plan.stack.name).join(", ");
  return operation === "destroy"
    ? `The plans above were checked. Destroy what they show in ${names}? There is no undo.`
    : `The plans above were checked. Apply exactly these to ${names}?`;
}
