import { AnycastError, messageOf } from "../../src/core/errors";
import { productName, terraformBinary } from "../../src/core/terraform-binary";
import { catchSignals, Interruption } from "../../src/terraform";
import { internetOf, startSandbox } from "alicloud-sandbox";
import { storyEnvironment } from "./environment";
import { Expectations } from "./expectations";
import { deployQuickStart, destroyQuickStart, fingerprint, measureAccess, showRefusal } from "./story";
import type { Scene } from "./story";
import { Teller } from "./teller";
import type { Stage } from "./teller";
import { makeWorkspace } from "./workspace";

/**
 * The story that `npm start` shows: the quick start goes through the gate into the sandbox, access becomes faster, and
 * the same stack with one mistake is refused.
 * @returns the exit code: 0 when all of it was as it should be, else 2
 */
export async function tell(stage: Stage, visitor: NodeJS.ProcessEnv): Promise<number> {
  const began = performance.now();
  const teller = new Teller(stage, visitor);
  const expect = new Expectations();
  const interruption = new Interruption();
  const release = catchSignals(interruption);
  teller.line(teller.bold("The quick start of cdktf-alicloud-anycast, in the sandbox"));
  teller.line(`Nothing here is real: no account, no network, no cost. ${productName(terraformBinary(visitor))} is.`);
  try {
    await act(teller, expect, interruption, visitor);
  } catch (thrown) {
    const code = thrown instanceof AnycastError ? ` [${thrown.code}]` : "";
    expect.that(false, `the story is told to its end: ${messageOf(thrown)}${code}`);
  } finally {
    release();
  }
  return conclude(teller, expect, interruption, performance.now() - began);
}

async function act(
  teller: Teller,
  expect: Expectations,
  interruption: Interruption,
  visitor: NodeJS.ProcessEnv,
): Promise<void> {
  const workspace = makeWorkspace();
  try {
    const began = performance.now();
    teller.working("starting the sandbox");
    const sandbox = await startSandbox({
      directory: workspace.cloud,
      extensions: [internetOf()],
      // The story's own environment is clean, whatever the visitor's names.
      baseEnv: storyEnvironment(visitor, {}),
    });
    try {
      teller.step("The sandbox starts", performance.now() - began, [
        "a simulated Alibaba Cloud and a simulated internet, on loopback",
      ]);
      const env = storyEnvironment(visitor, sandbox.env);
      const scene: Scene = { teller, expect, workspace, cloud: sandbox.cloud, env, interruption };
      const clean = fingerprint(sandbox.cloud);
      const outputs = await deployQuickStart(scene);
      if (outputs === undefined || interruption.signal !== undefined) return;
      await measureAccess(scene, outputs);
      if (interruption.signal !== undefined) return;
      await showRefusal(scene);
      if (interruption.signal !== undefined) return;
      await destroyQuickStart(scene, clean);
    } finally {
      await sandbox.stop();
    }
  } finally {
    workspace.remove();
  }
}

function conclude(teller: Teller, expect: Expectations, interruption: Interruption, ms: number): number {
  teller.line("");
  if (interruption.signal !== undefined) {
    teller.line(
      `Stopped by ${interruption.signal}. Nothing is left behind; \`npm start\` starts again from the beginning.`,
    );
    return 2;
  }
  if (expect.failures.length > 0) {
    teller.line(teller.bold("NOT as it should be. Expected that"));
    for (const failure of expect.failures) teller.body([`- ${failure}`]);
    teller.line("Fix: run `npm start` again; if it stays so, report what is shown above.");
    return 2;
  }
  teller.line(teller.bold("Where to go next"));
  teller.body([
    "npx anycast sandbox -- npx cdktf deploy    the same with cdktf itself",
    "npx anycast check PLAN                     check a plan of your own",
    'README.md, "With a real account"           deploy this for real',
  ]);
  teller.line("");
  const seconds = (ms / 1000).toFixed(1);
  teller.line(teller.bold(`All of it was as it should be: ${expect.checked} things checked in ${seconds} s.`));
  return 0;
}

if (require.main === module) {
  // A reader that stops early (`npm start | head`) must not turn into a stack trace.
  process.stdout.on("error", () => undefined);
  void tell(process.stdout, process.env).then((exitCode) => {
    process.exitCode = exitCode;
  });
}
