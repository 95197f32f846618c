import { neighbours, neighboursIn } from "../../packages/sandbox/test/provider/neighbours/configuration";
import type { Files, Released } from "./recording";
import { FIXTURES } from "./recording";
import { releasedWorkspace } from "./workspace";

/** What the released provider makes of what stands around a load balancer. */
export async function recordNeighbours({ config }: Released): Promise<Files> {
  const work = await releasedWorkspace(config);
  try {
    await work.configure(await neighbours());
    await work.apply();
    await work.succeed("apply", "-refresh-only", "-input=false", "-auto-approve");
    const text = JSON.stringify(neighboursIn(work.state()), undefined, 2);
    return { [`${FIXTURES}/neighbours.json`]: `${text}\n` };
  } finally {
    await work.close();
  }
}
