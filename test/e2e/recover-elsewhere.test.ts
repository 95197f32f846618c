import { appendFileSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/core/process";
import type { CloudProject } from "../support/cloud-project";
import { copySynthesis, makeCloudProject, REPOSITORY, synthesised } from "../support/cloud-project";
import type { HttpState } from "../support/http-state";
import { startHttpState } from "../support/http-state";
import { startObjectStore } from "../support/object-store";
import { StateServer } from "../support/state-server";
import type { S3Server } from "./support/moto";
import { startS3 } from "./support/moto";

jest.setTimeout(600_000);

const ANYCAST = join(REPOSITORY, "bin/anycast");
const KILLER = join(__dirname, "support/killing-terraform.sh");
const KINDS = ["vpc", "vswitch", "load-balancer", "anycast-eip"];

let template: CloudProject;
let project: CloudProject;
beforeAll(async () => {
  template = await synthesised();
});
afterAll(() => template.stop());
/** A second checkout, on which nobody has ever deployed; the cloud and the state are the same. */
let elsewhere: string;
afterEach(async () => {
  await project.stop();
  rmSync(elsewhere, { recursive: true, force: true });
});

async function twoCheckouts(backend: object): Promise<void> {
  project = await makeCloudProject({}, { speed: 50 });
  const add = `const fs = require("fs"), path = process.env.CDKTF_OUTDIR + "/stacks/it/cdk.tf.json", stack = JSON.parse(fs.readFileSync(path));
stack.terraform.backend = ${JSON.stringify(backend)}; fs.writeFileSync(path, JSON.stringify(stack));`;
  elsewhere = realpathSync(mkdtempSync(join(tmpdir(), "anycast-elsewhere-")));
  for (const root of [project.root, elsewhere]) {
    copySynthesis(template, { root });
    writeFileSync(join(root, "backend.js"), add);
    appendFileSync(join(root, "app.sh"), "node backend.js\n");
  }
}

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

async function go(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const ended = await run(ANYCAST, args, { cwd, env: { ...project.env, ...env } });
  return { code: ended.exitCode, text: ended.stdout.toString() + ended.stderr.toString() };
}
const DEPLOY = ["deploy", "--auto-approve"];

/** Both terraform and the gate are killed as soon as a VPC is there, and the runner is never seen again. */
async function lostRunner(env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const kill = {
    KILL_STEP: "apply",
    KILL_WHEN: "vpc: Creation complete",
    KILL_WHO: "gate terraform",
    KILL_ONCE: join(project.root, "killed"),
    ANYCAST_TERRAFORM: KILLER,
  };
  const lost = await go(project.root, DEPLOY, { ...env, ...kill });
  expect(lost.code).not.toBe(0);
  return lost;
}

const count = (kind: string): number => project.sandbox.status().objects.filter((one) => one.kind === kind).length;
const expectOneOfEach = (): void => {
  for (const kind of KINDS) expect([kind, count(kind)]).toEqual([kind, 1]);
};

describe("a lost runner with a remote state: the next one, in another checkout, creates nothing twice", () => {
  let s3: S3Server;
  beforeAll(async () => {
    s3 = await startS3();
  });
  afterAll(() => s3.stop());

  test("S3, as served by moto: the record is next to the state", async () => {
    await twoCheckouts(s3.backend("it.tfstate"));
    await lostRunner(s3.env);
    expect((await s3.keys()).filter((key) => key.startsWith("env:/anycast-apply-default-"))).toHaveLength(1);
    const locked = await go(elsewhere, DEPLOY, s3.env);
    expect([locked.code, locked.text]).toEqual([2, expect.stringContaining("[StateLocked]")]);
    const [, id] = /force-unlock ([0-9a-f-]{36})/.exec(locked.text.replace(/\s+/g, " "))!;
    const free = ["force-unlock", "-force", id!];
    const env = { ...project.env, ...s3.env };
    expect((await run("terraform", free, { cwd: join(elsewhere, "cdktf.out/stacks/it"), env })).exitCode).toBe(0);
    const refused = await go(elsewhere, DEPLOY, s3.env);
    expect([refused.code, refused.text]).toEqual([2, expect.stringContaining("[StateIncomplete]")]);
    const recovered = await go(elsewhere, ["recover"], s3.env);
    expect([recovered.code, recovered.text]).toEqual([0, expect.stringContaining("it is in the state now")]);
    const done = await go(elsewhere, DEPLOY, s3.env);
    expect([done.code, done.code === 0 ? "" : done.text]).toEqual([0, ""]);
    expectOneOfEach();
    expect(await s3.keys()).toEqual(["it.tfstate"]);
  });

  test("S3: a successful apply leaves nothing next to the state, and a second one changes nothing", async () => {
    await twoCheckouts(s3.backend("well.tfstate"));
    expect((await go(project.root, DEPLOY, s3.env)).code).toBe(0);
    expect((await go(elsewhere, DEPLOY, s3.env)).code).toBe(0);
    expect((await s3.keys()).filter((key) => key.includes("well.tfstate"))).toEqual(["well.tfstate"]);
    expectOneOfEach();
  });

  test("OSS, without a lock: the record is next to the state", async () => {
    const store = await startObjectStore();
    try {
      const oss = { bucket: "states", prefix: "app", key: "it.tfstate", region: "ap-southeast-1" };
      await twoCheckouts({ oss: { ...oss, endpoint: store.endpoint } });
      await lostRunner();
      const records = (): string[] => [...store.objects.keys()].filter((key) => key.includes("anycast-apply"));
      expect(records()).toEqual([expect.stringMatching(/^\/states\/app\/anycast-apply-default-[^/]+\/it\.tfstate$/)]);
      const refused = await go(elsewhere, DEPLOY, {});
      expect([refused.code, refused.text]).toEqual([2, expect.stringContaining("[StateIncomplete]")]);
      const recovered = await go(elsewhere, ["recover"], {});
      expect([recovered.code, recovered.text]).toEqual([0, expect.stringContaining("it is in the state now")]);
      const done = await go(elsewhere, DEPLOY, {});
      expect([done.code, done.code === 0 ? "" : done.text]).toEqual([0, ""]);
      expectOneOfEach();
      expect(records()).toEqual([]);
    } finally {
      await store.stop();
    }
  });

  test("a state server with separate addresses: the record is next to the state", async () => {
    const server = await StateServer.start();
    try {
      await twoCheckouts(server.backend);
      await lostRunner();
      const refused = await go(elsewhere, DEPLOY, {});
      expect([refused.code, refused.text]).toEqual([2, expect.stringContaining("[StateIncomplete]")]);
      expect((await go(elsewhere, ["recover"], {})).code).toBe(0);
      const done = await go(elsewhere, DEPLOY, {});
      expect([done.code, done.code === 0 ? "" : done.text]).toEqual([0, ""]);
      expectOneOfEach();
    } finally {
      server.stop();
    }
  });

  test("a state server that may store anything as the state: no record is written, and the cloud is searched by name", async () => {
    const server: HttpState = await startHttpState();
    try {
      await twoCheckouts(server.backend);
      const lost = await lostRunner();
      expect(lost.text).toContain("could not be written down next to its state");
      const { ID } = JSON.parse(server.lock()!) as { ID: string };
      await go(elsewhere, DEPLOY, {});
      const free = ["force-unlock", "-force", ID];
      const cwd = join(elsewhere, "cdktf.out/stacks/it");
      expect((await run("terraform", free, { cwd, env: project.env })).exitCode).toBe(0);
      const refused = await go(elsewhere, DEPLOY, {});
      expect([refused.code, refused.text]).toEqual([2, expect.stringContaining("[PerhapsMadeBefore]")]);
      const [, command = ""] = /`anycast (recover it [^`]+)`/.exec(refused.text.replace(/\s+/g, " "))!;
      const recovered = await go(elsewhere, command.replaceAll("'", "").split(" "), {});
      expect([recovered.code, recovered.text]).toEqual([0, expect.stringContaining("as --id says")]);
      const done = await go(elsewhere, DEPLOY, {});
      expect([done.code, done.code === 0 ? "" : done.text]).toEqual([0, ""]);
      expectOneOfEach();
    } finally {
      await server.stop();
    }
  });
});
