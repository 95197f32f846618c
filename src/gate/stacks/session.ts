import type { KeyObject } from "node:crypto";
import type { ConfigSource } from "../../check/config";
import type { OrderedStack } from "../../terraform/project";
import { configFor } from "../../terraform/project";
import { lockOwner } from "../../terraform/state";
import { signingKey } from "../receipt";
import type { PrivateDirectory, Terraform } from "../../terraform";
import { LockWait, terraformIn } from "../../terraform";
import type { DeployOptions } from "./types";

/** One run over the stacks of a project. */
export interface Session {
  readonly options: DeployOptions;
  readonly directory: PrivateDirectory;
  /** Lets one `terraform init` run at a time: the shared plugin cache is not made for more. */
  readonly initTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Lets one question be asked at a time. */
  readonly askTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Somebody else has run `terraform init` for every stack just now. @default false */
  readonly isInitialized?: boolean;
}

export function terraformFor(session: Session, stack: OrderedStack): Terraform {
  const { env, interruption } = session.options;
  const named = { ...env, TF_IN_AUTOMATION: env.TF_IN_AUTOMATION ?? "1" };
  return terraformIn(stack.directory, named, interruption, session.directory);
}

/** Says who is waited for while terraform waits for the lock of a stack's state. */
export function lockWaitFor({ options }: Session, { name, directory }: OrderedStack): LockWait {
  return new LockWait({
    what: `the state of ${name}`,
    ownerOf: () => lockOwner(directory, options.env),
    tell: (message) => options.emit({ type: "notice", level: "info", message, stack: name }),
  });
}

/** Whether the plans of a run destroy, be it that they are only looked at. */
export function destroys({ operation, planDestroy }: Pick<DeployOptions, "operation" | "planDestroy">): boolean {
  return operation === "destroy" || (operation === "plan" && planDestroy === true);
}

/** The key that signs receipts; undefined where none does. @throws AnycastError `KeyInvalid` */
export function signingKeyOf({ signKey, env }: Pick<DeployOptions, "signKey" | "env">): KeyObject | undefined {
  return signKey ?? signingKey(undefined, env);
}

/** Runs what it is given one after another. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}

/** The settings that count for the whole run. */
export function configOf(
  options: Pick<DeployOptions, "config" | "projectDirectory" | "env">,
): ConfigSource | undefined {
  return options.config ?? configFor(options.projectDirectory, options.env);
}
