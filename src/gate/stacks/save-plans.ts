import type { KeyObject } from "node:crypto";
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { writeFileAtomic } from "../../core/atomic-file";
import { AnycastError, messageOf } from "../../core/errors";
import { claimDirectory } from "../../core/whole-directory";
import { keepsStateElsewhere } from "../../terraform/state";
import { writeReceipt } from "../receipt";
import { CONFIGURATION_NAME, INDEX_NAME, PLAN_NAME, RECEIPT_NAME } from "./saved-names";
import type { PlannedStack } from "./types";

/** The index of saved plans: the order in which they are applied. All else is in the receipts. */
export interface SavedIndex {
  readonly version: 1;
  readonly stacks: readonly { readonly name: string; readonly waitsFor: readonly string[] }[];
}

/**
 * Saves allowed plans with their receipts and configurations, all of them or nothing. Plan files hold secrets: the
 * directory is for its owner only (mode 0700).
 * @param directory must not exist yet, or be empty
 * @throws AnycastError `SaveRefused`, `PlansNotSaved`
 */
export function savePlans(
  directory: string,
  plans: readonly PlannedStack[],
  key: KeyObject | undefined,
  env: NodeJS.ProcessEnv = process.env,
): void {
  for (const { stack } of plans) refuseStateInside(stack, env);
  saveInto(directory, plans, (partial) => {
    for (const plan of plans) saveOne(join(partial, plan.stack.name), plan, key);
    writeFileAtomic(join(partial, INDEX_NAME), `${JSON.stringify(indexOf(plans), undefined, 2)}\n`);
  });
}

/**
 * Saves only the receipts: they hold digests and addresses, no secrets. With them, `deploy --require-receipt` accepts
 * only plans that equal the checked ones.
 * @param directory must not exist yet, or be empty
 * @throws AnycastError `SaveRefused`, `PlansNotSaved`
 */
export function saveReceipts(directory: string, plans: readonly PlannedStack[], key: KeyObject | undefined): void {
  saveInto(directory, plans, (partial) => {
    for (const { stack, receipt } of plans) {
      mkdirSync(join(partial, stack.name), { mode: 0o700 });
      writeReceipt(join(partial, stack.name, RECEIPT_NAME), receipt, key);
    }
  });
}

/**
 * Refuses a directory that is not empty, so that earlier plans are not mixed with new ones.
 * @throws AnycastError `SaveRefused`
 */
export function refuseTaken(directory: string): void {
  if (existsSync(directory) && readdirSync(directory).length > 0) {
    throw notEmpty(directory);
  }
}

function notEmpty(directory: string): AnycastError {
  return new AnycastError("SaveRefused", `${directory} is not empty. Fix: choose another one.`);
}

/** Fills a directory next to the wanted one, then puts it in its place: all of it is there, or nothing. */
function saveInto(directory: string, plans: readonly PlannedStack[], fill: (partial: string) => void): void {
  if (plans.length === 0) {
    throw new AnycastError(
      "SaveRefused",
      "There is no plan to save that can be applied as it is. Fix: deploy what the stacks depend on first.",
    );
  }
  refuseTaken(directory);
  let isSaved: boolean;
  try {
    mkdirSync(dirname(directory), { recursive: true });
    isSaved = claimDirectory(directory, fill);
  } catch (cause) {
    throw new AnycastError(
      "PlansNotSaved",
      `Nothing could be saved into ${directory}: ${messageOf(cause)}. Fix: check the directory and the free space on the disk.`,
      { cause },
    );
  }
  if (!isSaved) throw notEmpty(directory);
}

/** Refuses a state next to the configuration: it would be written into a copy, and be lost with the copy. */
export function refuseStateInside(
  stack: { readonly name: string; readonly directory: string },
  env: NodeJS.ProcessEnv,
): void {
  if (keepsStateElsewhere(stack.directory, env)) return;
  throw new AnycastError(
    "SaveRefused",
    `The state of ${stack.name} is kept in the directory of its configuration (at ${stack.directory}), which another machine does not have. Fix: give the stack a remote backend, or a local one with an absolute path.`,
  );
}

function indexOf(plans: readonly PlannedStack[]): SavedIndex {
  const saved = new Set(plans.map(({ stack }) => stack.name));
  return {
    version: 1,
    stacks: plans.map(({ stack }) => ({
      name: stack.name,
      waitsFor: stack.waitsFor.filter((name) => saved.has(name)),
    })),
  };
}

function saveOne(directory: string, plan: PlannedStack, key: KeyObject | undefined): void {
  mkdirSync(directory, { mode: 0o700 });
  copyFileSync(plan.planFile, join(directory, PLAN_NAME));
  chmodSync(join(directory, PLAN_NAME), 0o600);
  writeReceipt(join(directory, RECEIPT_NAME), plan.receipt, key);
  // Providers are installed again, and verified by the lock file, where the plan is applied.
  cpSync(plan.stack.directory, join(directory, CONFIGURATION_NAME), {
    recursive: true,
    filter: (path) => basename(path) !== ".terraform" && basename(path) !== "plan",
  });
}
