import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { explainMissingPackage } from "../core/missing-package";
import type * as SandboxModule from "alicloud-sandbox";

export interface TestSandbox {
  /** Variables that put a terraform into the sandbox. */
  readonly env: Readonly<Record<string, string>>;
  /** Where configurations are planned, one after the other. */
  readonly directory: string;
  /** Runs one piece of work after the other: a Terraform directory takes one at a time. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  readonly stop: () => Promise<void>;
}

let running: Promise<TestSandbox> | undefined;

/** One sandbox for all tests of a process, started when the first of them needs it. */
export function testSandbox(): Promise<TestSandbox> {
  running ??= start();
  return running;
}

/** Ends the sandbox of the tests. Under jest, and under vitest with globals, that happens by itself. */
export async function stopTestSandbox(): Promise<void> {
  const ended = running;
  running = undefined;
  await (await ended)?.stop();
}

async function start(): Promise<TestSandbox> {
  const { startSandbox } = loadSandbox();
  const root = mkdtempSync(join(tmpdir(), "anycast-testing-"));
  const directory = join(root, "stack");
  mkdirSync(directory);
  const sandbox = await startSandbox({ mockOthers: true });
  let last: Promise<unknown> = Promise.resolve();
  return {
    env: sandbox.env,
    directory,
    inTurn: (work) => {
      const turn = last.then(work, work);
      last = turn.catch(() => undefined);
      return turn;
    },
    stop: async () => {
      await last;
      await sandbox.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function loadSandbox(): typeof SandboxModule {
  try {
    // The package is optional, so that it is loaded only where it is used.
    return require("alicloud-sandbox") as typeof SandboxModule;
  } catch (thrown) {
    throw explainMissingPackage(thrown);
  }
}
