import { HttpBackend } from "cdktf";
import { checkKnown, checkText, checkUrl, KEY, METHOD } from "./checks";
import type { StatePlace } from "./configure-backend";
import { SANDBOX_NAME } from "./in-sandbox";

/** How the lock is requested from a state server. */
export interface HttpLock {
  /** Where the lock is, below the state's address. @default the state's address itself */
  readonly path?: string;
  /** @default "LOCK" */
  readonly lockMethod?: string;
  /** @default "UNLOCK" */
  readonly unlockMethod?: string;
}

/** Where a server keeps the state that speaks the protocol of Terraform's http backend. */
export interface HttpStateProps {
  /** Address of the states; the stack's name is appended to it. */
  readonly url: string;
  /** Name of the state. @default the stack's id */
  readonly name?: string;
  /** @default LOCK and UNLOCK at the state's own address */
  readonly lock?: HttpLock | "none";
  /** Method a state is written with. @default "POST" */
  readonly updateMethod?: string;
}

const KNOWN = ["url", "name", "lock", "updateMethod"];
const ENVIRONMENT = "TF_HTTP_USERNAME and TF_HTTP_PASSWORD, or the TF_HTTP_CLIENT_… variables for certificates";

/**
 * States on a server that keeps them over plain HTTP, such as GitLab.
 * @throws ConstructError `StateOptionUnknown`, `StateOptionInvalid`
 */
export function httpState(props: HttpStateProps): StatePlace {
  const at = "httpState";
  const { name, lock = {}, updateMethod } = props;
  checkKnown(at, props, KNOWN, ENVIRONMENT);
  const url = checkUrl(at, "the url", props.url);
  checkText(at, "the name", name, KEY);
  checkText(at, "the update method", updateMethod, METHOD);
  const locking = lock === "none" ? undefined : lock;
  if (locking !== undefined) checkLock(at, locking);
  const addressOf = (stack: string): string => `${url}/${name ?? stack}`;
  return {
    isLocked: locking !== undefined,
    identify: addressOf,
    connect: (stack, inSandbox = false) => {
      const address = inSandbox ? `${url}/${SANDBOX_NAME}-${name ?? stack.node.id}` : addressOf(stack.node.id);
      return new HttpBackend(stack, {
        address,
        updateMethod,
        ...(locking === undefined ? {} : lockOf(address, locking)),
      });
    },
  };
}

function checkLock(at: string, lock: HttpLock): void {
  checkKnown(`${at}.lock`, lock, ["path", "lockMethod", "unlockMethod"], ENVIRONMENT);
  checkText(at, "the path of the lock", lock.path, KEY);
  checkText(at, "the lock method", lock.lockMethod, METHOD);
  checkText(at, "the unlock method", lock.unlockMethod, METHOD);
}

function lockOf(
  address: string,
  { path, lockMethod, unlockMethod }: HttpLock,
): { lockAddress: string; unlockAddress: string; lockMethod?: string | undefined; unlockMethod?: string | undefined } {
  const lock = path === undefined ? address : `${address}/${path}`;
  return { lockAddress: lock, unlockAddress: lock, lockMethod, unlockMethod };
}
