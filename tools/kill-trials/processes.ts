import { readdirSync, readFileSync } from "node:fs";

export interface Process {
  readonly pid: number;
  readonly command: string;
}

/** Every process that descends from one, itself included; those that have ended are left out. */
export function descendants(of: number): readonly Process[] {
  const found = [...one(of)];
  for (const { pid } of found) found.push(...childrenOf(pid).flatMap(one));
  return found;
}

/** As it is now: nothing once it has ended. */
function one(pid: number): Process[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    if (/^[ZX]/.test(stat.slice(stat.lastIndexOf(") ") + 2))) return [];
    return [{ pid, command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ") }];
  } catch {
    return [];
  }
}

/** Any thread of a process may have started them. Looked up often, so that reading all of /proc would cost more than a trial. */
function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      (readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").match(/\d+/g) ?? []).map(Number),
    );
  } catch {
    return [];
  }
}

/** Whether a process that was seen before still runs. */
export const goesOn = ({ pid, command }: Process): boolean => one(pid).some((now) => now.command === command);

/** Who is who among the processes of a deployment inside a sandbox. */
export function roleOf({ command }: Process): "sandbox" | "gate" | "terraform" | undefined {
  if (/anycast sandbox /.test(command)) return "sandbox";
  if (/^\S*terraform /.test(command)) return "terraform";
  if (/anycast (deploy|recover)|dist\/cli\/load/.test(command)) return "gate";
  return undefined;
}
