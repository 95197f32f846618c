import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { CloudProject } from "../support/cloud-project";
import { makeCloudProject, REPOSITORY, RESOURCES } from "../support/cloud-project";

jest.setTimeout(180_000);

/** 22:00 to 23:00 on Saturdays in Singapore is 14:00 to 15:00 in UTC. */
const WINDOW = 'windows:\n  - { days: [sat], from: "22:00", to: "23:00", time_zone: Asia/Singapore }\n';
const SATURDAY = "2026-01-03T";
const CLOSED = Date.parse(`${SATURDAY}11:00:00Z`);
const OPEN = Date.parse(`${SATURDAY}14:00:01Z`);

describe("anycast deploy with a change window", () => {
  let project: CloudProject;
  beforeAll(async () => {
    project = await makeCloudProject({ it: { type: "intranet" } });
    const made = await project.anycast(["deploy", "--auto-approve"]);
    expect(made.code).toBe(0);
    writeFileSync(join(project.root, "anycast.yaml"), WINDOW);
    // The end of the binding is what interrupts.
    project.write({ it: { type: "intranet", unbound: true } });
  });
  afterAll(() => project.stop());

  const at = (time: number): void => writeFileSync(join(project.root, "clock"), String(time));
  const log = (): string => join(project.root, "events.jsonl");
  const events = (): string => (existsSync(log()) ? readFileSync(log(), "utf8") : "");
  const times = (text: string): number => events().split(text).length - 1;
  const env = (): NodeJS.ProcessEnv => ({
    ...project.env,
    CLOCK_FILE: join(project.root, "clock"),
    NODE_OPTIONS: `--require "${join(__dirname, "support/clock.cjs")}"`,
  });
  beforeEach(() => rmSync(log(), { force: true }));

  /** Starts a deploy that waits; resolves once it says so. */
  async function startWaiting(): Promise<{
    kill(signal: NodeJS.Signals): void;
    ended: Promise<[number | null, string]>;
  }> {
    at(CLOSED);
    const args = ["deploy", "--auto-approve", "--wait-for-window", "--events", "events.jsonl"];
    const child = spawn(join(REPOSITORY, "bin/anycast"), args, { cwd: project.root, env: env(), stdio: "pipe" });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const ended = new Promise<[number | null, string]>((resolve) => child.on("close", (code) => resolve([code, said])));
    while (times("Waiting for the change window") === 0 && child.exitCode === null) await sleep(20);
    return { kill: (signal) => void child.kill(signal), ended };
  }

  test("refuses an interruption outside the window, with the address and when the window opens", async () => {
    at(CLOSED);
    const { code, out } = await project.anycast(["deploy", "--auto-approve"], { env: env() });
    expect(code).toBe(1);
    expect(out).toMatch(/alicloud_eipanycast_anycast_eip_address_attachment\.bind/);
    expect(out.replace(/\s+/g, " ")).toMatch(/Sat, 03 Jan 2026, 22:00 Asia\/Singapore, 2026-01-03T14:00Z/);
    expect(project.state("it")).toHaveLength(RESOURCES);
  });

  test("stops waiting at a signal, changes nothing, and says so", async () => {
    const waiting = await startWaiting();
    waiting.kill("SIGINT");
    const [code, said] = await waiting.ended;
    expect(code).toBe(2);
    expect(said).toContain("while waiting for the change window. Nothing was changed.");
    expect(project.state("it")).toHaveLength(RESOURCES);
  });

  test("shows with --wait-for-window what would be interrupted, counts down, and plans and checks again once the window opens", async () => {
    const waiting = await startWaiting();
    expect(events()).toContain("it opens Sat, 03 Jan 2026, 22:00 Asia/Singapore, 2026-01-03T14:00Z, in 180 min.");
    expect(events()).toMatch(/"level":"warning","message":"[^"]*attachment\.bind/);
    at(CLOSED + 60_000);
    while (times("in 179 min.") === 0) await sleep(20);
    expect(project.state("it")).toHaveLength(RESOURCES);
    at(OPEN);
    const [code, said] = await waiting.ended;
    expect({ code, said }).toMatchObject({ code: 0 });
    for (const step of ["plan", "check"]) expect(times(`"type":"step-done","step":"${step}"`)).toBe(2);
    expect(project.state("it")).toHaveLength(RESOURCES - 1);
  });

  test("does not wait when nothing is interrupted", async () => {
    at(CLOSED);
    const { code } = await project.anycast(["deploy", "--auto-approve", "--wait-for-window"], { env: env() });
    expect(code).toBe(0);
  });
});
