import { defined } from "./defined";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Identifies a process, also after its number was used again, in another container, or after a restart. */
export interface ProcessIdentity {
  readonly host: string;
  readonly pid: number;
  /** When it started, in ticks since the machine's start. @default unknown on this system */
  readonly began?: string;
  /** The machine's start and the container that the process number belongs to. @default unknown on this system */
  readonly space?: string;
}

/** The identity of a process on this machine. */
export function processIdentityOf(pid: number): ProcessIdentity {
  const began = statOf(pid)?.began;
  const space = ownSpace();
  return {
    host: hostname(),
    pid,
    ...defined({ began, space }),
  };
}

/**
 * Whether a process is running, as far as can be determined from here.
 * @returns `elsewhere` when its number has no meaning here: it is another machine's, or another container's
 */
export function processStateOf(identity: ProcessIdentity): "alive" | "dead" | "elsewhere" {
  const space = ownSpace();
  const isHere =
    identity.space === undefined || space === undefined ? identity.host === hostname() : identity.space === space;
  if (!isHere) return "elsewhere";
  if (!isAlive(identity.pid)) return "dead";
  const began = statOf(identity.pid)?.began;
  return identity.began === undefined || began === undefined || began === identity.began ? "alive" : "dead";
}

/** @returns undefined when the value is no identity of a process */
export function parseProcessIdentity(value: unknown): ProcessIdentity | undefined {
  const { host, pid, began, space } = (value ?? {}) as Record<string, unknown>;
  // 0 and negative numbers stand for groups of processes, and there always is one.
  if (!Number.isSafeInteger(pid) || (pid as number) < 1 || typeof host !== "string") return undefined;
  return {
    host,
    pid: pid as number,
    ...(typeof began === "string" ? { began } : {}),
    ...(typeof space === "string" ? { space } : {}),
  };
}

/** Whether a process with this id is running (it may be another's: then it is alive all the same). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // An ended process keeps its id until its parent has waited for it, which process 1 of a container may never do.
    return !/^[ZX]$/.test(statOf(pid)?.state ?? "");
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === "EPERM";
  }
}

function statOf(pid: number): { readonly state: string; readonly began: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(") ") + 2).split(" ");
    return { state: fields[0] ?? "", began: fields[19] ?? "" };
  } catch {
    // There is no /proc, or it has ended meanwhile.
    return undefined;
  }
}

function ownSpace(): string | undefined {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return undefined;
  }
}
