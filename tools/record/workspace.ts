import type { Outcome } from "../../packages/sandbox/test/provider/support/workspace";
import { Workspace } from "../../packages/sandbox/test/provider/support/workspace";
import { apiOf } from "alicloud-sandbox";

/** A workspace whose terraform uses the released provider, pointed at a sandbox. */
export async function releasedWorkspace(config: string): Promise<Workspace> {
  const work = await Workspace.open({ provider: "none", extensions: [apiOf()], baseEnv: {} });
  Object.assign(work.sandbox.env, { TF_CLI_CONFIG_FILE: config });
  return withoutInstallation(work);
}

/** Another folder inside the same sandbox. */
export const releasedWithin = (work: Workspace, name: string): Workspace => withoutInstallation(work.within(name));

/** With a provider by override there is nothing to install, and `init` would look for one; modules are still needed. */
export function withoutInstallation(work: Workspace): Workspace {
  const terraform = work.terraform.bind(work);
  work.terraform = async (...args: readonly string[]): Promise<Outcome> =>
    args[0] === "init" ? terraform("get") : terraform(...args);
  return work;
}
