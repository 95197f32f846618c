import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startSandbox } from "alicloud-sandbox";
import { checkPlans } from "../../src/check";
import type { PlanReport } from "../../src/core/check-report";
import { terraformBinary } from "../../src/core/terraform-binary";
import { type Outcome, outcomeIn, type Planned, type State } from "./outcome";
import type { Trial } from "./trial-type";
import { type Form, writeElsewhere, writeTrials } from "./write";

const run = promisify(execFile);

/** Plans trials with real terraform, checks the saved plan and its JSON, and applies it all the same. */
export async function runTrials(trials: readonly Trial[], form: Form): Promise<Outcome[]> {
  const directory = mkdtempSync(join(tmpdir(), "anycast-trials-"));
  const many = 100_000;
  const sandbox = await startSandbox({
    quotas: { anycastEips: many, loadBalancers: many, vpcs: many },
    emit: () => undefined,
  });
  const env = { ...process.env, ...sandbox.env };
  const terraformIn =
    (cwd: string) =>
    async (...args: string[]): Promise<string> =>
      (await run(terraformBinary(env), args, { cwd, env, maxBuffer: 1 << 30 })).stdout;
  try {
    const [project, elsewhere] = [join(directory, "project"), join(directory, "elsewhere")];
    for (const one of [project, elsewhere]) mkdirSync(one);
    const terraform = terraformIn(project);
    const states: State[] = [];
    if (trials.some((trial) => trial.elsewhere !== undefined)) {
      writeElsewhere(elsewhere, trials);
      const there = terraformIn(elsewhere);
      await there("init", "-input=false", "-no-color");
      await there("apply", "-input=false", "-no-color", "-auto-approve");
      states.push(JSON.parse(await there("show", "-json")) as State);
    }
    if (trials.some(({ before }) => before !== undefined)) {
      writeTrials(project, trials, form, "before");
      await terraform("init", "-input=false", "-no-color");
      await terraform("apply", "-input=false", "-no-color", "-auto-approve");
    }
    writeTrials(project, trials, form, "now");
    await terraform("init", "-input=false", "-no-color");
    await terraform("plan", "-input=false", "-no-color", "-out=p.tfplan");
    const json = await terraform("show", "-json", "p.tfplan");
    const check = async (plan: { readonly path?: string; readonly json?: Uint8Array }): Promise<PlanReport> => {
      const source = { name: "p.tfplan", ...plan };
      const report = await checkPlans([source], {
        emit: () => undefined,
        env,
        cwd: project,
        config: join(project, "anycast.yaml"),
      });
      const [one] = report.plans;
      if (one?.findings === undefined) throw new Error(`the plan could not be checked: ${one?.error?.message ?? ""}`);
      return one;
    };
    const saved = await check({ path: join(project, "p.tfplan") });
    const shown = await check({ json: Buffer.from(json) });
    // Some bindings are refused by the cloud, so the apply fails as a whole.
    const log = await terraform("apply", "-input=false", "-json", "p.tfplan").catch(
      (thrown: unknown) => (thrown as { stdout: string }).stdout,
    );
    // What a state says and what the cloud has may differ after an apply that stopped half-way.
    await terraform("apply", "-refresh-only", "-input=false", "-no-color", "-auto-approve");
    states.push(JSON.parse(await terraform("show", "-json")) as State);
    const outcome = outcomeIn({ plan: JSON.parse(json) as Planned, saved, shown, log, states });
    return trials.map((trial) => ({ trial, form, ...outcome(trial.name) }));
  } finally {
    await sandbox.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}
