import { chmodSync, copyFileSync } from "node:fs";
import { join } from "node:path";
import { AnycastError } from "../../core/errors";
import { backendOf } from "./backend";

/** The private copy of the state that `anycast sandbox --seed-state` was given; undefined outside of such a sandbox. */
function seedIn(env: NodeJS.ProcessEnv): string | undefined {
  const seed = env.ANYCAST_SANDBOX ? env.ANYCAST_SANDBOX_SEED : undefined;
  return seed === "" ? undefined : seed;
}

export const isSeeded = (env: NodeJS.ProcessEnv): boolean => seedIn(env) !== undefined;

/**
 * Refuses to change what a seed lists: the seed is only a record, and there are no objects to change.
 * @param what the command, as the user wrote it
 * @throws AnycastError `SandboxSeeded`
 */
export function refuseChangeWhenSeeded(env: NodeJS.ProcessEnv, what: string): void {
  if (!isSeeded(env)) return;
  throw new AnycastError(
    "SandboxSeeded",
    `This sandbox was seeded from a state and can only plan, so \`${what}\` is refused. Nothing was changed. ` +
      "Fix: run `anycast plan`, or start the sandbox without --seed-state.",
  );
}

/**
 * Refuses several stacks: a seed is the state of one stack.
 * @throws AnycastError `SandboxSeeded`
 */
export function refuseSeedForMany(env: NodeJS.ProcessEnv, stacks: readonly { readonly name: string }[]): void {
  if (!isSeeded(env) || stacks.length < 2) return;
  throw new AnycastError(
    "SandboxSeeded",
    `One state was given to the sandbox, but the app has several stacks: ${stacks.map(({ name }) => name).join(", ")}. ` +
      "Fix: name the one whose state it is, with `--only STACK`.",
  );
}

/**
 * Options that let `terraform plan` start from a copy of the seed, which it may change.
 * @param privateDirectory where the copy goes
 * @returns nothing outside of a seeded sandbox
 * @throws AnycastError `SandboxSeedNotLocal` when the stack keeps its state elsewhere
 */
export function seedOptions(stackDirectory: string, env: NodeJS.ProcessEnv, privateDirectory: string): string[] {
  const seed = seedIn(env);
  if (seed === undefined) return [];
  refuseSeedElsewhere(stackDirectory, env);
  const copy = join(privateDirectory, "seed.tfstate");
  copyFileSync(seed, copy);
  chmodSync(copy, 0o600);
  return [`-state=${copy}`, "-lock=false"];
}

/**
 * Refuses a state that is not a local file: terraform ignores `-state` for it, and would read the real state.
 * @throws AnycastError `SandboxSeedNotLocal`
 */
export function refuseSeedElsewhere(stackDirectory: string, env: NodeJS.ProcessEnv): void {
  if (!isSeeded(env)) return;
  const { kind } = backendOf(stackDirectory, env);
  if (kind === "local") return;
  throw new AnycastError(
    "SandboxSeedNotLocal",
    `The sandbox was seeded, so the stack must keep its state in a local file, and it has the backend \`${kind}\` (at ${stackDirectory}). ` +
      "Fix: declare the backend only while the variable ANYCAST_SANDBOX_SEED is not set (cdktf then keeps the state in a local file), " +
      'or put a file backend_override.tf.json with {"terraform":{"backend":{"local":{}}}} into that directory. The seed is written with `terraform state pull > FILE`.',
  );
}
