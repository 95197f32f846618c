import type { KeyObject } from "node:crypto";
import type { CheckReport, PlanReport } from "../../core/check-report";
import type { Emit } from "../../core/events";
import type { CheckOptions } from "../../check";
import type { Checker } from "../../check/checker";
import type { ConfigSource } from "../../check/config";
import type { OrderedStack, Selection } from "../../terraform/project";
import type { Receipt } from "../receipt";
import type { Interruption } from "../../terraform";
import type { PassedOptions } from "../../terraform/options";
import type { PlannedChange } from "../steps/stack-run";
import type { DemandedReceipts } from "./demanded-receipts";
import type { ApprovalWarning } from "./warnings";

export type Operation = "plan" | "deploy" | "destroy";

/** What is added, changed, removed and imported. */
export interface Changes {
  readonly add: number;
  readonly change: number;
  readonly remove: number;
  readonly import: number;
}

/** A stack with its plan, checked. */
export interface PlannedStack {
  readonly stack: OrderedStack;
  /** The saved plan, in a private directory. */
  readonly planFile: string;
  /** Where the configuration is when the run has ended, if the stack's directory is a private copy. @default it stays */
  readonly origin?: string;
  readonly changes: Changes;
  readonly planned: readonly PlannedChange[];
  /** There is something to apply, if only outputs. */
  readonly hasChanges: boolean;
  /** Outputs, which other stacks may read, will change. */
  readonly outputsChange: boolean;
  /** Nothing it was planned from is going to change before it is applied. */
  readonly isFinal: boolean;
  readonly report: CheckReport;
  /** What the user should know before approving. */
  readonly warnings: readonly ApprovalWarning[];
  /** What was checked, to the byte. */
  readonly receipt: Receipt;
}

export type StackStatus =
  /** Applied or destroyed. */
  | "done"
  /** Nothing to do. */
  | "unchanged"
  /** Planned and allowed; `plan` ends here. */
  | "planned"
  /** Cannot be planned until what it depends on is deployed. */
  | "waiting"
  /** Refused by policy. */
  | "denied"
  /** The approval was declined. */
  | "declined"
  /** Could not be planned, checked or applied. */
  | "failed"
  /** Allowed, but not applied because of another stack's verdict, failure or a signal. */
  | "skipped"
  /** terraform was stopped in the middle; its state holds what was done. */
  | "interrupted"
  /** Applied, but the bindings differ from what was proven, or could not be compared with it. */
  | "unproven";

export interface StackResult {
  readonly stack: string;
  readonly status: StackStatus;
  readonly changes?: Changes;
  /** The verdict on the plan that counted last. */
  readonly report?: PlanReport;
  readonly error?: { readonly code: string; readonly message: string };
  /** Why it was skipped. */
  readonly reason?: string;
  /** Its apply began and did not complete, so a part of it may be done. @default false */
  readonly cutShort?: boolean;
  /** Outputs by name; sensitive ones are left out. */
  readonly outputs?: Readonly<Record<string, unknown>>;
}

export interface DeployResult {
  readonly operation: Operation;
  readonly stacks: readonly StackResult[];
  /** All verdicts together; undefined when nothing could be checked. */
  readonly report: CheckReport | undefined;
  /** 0 done, 1 refused or declined, 2 could not. */
  readonly exitCode: 0 | 1 | 2;
}

/** What is shown before the approval. */
export interface ApprovalRequest {
  readonly operation: "deploy" | "destroy";
  readonly plans: readonly PlannedStack[];
  /** terraform's own text of a plan, with secrets masked. */
  readonly textOf: (plan: PlannedStack) => Promise<string>;
}

export interface DeployOptions {
  readonly operation: Operation;
  /** For `plan`: plan the destruction. @default false */
  readonly planDestroy?: boolean;
  /** The directory with cdktf.json. */
  readonly projectDirectory: string;
  readonly selection: Selection;
  readonly env: NodeJS.ProcessEnv;
  readonly emit: Emit;
  readonly check: Checker;
  /** Asks the user, or approves for --auto-approve. Not called when there is nothing to change. */
  readonly approve: (request: ApprovalRequest) => Promise<boolean>;
  readonly interruption: Interruption;
  /** Stacks worked on at the same time. @default 4 */
  readonly parallelism?: number;
  /** Options of terraform, paths absolute. @default none */
  readonly passed?: PassedOptions;
  /** When only a change window of anycast.yaml is missing, wait until one opens, then plan and check again. @default false */
  readonly waitForWindow?: boolean;
  /** Path of anycast.yaml, or what a commit holds. @default the project's file */
  readonly config?: ConfigSource;
  /** Options of the gate in addition to anycast.yaml; custom policies relative to the project. @default nothing */
  readonly gate?: Pick<CheckOptions, "live" | "liveEndpoint" | "policies" | "overview">;
  /** Receipts of an earlier check that every plan must equal. @default none are demanded */
  readonly receipts?: DemandedReceipts;
  /** Called first when every plan is allowed, with the plans and the names of stacks that wait for others. For `plan`. */
  readonly onAllowed?: (plans: readonly PlannedStack[], waiting: readonly string[]) => Promise<void>;
  /** Private key that signs receipts. @default the one in ANYCAST_RECEIPT_KEY, else none */
  readonly signKey?: KeyObject;
  /** Called with each stack's plan text, for `plan`. */
  readonly onPlan?: (plan: PlannedStack, text: string) => void;
}
