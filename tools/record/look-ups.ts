import { LOOK_UPS } from "../../packages/sandbox/test/provider/look-ups/cases";
import { comparableState } from "../../packages/sandbox/test/provider/support/comparable-state";
import type { Files, Released } from "./recording";
import { FIXTURES } from "./recording";
import { releasedWorkspace } from "./workspace";

/** What the released provider finds of instance types, prices, images and zones. */
export async function recordLookUps({ config }: Released): Promise<Files> {
  const work = await releasedWorkspace(config);
  try {
    await work.configure(LOOK_UPS);
    await work.apply();
    return { [`${FIXTURES}/look-ups.json`]: `${JSON.stringify(comparableState(work.state()), undefined, 1)}\n` };
  } finally {
    await work.close();
  }
}
