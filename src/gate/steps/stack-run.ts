import type { KeyObject } from "node:crypto";
import type { CheckReport } from "../../core/check-report";
import type { AnycastError } from "../../core/errors";
import type { Emit } from "../../core/events";
import { stopped } from "../../core/stopped";
import type { CheckOptions } from "../../check";
import type { Checker } from "../../check/checker";
import type { ChangeCounts, PlanChanges, Terraform } from "../../terraform";
import type { PassedOptions } from "../../terraform/options";
import type { RecordPlace } from "../recovery";
import type { Receipt } from "../receipt";

/** One stack on its way from the plan to the apply, with everything that the steps need. */
export interface StackRun {
  readonly name: string;
  /** Its name in the report and the receipt. @default `name` */
  readonly label?: string;
  readonly directory: string;
  /** Where the configuration is when the run has ended, if the directory is a private copy. @default it stays */
  readonly origin?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly terraform: Terraform;
  /** Where the record of its apply is kept. */
  readonly place: RecordPlace;
  readonly passed: PassedOptions;
  /** Terraform may ask for missing variables. @default false */
  readonly input?: boolean;
  readonly operation: "deploy" | "destroy";
  /** A plan may change no resource and only refresh the state. @default false */
  readonly mayOnlyRefresh?: boolean;
  /** The caller has initialised it, and repaired what killed runs have left. @default false */
  readonly isSettledElsewhere?: boolean;
  readonly check: Checker;
  readonly checkOptions: CheckOptions;
  /** A directory of the repository whose commit is checked. @default the commit is taken from the build server */
  readonly repository?: string;
  /** Signs receipts; undefined without a key. @throws AnycastError `KeyInvalid` */
  readonly signKey: () => KeyObject | undefined;
  readonly front: Front;
}

/** How a run is shown: the verbs of `anycast` emit events, the wrapper prints as terraform does. */
export interface Front {
  readonly emit: Emit;
  /** Reports an error in addition to the one that ends the step. */
  readonly reportError: (error: AnycastError) => void;
  /** Receives terraform's output from now on. */
  readonly listen: (step: "plan" | "apply") => StepOutput;
}

export interface StepOutput {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Called when terraform has ended; may be called twice. */
  readonly end: () => Said;
}

/** What terraform's output contains, independent of its exit code. */
export interface Said {
  /** The output has the message that the apply is complete. */
  readonly isDone: boolean;
  readonly failed: boolean;
  /** Its errors as text. */
  readonly errors: string;
  /** What a plan announced; `none` when it announced nothing. @default its output is no stream */
  readonly changes?: ChangeCounts | "none";
  /** The planned actions. @default its output is no stream */
  readonly planned?: readonly PlannedChange[];
}

/** A planned action on one resource. */
export interface PlannedChange {
  readonly address: string;
  /** Terraform's name of the action: create, update, replace, delete, … */
  readonly action: string;
}

/** A plan, and the verdict on it. */
export interface CheckedPlan {
  readonly planFile: string;
  /** What `terraform show -json` printed of it. */
  readonly json: Buffer;
  readonly changes: PlanChanges;
  readonly planned: readonly PlannedChange[];
  readonly report: CheckReport;
  /** What was checked, to the byte. */
  readonly receipt: Receipt;
}

export function notify({ name, front }: StackRun, level: "info" | "warning", message: string): void {
  front.emit({ type: "notice", level, message, stack: name });
}

/** @throws AnycastError `Interrupted` */
export function throwIfStopped({ terraform }: Pick<StackRun, "terraform">, doing: string): void {
  const { signal } = terraform.interruption;
  if (signal !== undefined) throw stopped("Interrupted", { signal, doing });
}
