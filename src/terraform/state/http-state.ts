import { defined } from "../../core/defined";
import { randomUUID } from "node:crypto";
import { hostname, userInfo } from "node:os";
import { AnycastError } from "../../core/errors";
import type { LockInfo } from "../failures";
import { backendOf } from "./backend";
import { isRecord } from "../../core/is-record";

/** A state server that does not answer in this time is left to terraform, which knows how to wait. */
const TIMEOUT_MS = 10_000;
/** How a state server says that there is no state. */
const NONE = [204, 404];
/** How a state server says that another client holds the lock. */
const LOCKED = [409, 423];

/**
 * Refuses an `http` backend that answers with nothing: terraform reads that as "nothing exists" and would create
 * everything a second time. Other faults of the server are reported by terraform itself.
 * @throws AnycastError `StateEmptied`
 */
export async function refuseEmptiedHttpState(stackDirectory: string, env: NodeJS.ProcessEnv): Promise<void> {
  const server = serverOf(stackDirectory, env);
  const address = server?.setting("address");
  if (server === undefined || address === undefined) return;
  const response = await server.ask("GET", address);
  if (response?.status !== 200 || !(await isEmpty(response))) return;
  throw new AnycastError(
    "StateEmptied",
    `The state server answered with 0 bytes (at ${withoutCredentials(address)}). terraform would take that for "nothing exists" and make everything a second time. Nothing was planned. ` +
      "Fix: restore the last good state on the server. Where there is none yet, it has to answer 404 or 204.",
  );
}

/** What `anycast sandbox --keep-backend` puts in front of the name of a state (src/constructs/state/in-sandbox.ts). */
const FOR_SANDBOX = /\/anycast-sandbox-([^/]+)$/;

/**
 * Refuses a server that has one state for all addresses: the sandbox's state has another name than the real one, and on
 * such a server that name leads to the real one.
 * @throws AnycastError `StateElsewhere`
 */
export async function refuseOneStateForAll(stackDirectory: string, env: NodeJS.ProcessEnv): Promise<void> {
  const server = env.ANYCAST_SANDBOX ? serverOf(stackDirectory, env) : undefined;
  const address = server?.setting("address");
  if (server === undefined || address === undefined || !FOR_SANDBOX.test(new URL(address).pathname)) return;
  const url = new URL(address);
  url.pathname = url.pathname.replace(FOR_SANDBOX, "/$1");
  const [sandboxed, real] = await Promise.all([server.ask("GET", address), server.ask("GET", url.toString())]);
  const isThere = ({ status }: Response): boolean => status === 200;
  const isKnown = (response: Response): boolean => isThere(response) || NONE.includes(response.status);
  if (sandboxed === undefined || real === undefined || !isKnown(sandboxed) || !isKnown(real)) {
    throw unsafe(address, "the server does not say what it keeps for each of the two");
  }
  if (!isThere(sandboxed) || !isThere(real) || (await textOf(sandboxed)) !== (await textOf(real))) return;
  throw unsafe(address, "the server has the same one for both");
}

function unsafe(address: string, why: string): AnycastError {
  return new AnycastError(
    "StateElsewhere",
    `The sandbox keeps its state under a name of its own (at ${withoutCredentials(address)}), next to the real one, and ${why}. Nothing was changed. ` +
      "Fix: leave --keep-backend out, or use a server that keeps every address apart.",
  );
}

const textOf = (response: Response): Promise<string> => response.text().catch(() => "");

/**
 * Asks an `http` backend who holds the lock. Terraform shows the lock that it asked for, which names us. A server names
 * the holder only in answer to a lock request; if the lock is free by now, it is released at once.
 * @returns `"free"` when it is no longer held; undefined when there is no such backend, or it does not name the holder
 */
export async function askLockOwner(
  stackDirectory: string,
  env: NodeJS.ProcessEnv,
): Promise<LockInfo | "free" | undefined> {
  const server = serverOf(stackDirectory, env);
  const address = server?.setting("lock_address");
  const unlock = server?.setting("unlock_address");
  if (server === undefined || address === undefined || unlock === undefined) return undefined;
  const asking = JSON.stringify({
    ID: randomUUID(),
    Operation: "OperationTypeInvalid",
    Info: "anycast asks who holds the lock",
    Who: `${userInfo().username}@${hostname()}`,
    Version: "",
    Created: new Date().toISOString(),
    Path: "",
  });
  const response = await server.ask(server.setting("lock_method") ?? "LOCK", address, asking);
  if (response === undefined) return undefined;
  if (response.ok) {
    await server.ask(server.setting("unlock_method") ?? "UNLOCK", unlock, asking);
    return "free";
  }
  return LOCKED.includes(response.status) ? lockIn(await response.text().catch(() => "")) : undefined;
}

function lockIn(text: string): LockInfo | undefined {
  try {
    const lock: unknown = JSON.parse(text);
    if (!isRecord(lock) || typeof lock.ID !== "string" || lock.ID === "") return undefined;
    const field = (name: string): string => (typeof lock[name] === "string" ? lock[name] : "");
    return { id: lock.ID, who: field("Who"), operation: field("Operation"), created: field("Created") };
  } catch {
    // A server need not say who it is.
    return undefined;
  }
}

/** The server of an `http` backend. */
export interface StateServer {
  /** An argument of the backend, or the variable terraform takes it from. */
  setting(name: string): string | undefined;
  /** @returns undefined when there is no answer */
  ask(method: string, address: string, body?: string): Promise<Response | undefined>;
}

/** @returns undefined when the stack has another backend */
export function serverOf(stackDirectory: string, env: NodeJS.ProcessEnv): StateServer | undefined {
  const { kind, config } = backendOf(stackDirectory, env);
  if (kind !== "http") return undefined;
  const setting = (name: string): string | undefined => {
    const value = config[name] ?? env[`TF_HTTP_${name.toUpperCase()}`];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const [username, password] = [setting("username"), setting("password")];
  const authorization = `Basic ${Buffer.from(`${username ?? ""}:${password ?? ""}`).toString("base64")}`;
  return {
    setting,
    ask: async (method, address, body) => {
      try {
        return await fetch(address, {
          method,
          ...defined({ body }),
          headers: {
            ...(username === undefined ? {} : { authorization }),
            ...(body === undefined ? {} : { "content-type": "application/json" }),
          },
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
      } catch {
        // Not reached, or not with our client (private certificates, for example): terraform reports what is wrong.
        return undefined;
      }
    },
  };
}

/** Reads only the first byte: states are large. */
async function isEmpty(response: Response): Promise<boolean> {
  const reader = response.body?.getReader();
  if (reader === undefined) return true;
  try {
    const { done } = await reader.read();
    return done;
  } catch {
    return false;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function withoutCredentials(address: string): string {
  if (!URL.canParse(address)) return "its address";
  const { origin, pathname } = new URL(address);
  return origin + pathname;
}
