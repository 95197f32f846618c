import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { AnycastError, messageOf } from "../../core/errors";
import type { Emit } from "../../core/events";
import { asStep } from "../../core/events";
import { initialize } from "../steps/init";
import { refuseUnfitState, restore } from "../steps/recover";
import { takeRunLock } from "../stacks/run-lock";
import type { Session } from "../stacks/session";
import { oneAtATime } from "../stacks/session";
import { stackRun } from "../stacks/stack-run";
import type { OrderedStack, Selection } from "../../terraform/project";
import { projectRootOf, readCdktfConfig, selectStacks, synthesize } from "../../terraform/project";
import { refuseChangeWhenSeeded } from "../../terraform/state";
import type { Interruption } from "../../terraform";
import type { PassedOptions } from "../../terraform/options";
import { makePrivateDirectory, refuseUncheckedEnvironment } from "../../terraform";
import type { Recovery } from "./recover";
import { recover } from "./recover";
import type { RecoverOptions } from "./recover-options";
import type { RecordPlace } from "./record";
import { placeIn } from "./record";

export interface RecoverStacksOptions extends Pick<RecoverOptions, "ids" | "none" | "dryRun"> {
  /** In a CDKTF project, or where terraform's configuration of one stack is. */
  readonly cwd: string;
  readonly selection: Selection;
  readonly env: NodeJS.ProcessEnv;
  readonly emit: Emit;
  readonly interruption: Interruption;
  /** Options of terraform, paths absolute. @default none */
  readonly passed?: PassedOptions;
}

export interface RecoveredStack {
  readonly stack: string;
  /** @default the stack could not be examined */
  readonly recovery?: Recovery;
  readonly error?: { readonly code: string; readonly message: string };
}

/**
 * Recovers, stack by stack, what interrupted applies have made.
 * @throws AnycastError when no stack could be examined at all: `SynthesisFailed`, `StackNotFound`, `AnotherRun`, …
 */
export async function recoverStacks(options: RecoverStacksOptions): Promise<readonly RecoveredStack[]> {
  refuseUncheckedEnvironment(options.env);
  if (options.dryRun !== true) refuseChangeWhenSeeded(options.env, "recover");
  const { cwd, env } = options;
  if (isStackDirectory(cwd)) {
    const stack = { name: basename(cwd), directory: cwd, dependencies: [], waitsFor: [] };
    return inPrivate((directory) =>
      recoverAll(sessionOf(options, cwd, directory), [stack], options, placeIn(cwd, env)),
    );
  }
  const projectDirectory = projectRootOf(cwd) ?? cwd;
  const config = readCdktfConfig(projectDirectory, env);
  const lock = takeRunLock(config.outdir);
  try {
    return await inPrivate(async (directory) => {
      const units = await synthesize({ ...options, config });
      const stacks = selectStacks(units, options.selection, false);
      refuseNamesForMany(options, stacks.length);
      return recoverAll(sessionOf(options, projectDirectory, directory), stacks, options);
    });
  } finally {
    lock.release();
  }
}

type Directory = ReturnType<typeof makePrivateDirectory>;

async function inPrivate<T>(work: (directory: Directory) => Promise<T>): Promise<T> {
  const directory = makePrivateDirectory();
  try {
    return await work(directory);
  } finally {
    directory.remove();
  }
}

/** Whether terraform is called directly in this directory, without a synthesis. */
const isStackDirectory = (cwd: string): boolean => readdirSync(cwd).some((name) => /\.(tf|tofu)(\.json)?$/.test(name));

async function recoverAll(
  session: Session,
  stacks: readonly OrderedStack[],
  options: RecoverStacksOptions,
  place?: RecordPlace,
): Promise<readonly RecoveredStack[]> {
  const recovered: RecoveredStack[] = [];
  for (const stack of stacks) {
    try {
      recovered.push({
        stack: stack.name,
        recovery: await recoverStack(session, stack, options, place),
      });
    } catch (thrown) {
      const code = thrown instanceof AnycastError ? thrown.code : "InternalError";
      recovered.push({ stack: stack.name, error: { code, message: messageOf(thrown) } });
      if (options.interruption.signal !== undefined) break;
    }
  }
  return recovered;
}

function recoverStack(
  session: Session,
  stack: OrderedStack,
  options: RecoverStacksOptions,
  place: RecordPlace | undefined,
): Promise<Recovery> {
  const { emit, passed } = options;
  const run = stackRun(session, stack);
  return asStep(
    emit,
    "recover",
    async () => {
      await restore(run);
      await refuseUnfitState(run);
      await session.initTurn(() => initialize(run));
      return recover(place ?? run.place, run.terraform, {
        ...options,
        passed: passed ?? { plan: [], apply: [] },
      });
    },
    stack.name,
  );
}

/** Refuses answers for several stacks: an address alone does not name its stack. */
function refuseNamesForMany({ ids, none }: RecoverStacksOptions, count: number): void {
  if (count === 1 || ids.size + none.size === 0) return;
  throw new AnycastError(
    "RecoverOptionInvalid",
    `--id and --none need one stack, and there are ${count}. Fix: name the stack, with --only STACK.`,
  );
}

function sessionOf(options: RecoverStacksOptions, projectDirectory: string, directory: Directory): Session {
  return {
    options: {
      ...options,
      projectDirectory,
      operation: "plan",
      check: () => Promise.reject(new Error("nothing is checked here")),
      approve: () => Promise.resolve(false),
    },
    directory,
    initTurn: oneAtATime(),
    askTurn: oneAtATime(),
  };
}
