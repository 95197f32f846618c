import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { checkPlans } from "../../src/check";
import { startSandbox } from "alicloud-sandbox";
import { terraformBinary } from "../../src/core/terraform-binary";
import type { Trial } from "./trial";
import { writeTrials } from "./write";

const run = promisify(execFile);
const BINDING = "alicloud_eipanycast_anycast_eip_address_attachment";
const LB = "alicloud_slb_load_balancer";

/** What came of one trial. */
export interface Outcome {
  readonly trial: Trial;
  readonly form: "hcl" | "json";
  readonly allowed: boolean;
  /** What the cloud did when the plan was applied all the same: bound, and to an internal CLB in a VPC of that region. */
  readonly boundWell: boolean;
  readonly messages: readonly string[];
}

/** Plans trials with real terraform, checks the saved plan, and applies it all the same. */
export async function runTrials(trials: readonly Trial[], form: "hcl" | "json"): Promise<Outcome[]> {
  const directory = mkdtempSync(join(tmpdir(), "anycast-trials-"));
  const many = 100_000;
  const sandbox = await startSandbox({
    quotas: { anycastEips: many, loadBalancers: many, vpcs: many },
    emit: () => undefined,
  });
  try {
    const project = join(directory, "project");
    mkdirSync(project);
    writeTrials(project, trials, form);
    const env = { ...process.env, ...sandbox.env };
    const terraform = (...args: string[]): Promise<{ stdout: string }> =>
      run(terraformBinary(env), args, { cwd: project, env, maxBuffer: 1 << 30 });
    await terraform("init", "-input=false", "-no-color");
    await terraform("plan", "-input=false", "-no-color", "-out=p.tfplan");
    const report = await checkPlans([{ name: "p.tfplan", path: join(project, "p.tfplan") }], {
      emit: () => undefined,
      env,
      cwd: project,
    });
    const [plan] = report.plans;
    if (plan?.findings === undefined) throw new Error(`the plan could not be checked: ${plan?.error?.message ?? ""}`);
    // Some bindings are refused by the cloud, so the apply fails as a whole.
    await terraform("apply", "-input=false", "-no-color", "p.tfplan").catch(() => undefined);
    const bound = boundWell(JSON.parse((await terraform("show", "-json")).stdout) as State);
    const refused = new Map<string, string[]>();
    for (const { address, message, level } of plan.findings) {
      if (level !== "deny") continue;
      const name = /^module\.(t\d+)\./.exec(address)?.[1] ?? "";
      refused.set(name, [...(refused.get(name) ?? []), message]);
    }
    const proven = new Set((plan.evidence ?? []).map(({ address }) => /^module\.(t\d+)\./.exec(address)?.[1]));
    return trials.map((trial) => ({
      trial,
      form,
      allowed: proven.has(trial.name) && !refused.has(trial.name) && !refused.has(""),
      boundWell: bound.has(trial.name),
      messages: [...(refused.get(trial.name) ?? []), ...(refused.get("") ?? [])],
    }));
  } finally {
    await sandbox.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

interface StateModule {
  readonly resources?: readonly { readonly type: string; readonly values: Readonly<Record<string, unknown>> }[];
  readonly child_modules?: readonly (StateModule & { readonly address: string })[];
}
interface State {
  readonly values?: { readonly root_module: StateModule };
}

/** Names of trials whose binding is there and goes to an internal CLB with a vSwitch. */
function boundWell(state: State): Set<string> {
  const found = new Set<string>();
  for (const module of state.values?.root_module.child_modules ?? []) {
    const resources = module.resources ?? [];
    const bindings = resources.filter(({ type }) => type === BINDING);
    const good = bindings.every(({ values }) =>
      resources.some(
        ({ type, values: lb }) =>
          type === LB && lb.id === values.bind_instance_id && lb.address_type === "intranet" && Boolean(lb.vswitch_id),
      ),
    );
    if (bindings.length > 0 && good) found.add(module.address.replace("module.", ""));
  }
  return found;
}
