import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly "working-directory"?: string;
}

export interface Job {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
}

interface Call {
  readonly inputs?: Readonly<Record<string, { default?: unknown; required?: boolean; type?: string }>>;
  readonly secrets?: Readonly<Record<string, { required?: boolean } | null>>;
  readonly outputs?: Readonly<Record<string, { value: string }>>;
}

export interface Workflow {
  readonly on: string | Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const REPOSITORY = join(__dirname, "../../../..");
/** What a caller writes in front of the path, and what a workflow of this repository writes. */
const OURS = /^(?:OWNER\/cdktf-alicloud-anycast\/|\$\/)(\.github\/workflows\/[\w-]+\.yml)(?:@SHA)?$/;

export const workflowIn = (text: string): Workflow => parse(text) as Workflow;

/** The reusable workflow of this repository that a job calls. */
export function calledBy(job: Job): Workflow {
  const path = OURS.exec(job.uses ?? "")?.[1];
  if (path === undefined) throw new Error(`Not a workflow of this repository: ${String(job.uses)}`);
  return workflowIn(readFileSync(join(REPOSITORY, path), "utf8"));
}

export const callOf = ({ on }: Workflow): Call =>
  (typeof on === "string" ? undefined : (on.workflow_call as Call | undefined)) ?? {};

/** Whether an event starts a workflow. */
export const isStartedBy = ({ on }: Workflow, event: string): boolean =>
  on === event || Object.hasOwn(Object(on), event);
