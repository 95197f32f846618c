import { readdirSync, readFileSync } from "node:fs";

export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Every process that descends from one, itself included; those that have ended are left out. */
export function descendants(of: number): readonly Process[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => processOf(Number(name)) ?? []);
  const found = all.filter(({ pid }) => pid === of);
  for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid));
  return found;
}

function processOf(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, parent] = stat.slice(stat.lastIndexOf(") ") + 2).split(" ");
    if (/^[ZX]$/.test(state ?? "")) return undefined;
    return { pid, parent: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ") };
  } catch {
    return undefined;
  }
}

/** Who is who among the processes of a deployment inside a sandbox. */
export function roleOf({ command }: Process): "sandbox" | "gate" | "terraform" | undefined {
  if (/anycast sandbox /.test(command)) return "sandbox";
  if (/^\S*terraform /.test(command)) return "terraform";
  if (/anycast deploy|dist\/cli\/load/.test(command)) return "gate";
  return undefined;
}
