import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../../src/core/process";
import { outputsIn, runStep } from "../runner";
import type { Contexts } from "./expressions";
import { evaluate, fillIn, fillInAll } from "./expressions";
import type { Machine } from "./machine";
import type { Job, Step } from "./model";

export interface JobEnd {
  readonly result: "success" | "failure" | "skipped";
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

export interface JobScene {
  readonly machine: Machine;
  /** `github`, `inputs`, `needs`, `secrets` */
  readonly contexts: Contexts;
  readonly env: NodeJS.ProcessEnv;
  readonly token: string;
  readonly sha: string;
  readonly event: object;
}

interface StepResult {
  readonly code: number | null;
  readonly log?: string;
  readonly summary?: string;
  readonly outputs?: Readonly<Record<string, string>>;
}

/** Nothing to do for them: node and terraform are on this machine. */
const THERE = /^(actions\/setup-(node|go)|hashicorp\/setup-terraform|opentofu\/setup-opentofu)@/;
const OUR_ACTION =
  /^(\$\/action|OWNER\/cdktf-alicloud-anycast\/action@SHA|\.\/node_modules\/cdktf-alicloud-anycast\/action)$/;

/** Runs the steps of a job one after the other, as GitHub's runner does. */
export async function runJob(job: Job, scene: JobScene): Promise<JobEnd> {
  const steps: Record<string, { outputs: Readonly<Record<string, string>>; outcome: string }> = {};
  const env = fillInAll(job.env, scene.contexts);
  const contexts = (): Contexts => ({
    ...scene.contexts,
    steps,
    env,
    runner: { temp: scene.machine.root, os: "Linux" },
  });
  let failed = false;
  let log = "";
  let summary = "";
  for (const step of job.steps ?? []) {
    const status = {
      success: () => !failed,
      failure: () => failed,
      always: () => true,
      cancelled: () => false,
    };
    const condition = (step.if ?? "success()").replace(/^\$\{\{(.*)\}\}$/s, "$1");
    const wanted = /\b(success|failure|always|cancelled)\(/.test(condition) ? condition : `success() && (${condition})`;
    if (!evaluate(wanted, contexts(), status)) {
      if (step.id !== undefined) steps[step.id] = { outputs: {}, outcome: "skipped" };
      continue;
    }
    const result = await runOne(step, contexts(), env, scene);
    log += result.log ?? "";
    summary += result.summary ?? "";
    if (result.code !== 0) failed = true;
    if (step.id !== undefined) {
      steps[step.id] = { outputs: result.outputs ?? {}, outcome: result.code === 0 ? "success" : "failure" };
    }
  }
  return { result: failed ? "failure" : "success", log, summary, outputs: fillInAll(job.outputs, contexts()) };
}

async function runOne(step: Step, contexts: Contexts, jobEnv: NodeJS.ProcessEnv, scene: JobScene): Promise<StepResult> {
  const inputs = fillInAll(step.with, contexts);
  const env = { ...scene.env, ...scene.machine.env, ...jobEnv, ...fillInAll(step.env, contexts) };
  const { uses } = step;
  try {
    if (uses === undefined) return await runScript(step, contexts, env, scene);
    if (THERE.test(uses)) return { code: 0 };
    if (uses.startsWith("actions/checkout@")) {
      await scene.machine.checkOut(inputs.ref ?? scene.sha, inputs["fetch-depth"] ?? "1");
      return { code: 0 };
    }
    if (uses.startsWith("actions/upload-artifact@")) {
      scene.machine.upload(inputs);
      return { code: 0 };
    }
  } catch (thrown) {
    return { code: 1, log: `${String(thrown)}\n` };
  }
  if (!OUR_ACTION.test(uses)) throw new Error(`The runner does not know the action ${uses}`);
  return runStep({
    workspace: scene.machine.workspace,
    with: { token: scene.token, ...inputs },
    env,
    event: scene.event,
  });
}

async function runScript(step: Step, contexts: Contexts, env: NodeJS.ProcessEnv, scene: JobScene): Promise<StepResult> {
  const { machine } = scene;
  const [script, outputs, summary] = ["script.sh", "outputs", "summary.md"].map((name) => join(machine.root, name)) as [
    string,
    string,
    string,
  ];
  for (const path of [outputs, summary]) writeFileSync(path, "");
  writeFileSync(script, String(fillIn(step.run, contexts)));
  const ended = await run("bash", ["-e", script], {
    cwd: join(machine.workspace, String(fillIn(step["working-directory"] ?? ".", contexts))),
    env: { ...env, GITHUB_OUTPUT: outputs, GITHUB_STEP_SUMMARY: summary },
  });
  return {
    code: ended.exitCode,
    log: ended.stdout.toString("utf8") + ended.stderr.toString("utf8"),
    outputs: outputsIn(readFileSync(outputs, "utf8")),
    summary: readFileSync(summary, "utf8"),
  };
}
