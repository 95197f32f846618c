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
  /** Runs one piece of work after the other: a Terraform directory can be used only once at a time. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  readonly stop: () => Promise<void>;
}

/** Sandboxes, by whether they serve every type of the provider: with the whole schema, loading takes longer than the plan. */
const running = new Map<boolean, Promise<TestSandbox>>();

/**
 * The sandbox for a configuration, shared by all tests of a process and started when the first of them needs it. A
 * configuration with a type that is not simulated, or with a module, gets a second sandbox, which mocks such types.
 * @param configuration `cdk.tf.json`
 */
export function testSandbox(configuration: string): Promise<TestSandbox> {
  const mockOthers = usesOthers(JSON.parse(configuration) as Configuration);
  const started = running.get(mockOthers) ?? start(mockOthers);
  running.set(mockOthers, started);
  return started;
}

/** Ends the sandboxes of the tests. Under jest, and under vitest with globals, that happens by itself. */
export async function stopTestSandbox(): Promise<void> {
  const ended = [...running.values()];
  running.clear();
  for (const one of ended) await (await one).stop();
}

type Elements = Readonly<Record<string, unknown>>;

interface Configuration {
  readonly resource?: Elements;
  readonly data?: Elements;
  readonly module?: Elements;
}

function usesOthers({ resource = {}, data = {}, module: modules = {} }: Configuration): boolean {
  const { resources, dataSources } = loadSandbox().simulatedTypes();
  const others = (types: Elements, known: readonly string[]): boolean =>
    Object.keys(types).some((type) => type.startsWith("alicloud_") && !known.includes(type));
  return Object.keys(modules).length > 0 || others(resource, resources) || others(data, dataSources);
}

async function start(mockOthers: boolean): Promise<TestSandbox> {
  const { startSandbox } = loadSandbox();
  const root = mkdtempSync(join(tmpdir(), "anycast-testing-"));
  const directory = join(root, "stack");
  mkdirSync(directory);
  const sandbox = await startSandbox({ mockOthers });
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
