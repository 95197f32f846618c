import { defined } from "./defined";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Says which process it is, also after its number was used again, in another container, or after a restart. */
export interface ProcessMark {
  readonly host: string;
  readonly pid: number;
  /** When it began, in ticks since the machine did. @default this system does not tell */
  readonly began?: string;
  /** The machine's start and the container whose process numbers these are. @default this system does not tell */
  readonly space?: string;
}

/** The mark of a process on this machine. */
export function markOf(pid: number): ProcessMark {
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
 * @returns `elsewhere` when its number means nothing here: another machine's, or another container's
 */
export function lookAt(mark: ProcessMark): "alive" | "dead" | "elsewhere" {
  const space = ownSpace();
  const isHere = mark.space === undefined || space === undefined ? mark.host === hostname() : mark.space === space;
  if (!isHere) return "elsewhere";
  if (!isAlive(mark.pid)) return "dead";
  const began = statOf(mark.pid)?.began;
  return mark.began === undefined || began === undefined || began === mark.began ? "alive" : "dead";
}

/** @returns undefined when what was read is no mark */
export function markIn(value: unknown): ProcessMark | undefined {
  const { host, pid, began, space } = (value ?? {}) as Record<string, unknown>;
  if (typeof pid !== "number" || typeof host !== "string") return undefined;
  return {
    host,
    pid,
    ...(typeof began === "string" ? { began } : {}),
    ...(typeof space === "string" ? { space } : {}),
  };
}

/** Whether a process with this id is running (it may be another's: then it is alive all the same). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // One that has ended keeps its id until its parent takes notice, which the first of a container may never do.
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
