import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { comparableState } from "../../packages/sandbox/test/provider/support/comparable-state";
import { LOOKUPS, LOOKUPS_AFTER, RESOURCES } from "../../packages/sandbox/test/provider/support/whole";
import { readFileSync } from "node:fs";
import { releasedWorkspace } from "./workspace";

const FIXTURE = join(__dirname, "../../packages/sandbox/test/provider/fixtures/real-state.json");

/**
 * What the released provider makes of the whole configuration: its state. What imports say is kept as it was recorded.
 * @param config configuration of terraform that names the released provider
 */
export async function recordRealState(config: string): Promise<void> {
  const work = await releasedWorkspace(config);
  try {
    await work.configure(LOOKUPS + RESOURCES + LOOKUPS_AFTER);
    await work.apply();
    const { imports } = JSON.parse(readFileSync(FIXTURE, "utf8")) as { readonly imports: unknown };
    writeFileSync(FIXTURE, `${JSON.stringify({ state: comparableState(work.state()), imports }, undefined, 2)}\n`);
  } finally {
    await work.close();
  }
}
