import { comparableImports, comparableState } from "../../packages/sandbox/test/provider/support/comparable-state";
import { importBlocks, LOOKUPS, LOOKUPS_AFTER, RESOURCES } from "../../packages/sandbox/test/provider/support/whole";
import type { Files, Released } from "./recording";
import { FIXTURES } from "./recording";
import { releasedWorkspace, releasedWithin } from "./workspace";

/** What the released provider makes of the whole configuration: its state, and what it reads when all of it is imported. */
export async function recordRealState({ config }: Released): Promise<Files> {
  const work = await releasedWorkspace(config);
  try {
    await work.configure(LOOKUPS + RESOURCES + LOOKUPS_AFTER);
    await work.apply();
    await work.succeed("apply", "-refresh-only", "-input=false", "-auto-approve");
    const state = comparableState(work.state());
    const other = releasedWithin(work, "imported");
    await other.configure(LOOKUPS + RESOURCES + (await importBlocks(work)));
    const imports = comparableImports((await other.plan()).json.resource_changes ?? []);
    return { [`${FIXTURES}/real-state.json`]: `${JSON.stringify({ state, imports }, undefined, 2)}\n` };
  } finally {
    await work.close();
  }
}
