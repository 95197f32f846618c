import { spawn } from "node:child_process";
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../src/core/process";
import type { CloudProject } from "../support/cloud-project";
import type { HttpState } from "../support/http-state";
import { startHttpState } from "../support/http-state";
import { addressesIn } from "../support/project";
import { CDKTF, copySynthesis, makeCloudProject, REPOSITORY, RESOURCES, synthesised } from "../support/cloud-project";

const KILLER = join(__dirname, "support/killing-terraform.sh");
const KINDS: Readonly<Record<string, string>> = {
  alicloud_vpc: "vpc",
  alicloud_vswitch: "vswitch",
  alicloud_slb_load_balancer: "load-balancer",
  alicloud_eipanycast_anycast_eip_address: "anycast-eip",
};

/** At what step, at what point of it, and who is killed then: see killing-terraform.sh. */
type Kill = readonly [step: string, when: string, who: string];
const NOBODY: Kill = ["", "", ""];

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

/** What the app writes, made once: starting the app is not what is tested here. */
let template: CloudProject;
/** The app itself may be killed too, or kill who started it. */
const KILL_APP =
  'if [ "$KILL_STEP" = synth ] && [ ! -e "$KILL_ONCE" ]; then : >"$KILL_ONCE"; case $KILL_WHO in app) kill -9 $$ ;; *) kill -9 "$PPID" ;; esac; fi';

let project: CloudProject;
/** Of the one test with a state elsewhere. */
let server: HttpState | undefined;
beforeAll(async () => {
  template = await synthesised();
});
beforeEach(async () => {
  project = await makeCloudProject({}, { speed: 50 });
  copySynthesis(template, project, KILL_APP);
});
afterEach(async () => {
  await project.stop();
  await server?.stop();
  server = undefined;
});
afterAll(() => template.stop());

const stackDirectory = (): string => join(project.root, "cdktf.out/stacks/it");

/** The ways to deploy the stack. Those of ours wait for a terraform that outlived the run before. */
const WAYS = {
  "anycast deploy": {
    file: join(REPOSITORY, "bin/anycast"),
    args: ["deploy", "--auto-approve", "--lock-timeout", "60s"],
    cwd: () => project.root,
  },
  "anycast-terraform apply": {
    file: join(REPOSITORY, "bin/anycast-terraform"),
    args: ["apply", "-auto-approve", "-no-color", "-lock-timeout=60s"],
    cwd: stackDirectory,
  },
  "cdktf deploy": { file: CDKTF, args: ["deploy", "it", "--auto-approve"], cwd: () => project.root },
} as const;
type Way = keyof typeof WAYS;

/** @param what a way to deploy, or the arguments of `anycast` */
async function go(what: Way | readonly string[], [step, when, who]: Kill = NOBODY): Promise<Ended> {
  const { file, args, cwd } = typeof what === "string" ? WAYS[what] : { ...WAYS["anycast deploy"], args: what };
  const kill = { KILL_STEP: step, KILL_WHEN: when, KILL_WHO: who, KILL_STATE: project.statePath("it") };
  const env = { ...project.env, ...kill, KILL_ONCE: join(project.root, "killed"), ANYCAST_TERRAFORM: KILLER };
  const child = spawn(file, args, { cwd: cwd(), env, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, text };
}

const objects = (kind: string): readonly { readonly id: string }[] =>
  project.sandbox.status().objects.filter((one) => one.kind === kind) as unknown as { id: string }[];

/** What exists was checked before: the receipt is written when a plan was allowed, before anything is applied. */
function expectChecked(): void {
  if (Object.values(KINDS).every((kind) => objects(kind).length === 0)) return;
  const { payload } = JSON.parse(readFileSync(join(stackDirectory(), ".terraform/anycast-receipt.json"), "utf8")) as {
    payload: string;
  };
  expect(Buffer.from(payload, "base64").toString()).toContain('"verificationResult":"PASSED"');
}

const shell = (command: string): Promise<{ exitCode: number | null }> =>
  run("/bin/sh", ["-c", command], { cwd: project.root, env: { ...project.env, ANYCAST_TERRAFORM: "" } });

/** Does what the refusal says: looks into the cloud and brings in what is there. */
async function follow(refusal: string): Promise<void> {
  const text = refusal.replace(/\s*│\s*/g, " ").replace(/\s+/g, " ");
  expect(text).toContain("run `anycast recover it`");
  const recovered = await go(["recover", "it"]);
  expect([recovered.code, recovered.code === 0 ? "" : recovered.text]).toEqual([0, ""]);
}

/** By hand somebody has synthesised and initialised before. */
async function initialised(): Promise<void> {
  const app = `CDKTF_OUTDIR=cdktf.out sh app.sh && cd cdktf.out/stacks/it && terraform init -input=false`;
  expect((await shell(app)).exitCode).toBe(0);
}

async function killedAndWell(way: Way, kill: Kill): Promise<void> {
  if (way === "anycast-terraform apply") await initialised();
  const first = await go(way, kill);
  expect(existsSync(join(project.root, "killed"))).toBe(true);
  expectChecked();
  let next = await go(way);
  if (existsSync(project.statePath("it"))) {
    expect(statSync(project.statePath("it")).size).toBeGreaterThan(0);
    expect(() => project.state("it")).not.toThrow();
  }
  if (next.code !== 0) {
    expect(next.text).toContain("[StateIncomplete]");
    await follow(next.text);
    next = await go(way);
  }
  expect([next.code, next.code === 0 ? "" : first.text + next.text]).toEqual([0, ""]);
  expectChecked();
  expectWhole();
}

/** Everything is there once, in the cloud and in the state, and nothing is left of what was killed. */
function expectWhole(): void {
  expect(project.state("it")).toHaveLength(RESOURCES);
  for (const kind of Object.values(KINDS)) expect([kind, objects(kind).length]).toEqual([kind, 1]);
  expect(existsSync(`${project.statePath("it")}.apply`)).toBe(false);
}

describe("SIGKILL: nothing unchecked is applied, no state is lost, the suggested command works, and nothing is created twice", () => {
  const vpc = "vpc: Creation complete";
  const vswitch = "vswitch: Creation complete";
  test.each<Kill>([
    ["synth", "begin", "gate"],
    ["synth", "begin", "app"],
    ["init", "begin", "gate"],
    ["init", "begin", "terraform"],
    ["plan", "begin", "gate"],
    ["plan", "begin", "terraform"],
    ["show", "begin", "terraform"],
    ["show", "end", "gate"],
    ["apply", "begin", "gate"],
    ["apply", "begin", "gate terraform"],
    ["apply", vswitch, "gate"],
    ["apply", vswitch, "terraform"],
    ["apply", vpc, "gate terraform"],
    ["apply", vpc, "terraform state"],
    ["apply", vswitch, "gate terraform state"],
    ["apply", "end", "gate"],
    ["output", "begin", "gate"],
    ["output", "begin", "terraform"],
  ])("anycast deploy, at %s, %s: of %s", (...kill) => killedAndWell("anycast deploy", kill));

  test.each<Kill>([
    ["plan", "begin", "gate"],
    ["show", "end", "gate"],
    ["apply", "begin", "gate terraform"],
    ["apply", vswitch, "gate"],
    ["apply", vpc, "terraform"],
    ["apply", vswitch, "gate terraform state"],
    ["apply", "end", "gate"],
  ])("anycast-terraform apply, at %s, %s: of %s", (...kill) => killedAndWell("anycast-terraform apply", kill));

  test("anycast apply, at apply, in the middle: of terraform, in its write of the state", async () => {
    const plan = (to: string): Promise<Ended> => go(["plan", "--save", to]);
    const apply = (of: string, kill?: Kill): Promise<Ended> => go(["apply", of, "--auto-approve"], kill);
    expect((await plan("plans")).code).toBe(0);
    const killed = await apply("plans", ["apply", vswitch, "terraform state"]);
    expect([killed.code, killed.text]).toEqual([2, expect.stringContaining("[StateIncomplete]")]);
    expect((await plan("more")).text).toContain("[StateIncomplete]");
    await follow(killed.text);
    expect((await apply("plans")).text).toContain("[ReceiptUsed]");
    expect((await plan("more")).code).toBe(0);
    expect((await apply("more")).code).toBe(0);
    expectWhole();
  });

  test("anycast deploy with its state on a server, at apply, in the middle: of gate and terraform", async () => {
    server = await startHttpState();
    const path = "cdktf.out/stacks/it/cdk.tf.json";
    const script = `const fs = require("fs"), stack = JSON.parse(fs.readFileSync("${path}")); stack.terraform.backend = ${JSON.stringify(server.backend)}; fs.writeFileSync("${path}", JSON.stringify(stack))`;
    appendFileSync(join(project.root, "app.sh"), `node -e '${script}'\n`);
    const deploy = (kill?: Kill): Promise<Ended> => go(["deploy", "--auto-approve"], kill);
    await deploy(["apply", vswitch, "gate terraform"]);
    const { ID } = JSON.parse(server.lock()!) as { ID: string };
    // Looking takes no lock; what is missing is told before the lock that the dead run has left.
    const refused = await deploy();
    expect([refused.code, refused.text]).toEqual([2, expect.stringContaining("[StateIncomplete]")]);
    expect((await shell(`cd ${stackDirectory()} && terraform force-unlock -force ${ID}`)).exitCode).toBe(0);
    await follow(refused.text);
    const done = await deploy();
    const state = server.state()!;
    expect([done.code, done.code === 0 ? "" : done.text]).toEqual([0, ""]);
    expect(addressesIn(state)).toHaveLength(RESOURCES);
    for (const kind of Object.values(KINDS)) expect([kind, objects(kind).length]).toEqual([kind, 1]);
    expect(readdirSync(join(project.root, ".anycast/applies"))).toEqual([]);
  });

  test("anycast-terraform apply, at its question: of gate", async () => {
    await initialised();
    const { file, cwd } = WAYS["anycast-terraform apply"];
    const child = spawn(file, ["apply", "-no-color"], { cwd: cwd(), env: project.env });
    let shown = "";
    child.stdout.on("data", (chunk: Buffer) => {
      shown += chunk.toString();
      if (shown.includes("Enter a value:")) child.kill("SIGKILL");
    });
    await new Promise((resolve) => child.on("close", resolve));
    expect(child.signalCode).toBe("SIGKILL");
    expect(objects("vpc")).toEqual([]);
    expect((await go("anycast-terraform apply")).code).toBe(0);
    expect(project.state("it")).toHaveLength(RESOURCES);
  });

  test.each<Kill>([
    ["show", "end", "cdktf"],
    ["apply", vswitch, "cdktf gate terraform state"],
  ])("cdktf deploy, at %s, %s: of %s", (...kill) => killedAndWell("cdktf deploy", kill));
});
