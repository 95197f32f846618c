import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SandboxError, systemCodeOf } from "../../errors";

interface Owner {
  readonly pid: number;
  /** Start time of the process in clock ticks since boot, where the system tells it; tells a reused pid apart. */
  readonly started: string;
}

const nameOf = (directory: string): string => join(directory, "lock");

/**
 * Locks a state directory for this process. A lock whose owner has ended is taken over.
 * @returns the way to give it back
 * @throws SandboxError `SandboxInUse` when another living process has it
 */
export function lockDirectory(directory: string): () => void {
  const own = JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Owner);
  const temporary = `${nameOf(directory)}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(temporary, own, { mode: 0o600, flag: "wx" });
  try {
    // A hard link appears with its content, or not at all; two processes cannot both make it.
    for (let attempt = 0; !tryLink(temporary, nameOf(directory)); attempt += 1) {
      const owner = readOwner(directory);
      if (owner !== undefined && isAlive(owner)) throw inUse(directory, owner);
      if (attempt >= 20) throw inUse(directory, owner);
      if (owner !== undefined) removeStale(directory, owner);
    }
  } finally {
    rmSync(temporary, { force: true });
  }
  return () => {
    const owner = readOwner(directory);
    if (owner?.pid === process.pid) rmSync(nameOf(directory), { force: true });
  };
}

/** The living process that has the directory open, if any. */
export function directoryOwner(directory: string): number | undefined {
  const owner = readOwner(directory);
  return owner !== undefined && isAlive(owner) ? owner.pid : undefined;
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (thrown) {
    if (systemCodeOf(thrown) === "EEXIST") return false;
    throw thrown;
  }
}

function readOwner(directory: string): Owner | undefined {
  try {
    const read = JSON.parse(readFileSync(nameOf(directory), "utf8")) as Partial<Owner>;
    return typeof read.pid === "number"
      ? { pid: read.pid, started: String(read.started ?? "") }
      : { pid: 0, started: "" };
  } catch (thrown) {
    if (systemCodeOf(thrown) === "ENOENT") return undefined;
    if (thrown instanceof SyntaxError) return { pid: 0, started: "" };
    throw thrown;
  }
}

/** Moves the stale lock aside, so that of two processes that saw it only one removes it. */
function removeStale(directory: string, seen: Owner): void {
  const aside = `${nameOf(directory)}.stale.${process.pid}.${randomBytes(4).toString("hex")}`;
  try {
    renameSync(nameOf(directory), aside);
  } catch (thrown) {
    if (systemCodeOf(thrown) === "ENOENT") return;
    throw thrown;
  }
  const moved = readFileSync(aside, "utf8");
  // Somebody took the directory between our look and our move: give it back.
  if (moved !== JSON.stringify(seen) && moved.includes('"pid"')) tryLink(aside, nameOf(directory));
  rmSync(aside, { force: true });
}

function isAlive(owner: Owner): boolean {
  if (owner.pid <= 0) return false;
  try {
    process.kill(owner.pid, 0);
  } catch (thrown) {
    if (systemCodeOf(thrown) !== "EPERM") return false;
  }
  const started = startOf(owner.pid);
  return started === "" || owner.started === "" || started === owner.started;
}

function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command name, in brackets, may hold blanks; then come the state and, as field 22 of the whole, the start.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? "ended" : (fields[19] ?? "");
  } catch {
    return "";
  }
}

function inUse(directory: string, owner: Owner | undefined): SandboxError {
  return new SandboxError(
    "SandboxInUse",
    `Process ${owner?.pid ?? "?"} has the sandbox state in \`${directory}\` open. Fix: stop that sandbox, or name another state directory.`,
  );
}
