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

/** One stack on its way from the plan to the apply, with all that the steps need to know. */
export interface StackRun {
  readonly name: string;
  /** What the report and the receipt call it. @default its name */
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
  /** Somebody else initialises it, and looks after what killed runs have left. @default false */
  readonly isLookedAfter?: boolean;
  readonly check: Checker;
  readonly checkOptions: CheckOptions;
  /** A directory of the repository whose commit is checked. @default what the build server tells */
  readonly repository?: string;
  /** Signs receipts; undefined without a key. @throws AnycastError `KeyInvalid` */
  readonly signKey: () => KeyObject | undefined;
  readonly front: Front;
}

/** How what happens is shown: as events by the verbs of `anycast`, as terraform would by the wrapper. */
export interface Front {
  readonly emit: Emit;
  /** Tells an error besides the one that ends the step. */
  readonly tellError: (error: AnycastError) => void;
  /** Takes what terraform prints from now on. */
  readonly listen: (step: "plan" | "apply") => StepOutput;
}

export interface StepOutput {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Called once terraform has ended; twice does no harm. */
  readonly end: () => Said;
}

/** What terraform has said in words, whatever its exit code. */
export interface Said {
  /** An apply said that it is complete. */
  readonly isDone: boolean;
  readonly failed: boolean;
  /** Its errors as text. */
  readonly errors: string;
  /** What a plan announced; `none` when it announced nothing. @default its output is no stream that would tell */
  readonly changes?: ChangeCounts | "none";
  /** The planned actions. @default its output is no stream that would tell */
  readonly planned?: readonly PlannedChange[];
}

/** A planned action on one resource. */
export interface PlannedChange {
  readonly address: string;
  /** terraform's word: create, update, replace, delete, … */
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

export function tell({ name, front }: StackRun, level: "info" | "warning", message: string): void {
  front.emit({ type: "notice", level, message, stack: name });
}

/** @throws AnycastError `Interrupted` */
export function throwIfStopped({ terraform }: Pick<StackRun, "terraform">, doing: string): void {
  const { signal } = terraform.interruption;
  if (signal !== undefined) throw stopped("Interrupted", { signal, doing });
}
