import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readCloud } from "alicloud-sandbox";
import type { Process } from "./processes";
import { descendants, goesOn, roleOf } from "./processes";
import { KINDS, makeTrialProject, RESOURCES } from "./project";
import type { TrialProject } from "./project";

const REPOSITORY = join(__dirname, "../..");
const ANYCAST = join(REPOSITORY, "bin/anycast");
const TERRAFORM = join(REPOSITORY, "bin/anycast-terraform");

/** Who may be killed. */
export const VICTIMS = [
  ["gate"],
  ["terraform"],
  ["sandbox"],
  ["gate", "terraform"],
  ["sandbox", "terraform"],
  ["sandbox", "gate", "terraform"],
] as const;
export type Victims = (typeof VICTIMS)[number];
export const FRONTS = ["anycast deploy", "anycast-terraform apply"] as const;
export type Front = (typeof FRONTS)[number];

/** One moment at which processes are ended. */
export interface Kill {
  readonly victims: Victims;
  /** From when on the time runs: the start of everything, or that of `terraform apply`. */
  readonly from: "start" | "apply";
  /** When they are killed, in milliseconds after that. */
  readonly after: number;
}

export interface Trial {
  readonly front: Front;
  /** One run each, until one has ended well before its moment came. */
  readonly kills: readonly Kill[];
}

export interface Outcome {
  /** `clean`: the next run was enough; `recovered`: `anycast recover` was needed; the others are defects. */
  readonly verdict: "clean" | "recovered" | "made twice" | "unnamed" | "blocked" | "nobody was there";
  /** How many of the kills hit a process. */
  readonly hits: number;
  readonly log: string;
}

/** Runs after the kills until the stack is deployed, at most. */
const MOST_RUNS = 8;

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

/** One deployment that is killed, perhaps repeatedly, and what a user would do after it. */
export async function runTrial(trial: Trial): Promise<Outcome> {
  const project = makeTrialProject();
  try {
    return await tryIt(project, trial);
  } finally {
    project.remove();
  }
}

async function tryIt(project: TrialProject, { front, kills }: Trial): Promise<Outcome> {
  const stack = join(project.root, "cdktf.out/stacks/it");
  const apply =
    front === "anycast deploy"
      ? `"${ANYCAST}" deploy --auto-approve --lock-timeout 30s`
      : `cd "${stack}" && "${TERRAFORM}" init -input=false >/dev/null && "${TERRAFORM}" apply -auto-approve -no-color -lock-timeout=30s`;
  if (front !== "anycast deploy") {
    mkdirSync(stack, { recursive: true });
    await run(project, "sh", ["-c", "CDKTF_OUTDIR=cdktf.out sh app.sh"]);
  }
  let [log, hits, asked] = ["", 0, false];
  for (const one of kills) {
    const command = asked ? `"${ANYCAST}" recover` : apply;
    const { code, text, hit } = await runKilled(project, command, one);
    log += `--- ${command}, ${textOf(one)}: exit ${code}\n${text}`;
    if (hit) hits++;
    if (code === 0 && !asked) break;
    asked = !asked && text.includes(INCOMPLETE);
  }
  if (hits === 0) return { verdict: "nobody was there", hits, log };
  const next = await run(project, ANYCAST, ["sandbox", "--", "sh", "-c", untilDeployed(apply)]);
  log += next.text;
  if (next.code !== 0) return { verdict: "blocked", hits, log };
  return { verdict: outcomeOf(project, next.text.includes(RECOVERING)), hits, log };
}

export const textOf = ({ victims, after, from }: Kill): string =>
  `${victims.join("+")} ${Math.round(after)} ms after ${from}`;

async function runKilled(
  project: TrialProject,
  command: string,
  { victims, from, after }: Kill,
): Promise<Ended & { readonly hit: boolean }> {
  let hit = false;
  const ended = await run(project, ANYCAST, ["sandbox", "--speed", "100", "--", "sh", "-c", command], async (pid) => {
    if (from === "apply") await applying(pid);
    await sleep(after);
    const all = descendants(pid);
    for (const victim of all.filter((one) => isVictim(one, victims))) {
      hit = true;
      kill(victim);
    }
    await endOf(all);
  });
  return { ...ended, hit };
}

const INCOMPLETE = "[StateIncomplete]";
const RECOVERING = "--- recover";

/** What a user would do: the same command again, and what it asks for, in one sandbox. Succeeds when the stack is deployed. */
const untilDeployed = (apply: string): string => `
for run in ${Array.from({ length: MOST_RUNS }, (_, at) => at + 1).join(" ")}; do
  (${apply}) >run.log 2>&1; code=$?
  echo "--- run $run: exit $code"; cat run.log
  test $code = 0 && exit 0
  if grep -qF "${INCOMPLETE}" run.log; then echo "${RECOVERING}"; "${ANYCAST}" recover 2>&1; fi
done
exit 1`;

const isVictim = (one: Process, victims: Victims): boolean => {
  const role = roleOf(one);
  return role !== undefined && (victims as readonly string[]).includes(role);
};

/** Waits until terraform applies, or everything has ended before it does. */
async function applying(pid: number): Promise<void> {
  const isApply = (one: Process): boolean => roleOf(one) === "terraform" && / apply /.test(one.command);
  for (let all = descendants(pid); all.length > 0 && !all.some(isApply); all = descendants(pid)) await sleep(10);
}

function kill({ pid }: Process): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** Waits until every process that was seen has ended: a terraform without its parent continues. */
async function endOf(all: readonly Process[]): Promise<void> {
  while (all.some(goesOn)) await sleep(50);
}

function outcomeOf({ root, state }: TrialProject, recovered: boolean): Outcome["verdict"] {
  const { objects } = readCloud(join(root, ".anycast/sandbox")).snapshot;
  const counts = KINDS.map((kind) => objects.filter((one) => one.kind === kind).length);
  if (counts.some((count) => count > 1)) return "made twice";
  if (state()?.length !== RESOURCES || counts.some((count) => count !== 1)) return "unnamed";
  return recovered ? "recovered" : "clean";
}

/** @param meanwhile what is done while it runs */
async function run(
  { root, env }: Pick<TrialProject, "root" | "env">,
  file: string,
  args: readonly string[],
  meanwhile?: (pid: number) => Promise<void>,
): Promise<Ended> {
  const child = spawn(file, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  await meanwhile?.(child.pid!);
  return { code: await ended, text };
}
