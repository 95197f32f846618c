import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FakeGithub } from "../github";
import type { Contexts } from "./expressions";
import { evaluate, fillIn, fillInAll } from "./expressions";
import type { JobEnd } from "./job";
import { runJob } from "./job";
import type { Hosting } from "./machine";
import { Machine } from "./machine";
import type { Job, Workflow } from "./model";
import { calledBy, callOf, isStartedBy, workflowIn } from "./model";
import type { Permissions } from "./permissions";
import { permissionsOf, refuseExcess } from "./permissions";

/** What GitHub knows when something happens. */
export interface Happening {
  readonly name: "pull_request" | "push" | "schedule" | "workflow_dispatch";
  readonly payload?: object;
  readonly sha: string;
  readonly ref?: string;
  readonly baseRef?: string;
}

export interface Host {
  readonly repository: string;
  readonly modules: string;
  readonly env: NodeJS.ProcessEnv;
  readonly github: FakeGithub;
  readonly secrets: Readonly<Record<string, string>>;
  /** What the people say who are asked for an environment. @default they approve */
  readonly approve?: (environment: string) => boolean | Promise<boolean>;
}

/** How the jobs ended, by their names as GitHub shows them: `anycast / check`. */
export type Jobs = Readonly<Record<string, JobEnd>>;

interface Called {
  readonly workflow: Workflow;
  readonly prefix: string;
  readonly contexts: Contexts;
  readonly allowed: Permissions;
}

const SKIPPED: JobEnd = { result: "skipped", log: "", summary: "", outputs: {} };

/** Runs a workflow of a user's repository, and what it calls, as GitHub would when something happens. */
export async function runWorkflow(text: string, happening: Happening, host: Host): Promise<Jobs> {
  const workflow = workflowIn(text);
  if (!isStartedBy(workflow, happening.name)) return {};
  const allowed = workflow.permissions ?? { contents: "read" };
  refuseExcess(workflow, allowed);
  const artifacts = realpathSync(mkdtempSync(join(tmpdir(), "anycast-artifacts-")));
  const hosting: Hosting = { ...host, artifacts };
  const ref = happening.ref ?? "refs/heads/main";
  const github = {
    event_name: happening.name,
    event: happening.payload ?? {},
    repository: "acme/infra",
    ref,
    ref_name: ref.replace(/^refs\/(heads|tags)\//, ""),
    sha: happening.sha,
    workflow: "anycast",
    base_ref: happening.baseRef ?? "",
  };
  const jobs: Record<string, JobEnd> = {};
  try {
    const contexts = { github, inputs: {}, secrets: host.secrets, vars: {} };
    await runJobs({ workflow, prefix: "", contexts, allowed }, { happening, host, hosting, jobs });
    return jobs;
  } finally {
    rmSync(artifacts, { recursive: true, force: true });
  }
}

interface Run {
  readonly happening: Happening;
  readonly host: Host;
  readonly hosting: Hosting;
  readonly jobs: Record<string, JobEnd>;
}

async function runJobs(called: Called, run: Run): Promise<Record<string, JobEnd>> {
  const ended: Record<string, JobEnd> = {};
  const left = new Map(Object.entries(called.workflow.jobs));
  while (left.size > 0) {
    const next = [...left].find(([, job]) => needsOf(job).every((name) => ended[name] !== undefined));
    if (next === undefined) throw new Error(`Jobs wait for each other: ${[...left.keys()].join(", ")}`);
    const [name, job] = next;
    left.delete(name);
    ended[name] = await runOneJob(name, job, called, run, ended);
    if (job.uses === undefined) run.jobs[called.prefix + name] = ended[name];
  }
  return ended;
}

async function runOneJob(
  name: string,
  job: Job,
  called: Called,
  run: Run,
  ended: Readonly<Record<string, JobEnd>>,
): Promise<JobEnd> {
  const needs = Object.fromEntries(needsOf(job).map((one) => [one, ended[one]!]));
  const contexts: Contexts = { ...called.contexts, needs };
  const results = Object.values(needs).map(({ result }) => result);
  const status = {
    success: () => results.every((result) => result === "success"),
    failure: () => results.includes("failure"),
    always: () => true,
    cancelled: () => false,
  };
  const condition = (job.if ?? "success()").replace(/^\$\{\{(.*)\}\}$/s, "$1");
  const wanted = /\b(success|failure|always|cancelled)\(/.test(condition) ? condition : `success() && (${condition})`;
  if (!evaluate(wanted, contexts, status)) return SKIPPED;
  const permissions = permissionsOf(job, called.workflow, called.allowed);
  if (job.uses !== undefined) return callWorkflow(name, job, { ...called, contexts, allowed: permissions }, run);
  const environment = String(fillIn(job.environment ?? "", contexts));
  if (environment !== "" && (await run.host.approve?.(environment)) === false) {
    return { ...SKIPPED, result: "failure", log: "The deployment was rejected.\n" };
  }
  const token = run.host.github.tokenFor(permissions);
  const machine = new Machine(run.hosting);
  try {
    return await runJob(job, {
      machine,
      contexts: { ...contexts, github: { ...(contexts.github as object), token } },
      token,
      sha: run.happening.sha,
      event: run.happening.payload ?? {},
      env: {
        ...run.host.env,
        GITHUB_ACTIONS: "true",
        GITHUB_API_URL: run.host.github.url,
        GITHUB_BASE_REF: run.happening.baseRef ?? "",
        GITHUB_REPOSITORY: "acme/infra",
        GITHUB_RUN_ID: "42",
        GITHUB_SHA: run.happening.sha,
        TEST_MAY_READ_ACTIONS: permissions.actions === undefined ? "no" : "yes",
        CI: "true",
      },
    });
  } finally {
    rmSync(machine.root, { recursive: true, force: true });
  }
}

async function callWorkflow(name: string, job: Job, caller: Called, run: Run): Promise<JobEnd> {
  const workflow = calledBy(job);
  const call = callOf(workflow);
  const given = Object.fromEntries(
    Object.entries(job.with ?? {}).map(([key, value]) => [key, fillIn(value, caller.contexts)]),
  );
  const secrets = fillInAll(job.secrets, caller.contexts);
  refuseUnknown("input", given, call.inputs ?? {});
  refuseUnknown("secret", secrets, call.secrets ?? {});
  const inputs = Object.fromEntries(
    Object.entries(call.inputs ?? {}).map(([key, { default: value }]) => [key, given[key] ?? value ?? ""]),
  );
  const contexts = { ...caller.contexts, inputs, secrets };
  const prefix = `${caller.prefix}${name} / `;
  const ended = await runJobs({ workflow, prefix, contexts, allowed: caller.allowed }, run);
  const values = Object.entries(call.outputs ?? {}).map(([key, { value }]) => [key, value] as const);
  const results = Object.values(ended).map(({ result }) => result);
  return {
    ...SKIPPED,
    result: results.includes("failure") ? "failure" : "success",
    outputs: fillInAll(Object.fromEntries(values), { ...contexts, jobs: ended }),
  };
}

/** GitHub starts no call that gives what is not declared, or lacks what is required. */
function refuseUnknown(
  what: string,
  given: Readonly<Record<string, unknown>>,
  declared: Readonly<Record<string, { required?: boolean } | null>>,
): void {
  const unknown = Object.keys(given).find((name) => !(name in declared));
  if (unknown !== undefined) throw new Error(`Invalid ${what}, ${unknown} is not defined in the referenced workflow.`);
  const missing = Object.keys(declared).find((name) => declared[name]?.required === true && !(name in given));
  if (missing !== undefined) throw new Error(`${what} ${missing} is required, but not provided while calling.`);
}

const needsOf = ({ needs = [] }: Job): readonly string[] => (typeof needs === "string" ? [needs] : needs);
