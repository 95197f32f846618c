import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Verbs of the CDKTF command line that change the cloud. */
const CHANGING = ["deploy", "apply", "destroy", "watch"];

/** Reads one process: its parent and its arguments. Undefined when it cannot be read. */
export type ReadProcess = (pid: number) => { readonly parent: number; readonly args: readonly string[] } | undefined;

/**
 * The verb of the `cdktf` (or `cdktn`) command this process was started by, if it is one that changes the cloud.
 * The command line does not tell the app its verb, so the parents of this process are asked: the shell, then the command.
 */
export function changingCommand(read: ReadProcess = readProcess, from = process.ppid): string | undefined {
  let pid = from;
  for (let steps = 0; steps < 6 && pid > 1; steps += 1) {
    const found = read(pid);
    if (found === undefined) return undefined;
    const at = found.args.findIndex((arg) => /(^|[\\/])cdkt[fn](\.js)?$/.test(arg));
    if (at !== -1) return found.args.slice(at + 1).find((arg) => CHANGING.includes(arg));
    pid = found.parent;
  }
  return undefined;
}

function readProcess(pid: number): ReturnType<ReadProcess> {
  try {
    return process.platform === "linux" ? readProc(pid) : readPs(pid);
  } catch {
    return undefined; // Not ours to read, or already gone: nothing is known then.
  }
}

function readProc(pid: number): ReturnType<ReadProcess> {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The second field is the program's name in parentheses and may hold anything.
  const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  return { parent, args: readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0") };
}

function readPs(pid: number): ReturnType<ReadProcess> {
  const line = execFileSync("ps", ["-o", "ppid=,command=", "-p", String(pid)], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
  const [parent, ...args] = line.split(/\s+/);
  return { parent: Number(parent), args };
}
