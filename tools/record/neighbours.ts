import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { neighbours, neighboursIn } from "../../packages/sandbox/test/provider/neighbours/configuration";
import { releasedWorkspace } from "./workspace";

/**
 * What the released provider makes of what stands around a load balancer.
 * @param config configuration of terraform that names the released provider
 */
export async function recordNeighbours(config: string): Promise<void> {
  const work = await releasedWorkspace(config);
  try {
    await work.configure(await neighbours());
    await work.apply();
    await work.succeed("apply", "-refresh-only", "-input=false", "-auto-approve");
    const text = JSON.stringify(neighboursIn(work.state()), undefined, 2);
    writeFileSync(join(__dirname, "../../packages/sandbox/test/provider/fixtures/neighbours.json"), `${text}\n`);
  } finally {
    await work.close();
  }
}
