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
  /** Lets one `terraform init` run at a time: the shared plugin cache does not support more. */
  readonly initTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Lets one question be asked at a time. */
  readonly askTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** The caller has just run `terraform init` for every stack. @default false */
  readonly isInitialized?: boolean;
}

export function terraformFor(session: Session, stack: OrderedStack): Terraform {
  const { env, interruption } = session.options;
  const named = { ...env, TF_IN_AUTOMATION: env.TF_IN_AUTOMATION ?? "1" };
  return terraformIn(stack.directory, named, interruption, session.directory);
}

/** Reports the lock's holder while terraform waits for the lock of a stack's state. */
export function lockWaitFor({ options }: Session, { name, directory }: OrderedStack): LockWait {
  return new LockWait({
    what: `the state of ${name}`,
    ownerOf: () => lockOwner(directory, options.env),
    tell: (message) => options.emit({ type: "notice", level: "info", message, stack: name }),
  });
}

/** Whether the plans of a run destroy, even if they are only shown. */
export function destroys({ operation, planDestroy }: Pick<DeployOptions, "operation" | "planDestroy">): boolean {
  return operation === "destroy" || (operation === "plan" && planDestroy === true);
}

/** The key that signs receipts; undefined where none does. @throws AnycastError `KeyInvalid` */
export function signingKeyOf({ signKey, env }: Pick<DeployOptions, "signKey" | "env">): KeyObject | undefined {
  return signKey ?? signingKey(undefined, env);
}

/** Runs the given work one after another. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}

/** The settings of the whole run. */
export function configOf(
  options: Pick<DeployOptions, "config" | "projectDirectory" | "env">,
): ConfigSource | undefined {
  return options.config ?? configFor(options.projectDirectory, options.env);
}
