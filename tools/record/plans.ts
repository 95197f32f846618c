import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PROVIDER } from "../../src/bindings/provider";
import type { RealPlan } from "../../packages/sandbox/test/provider/support/recover";
import { ASKED, recoverConfiguration, recoverState } from "../../packages/sandbox/test/provider/support/recover";
import { Workspace } from "../../packages/sandbox/test/provider/support/workspace";
import { changedLines } from "./changes";
import { hclOf } from "./hcl";
import type { Files, Released } from "./recording";
import { DUMMY_KEYS } from "./released";
import { withoutInstallation } from "./workspace";

const PLANS = "test/fixtures/plans";
const ROOT = join(__dirname, "../..");

/** Plans of the same configurations and states as before, which the recorded plans tell themselves. */
export async function recordPlans({ config }: Released): Promise<Files> {
  const names = readdirSync(join(ROOT, PLANS)).filter((name) => name.endsWith(".json") && name !== "index.json");
  const work = await Workspace.open({ provider: "none", baseEnv: {} });
  Object.assign(work.sandbox.env, DUMMY_KEYS, { TF_CLI_CONFIG_FILE: config });
  try {
    const files: Record<string, string> = {};
    for (const file of names) {
      const before = JSON.parse(readFileSync(join(ROOT, PLANS, file), "utf8")) as RealPlan;
      const plan = await planOf(work, file.replace(/\.json$/, ""), before);
      files[`${PLANS}/${file}`] = JSON.stringify(unlessTheSame(before, plan), undefined, 1);
    }
    return files;
  } finally {
    await work.close();
  }
}

async function planOf(work: Workspace, name: string, before: RealPlan): Promise<object> {
  const state = recoverState(before);
  const files = Object.entries(recoverConfiguration(name, before)).map(([path, text]) => [
    `${name}/${path.replace(/\.json$/, "")}`,
    hclOf(text, path.includes("/") ? undefined : PROVIDER.version),
  ]);
  work.write(Object.fromEntries(files) as Record<string, string>);
  if (state !== undefined) work.write({ [`${name}/terraform.tfstate`]: state });
  const inside = withoutInstallation(work.within(name));
  await inside.succeed("init", "-input=false");
  return (await inside.plan("-refresh=false", ...(ASKED[name] ?? []))).json;
}

/** A plan that says the same as before is the one from before: its time and the order of some lists tell nothing. */
function unlessTheSame(before: object, plan: object): object {
  const timeless = (one: object): string => JSON.stringify({ ...one, timestamp: "" });
  return changedLines(timeless(before), timeless(plan)).length === 0 ? before : plan;
}
