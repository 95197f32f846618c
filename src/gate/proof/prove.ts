import type { CheckReport } from "../../core/check-report";
import { AnycastError, messageOf } from "../../core/errors";
import { shellWord } from "../../core/shell-word";
import type { Terraform } from "../../terraform";
import { ask } from "../../terraform";
import { pullState } from "../../terraform/state-version";
import type { BindingProof } from "./compare";
import { compareWithState, MISSING } from "./compare";
import { excusedBindings, provenBindings } from "./proven";
import type { StateObject } from "../../terraform/state/state-objects";
import { objectsOfShown, objectsOfState } from "../../terraform/state/state-objects";

/** What the comparison after an apply has found; kept in the receipt. */
export interface Proof {
  /** ISO time of the comparison. */
  readonly time: string;
  readonly result: "HELD" | "BROKEN" | "NOT_MADE";
  readonly bindings: readonly BindingProof[];
}

export interface Applied {
  readonly stack: string;
  /** The verdict on the plan that was applied. */
  readonly report: CheckReport;
  /** Where the configuration is when the run has ended. */
  readonly directory: string;
  /** The apply is complete. */
  readonly isWhole: boolean;
  /** The plan changes no resource, as one that only refreshes, and need not show the bindings that are there. @default false */
  readonly isRefresh?: boolean;
}

/**
 * Compares the bindings in the state after an apply with those that the check has proven.
 * @returns the proof, and the error when they differ
 */
export async function proveApplied(
  terraform: Terraform,
  applied: Applied,
): Promise<{ readonly proof: Proof; readonly against: AnycastError | undefined }> {
  const time = new Date().toISOString();
  const proven = provenBindings(applied.report);
  try {
    const state = await objectsOf(terraform);
    const compared = compareWithState(proven, excusedBindings(applied.report), state, applied.isWhole);
    // A plan that shows one binding shows all of them.
    const showsNone = applied.isRefresh === true && applied.report.plans.every((plan) => plan.bindings === 0);
    const bindings = showsNone ? [] : compared;
    const broken = bindings.filter((one) => one.broken !== undefined);
    const result = broken.length === 0 ? "HELD" : "BROKEN";
    const against = broken.length === 0 ? undefined : proofBroken(terraform, applied, broken);
    return { proof: { time, result, bindings }, against };
  } catch (cause) {
    return { proof: { time, result: "NOT_MADE", bindings: [] }, against: proofNotMade(terraform, applied, cause) };
  }
}

async function objectsOf(terraform: Terraform): Promise<readonly StateObject[]> {
  const inTheClear = objectsOfState(await pullState(terraform));
  if (inTheClear !== undefined) return inTheClear;
  const shown = await ask(terraform, ["show", "-json"], { afterSignal: true });
  const objects = shown.exitCode === 0 ? objectsOfShown(shown.stdout.toString("utf8")) : undefined;
  if (objects === undefined) throw new Error("the state cannot be read");
  return objects;
}

/** Bindings named one by one in a message. */
const MOST = 10;

function proofBroken(terraform: Terraform, applied: Applied, broken: readonly BindingProof[]): AnycastError {
  const { stack, directory } = applied;
  const differences = differencesIn(broken);
  const made = broken.filter((one) => one.broken !== MISSING);
  if (made.length === 0) {
    return new AnycastError(
      "ProofBroken",
      `The apply of ${stack} did not bind what the check has proven. ${differences}. The apply itself is done. ` +
        "Fix: find out what has removed it from the state, and run the same command again, which makes it once more.",
      { exitCode: 1 },
    );
  }
  const targets = made.map(({ address }) => `-target=${shellWord(address)}`).join(" ");
  const program = shellWord(terraform.binary);
  return new AnycastError(
    "ProofBroken",
    `The apply of ${stack} did not bind what the check has proven. ${differences}. The apply itself is done. ` +
      `Fix: undo it with \`cd ${shellWord(directory)} && ${program} init -input=false && ${program} destroy ${targets}\` and the variables of the run, outside of the gate; then correct the configuration, and report this: the gate was wrong, or somebody has changed the state meanwhile.`,
    { exitCode: 1 },
  );
}

function differencesIn(broken: readonly BindingProof[]): string {
  const sentences = broken.slice(0, MOST).map(({ address, proven, broken: what }) => {
    const should = proven.length === 0 ? "" : `; proven was ${proven.join(" or ")}`;
    return `${address}: ${what}${should}`;
  });
  const more = broken.length > MOST ? ` and ${broken.length - MOST} more` : "";
  return `${sentences.join(". ")}${more}`;
}

function proofNotMade(terraform: Terraform, { stack, directory }: Applied, cause: unknown): AnycastError {
  const program = shellWord(terraform.binary);
  return new AnycastError(
    "ProofNotMade",
    `The apply of ${stack} is done, but the state could not be compared with what was proven: ${messageOf(cause)} Fix: look at the bindings with \`cd ${shellWord(directory)} && ${program} state pull\`, and run the same command again.`,
    { cause },
  );
}
