import type { Changes, DeployResult, StackResult, StackStatus } from "../gate/stacks";

const WORDS: Readonly<Record<StackStatus, string>> = {
  done: "done",
  unchanged: "nothing to do",
  planned: "planned",
  waiting: "planned once what it depends on is deployed",
  denied: "REFUSED by policy",
  declined: "declined",
  failed: "FAILED",
  skipped: "not done",
  interrupted: "STOPPED in the middle",
  unproven: "applied, NOT AS PROVEN",
};

/** The summary of a run: one line per stack, then errors, outputs and one sentence. */
export function summaryOf(result: DeployResult): string {
  const width = Math.max(...result.stacks.map(({ stack }) => stack.length), 5);
  const lines = result.stacks.map((stack) => `  ${stack.stack.padEnd(width)}  ${lineOf(stack, result)}`);
  return [...lines, ...errorsOf(result), ...outputsOf(result), "", sentenceOf(result), ""].join("\n");
}

function lineOf({ status, changes, reason, report }: StackResult, { operation }: DeployResult): string {
  const word = status === "denied" && report?.verdict === "error" ? "NOT CHECKED" : WORDS[status];
  const done = status === "done" && operation === "destroy" ? "destroyed" : word;
  const shown = changes === undefined || status === "unchanged" ? "" : `  ${changesText(changes)}`;
  return `${done}${reason === undefined ? "" : `: ${reason}`}${shown}`;
}

export function changesText(changes: Changes): string {
  const parts = [
    `${changes.add} to add`,
    `${changes.change} to change`,
    `${changes.remove} to destroy`,
    ...(changes.import === 0 ? [] : [`${changes.import} to import`]),
  ];
  return `(plan: ${parts.join(", ")})`;
}

function errorsOf({ stacks }: DeployResult): string[] {
  return stacks.flatMap(({ stack, error }) =>
    error === undefined ? [] : ["", `${stack}: ${error.message} [${error.code}]`],
  );
}

function outputsOf({ stacks, operation }: DeployResult): string[] {
  if (operation !== "deploy") return [];
  const shown = stacks.filter(({ outputs }) => outputs !== undefined && Object.keys(outputs).length > 0);
  if (shown.length === 0) return [];
  return [
    "",
    "Outputs",
    ...shown.flatMap(({ stack, outputs }) =>
      Object.entries(outputs!).map(([name, value]) => `  ${stack}.${name} = ${JSON.stringify(value)}`),
    ),
  ];
}

/** Refused only because the plan differs from its receipt's. */
function isHeldByReceipt(stacks: readonly StackResult[]): boolean {
  const blocking = stacks.flatMap(({ report }) =>
    (report?.findings ?? []).filter(({ level, waived }) => level === "deny" && !waived),
  );
  return blocking.length > 0 && blocking.every(({ rule }) => rule === "deploy/receipt");
}

/** What a failed run has changed in the cloud. */
function didText(stacks: readonly StackResult[], verb: string): string {
  const done = stacks.filter(({ status }) => status === "done" || status === "unproven").length;
  const cut = stacks.filter(({ cutShort }) => cutShort === true).map(({ stack }) => stack);
  const parts = [
    ...(done === 0 ? [] : [`${done} of ${stacks.length} stacks were ${verb}.`]),
    ...(cut.length === 0 ? [] : [`The apply of ${cut.join(", ")} did not come to its end.`]),
  ];
  return parts.length === 0 ? "Nothing was applied." : parts.join(" ");
}

/** One sentence that gives the result and, where something is left to do, the next step. */
function sentenceOf({ operation, stacks, exitCode }: DeployResult): string {
  const count = (...wanted: StackStatus[]): number => stacks.filter(({ status }) => wanted.includes(status)).length;
  const stopped = stacks.some(({ status, reason }) => status === "interrupted" || reason === "the run was stopped");
  if (exitCode === 0 && operation === "plan") {
    const waiting = count("waiting");
    return waiting === 0
      ? "Every plan is allowed. Nothing was applied."
      : `Every plan there can be is allowed; ${waiting} more will be checked when deployed. Nothing was applied.`;
  }
  const verb = operation === "destroy" ? "destroyed" : "deployed";
  if (exitCode === 0)
    return `${stacks.length === 1 ? "The stack is" : `All ${stacks.length} stacks are`} ${verb} as checked.`;
  const did = didText(stacks, verb);
  if (stopped) return `${did} The run was stopped; run the same command again, its plan shows what is left.`;
  if (count("unproven") > 0) return `${did} What is bound is not what was proven: act on the error above at once.`;
  if (stacks.some(({ error }) => error?.code === "PlanStale"))
    return `${did} Plan and check again, as the error above says.`;
  if (isHeldByReceipt(stacks)) return `${did} Plan and check again, and demand the new receipts.`;
  if (count("denied") > 0) return `${did} Correct what the policy refuses and run the same command again.`;
  if (count("declined") > 0) return did;
  return `${did} Correct the errors above and run the same command again.`;
}
