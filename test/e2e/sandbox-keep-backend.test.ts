import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { s3Probe } from "../docs/support/s3-probe";
import type { Ended } from "../support/anycast";
import { anycast } from "../support/anycast";
import { startHttpState } from "../support/http-state";
import { linkModules } from "../support/linked-modules";
import { addressesIn } from "../support/project";
import { StateServer } from "../support/state-server";
import type { S3Server } from "./support/moto";
import { startS3 } from "./support/moto";

jest.setTimeout(600_000);

let s3: S3Server;
let root: string;
beforeAll(async () => {
  s3 = await startS3();
  root = realpathSync(mkdtempSync(join(tmpdir(), "anycast-keep-")));
  linkModules(join(root, "node_modules"));
  const settings = { language: "typescript", app: "node main.js", sendCrashReports: "false", projectId: "test" };
  writeFileSync(join(root, "cdktf.json"), JSON.stringify(settings));
});
afterAll(async () => {
  rmSync(root, { recursive: true, force: true });
  await s3.stop();
});
afterEach(() => {
  for (const name of readdirSync(root)) {
    if (name !== "node_modules" && name !== "cdktf.json") rmSync(join(root, name), { recursive: true });
  }
});

/** A stack with a VPC that keeps its state where `place`, an expression, says. */
function keepIn(place: string): void {
  writeFileSync(
    join(root, "main.js"),
    `const { App, TerraformStack } = require("cdktf");
const { AlicloudProvider, configureBackend, s3State, httpState, ossState, cloudState } = require("cdktf-alicloud-anycast");
const { Vpc } = require("cdktf-alicloud-anycast/alicloud/vpc");
const app = new App(), stack = new TerraformStack(app, "it");
new AlicloudProvider(stack, "alicloud", { region: "ap-southeast-1" });
configureBackend(stack, ${place});
new Vpc(stack, "vpc", { vpcName: "it", cidrBlock: "10.0.0.0/16" });
app.synth();`,
  );
}
const sandbox = (options: readonly string[], ...command: readonly string[]): Promise<Ended> =>
  anycast(root, ["sandbox", ...options, "--", "anycast", ...command], s3.env);
const DEPLOY = ["deploy", "--auto-approve"];
const kept = (...command: readonly string[]): Promise<Ended> => sandbox(["--keep-backend"], ...command);
const saidBy = ({ out, err }: Ended): string => (out + err).replace(/\s+/g, " ");

test("the question of docs/state.md tells that this S3 server honours conditional writes", async () => {
  expect(await s3Probe(`${s3.endpoint}/${s3.bucket}`, s3.env)).toBe("200\n412\n");
  await s3.remove("lock-test");
});

describe("anycast sandbox --keep-backend", () => {
  const REAL = '{"version":4,"terraform_version":"1.11.4","serial":7,"lineage":"real","outputs":{},"resources":[]}';
  const inS3 = (): string => JSON.stringify({ bucket: s3.bucket, region: "us-east-1", endpoint: s3.endpoint });

  test("keeps state and lock in S3 under its own name, and does not touch the real state", async () => {
    keepIn(`s3State(${inS3()})`);
    await s3.put("terraform/it.tfstate", REAL);
    const first = await kept(...DEPLOY);
    expect([first.code, first.code === 0 ? "" : first.err]).toEqual([0, ""]);
    const name = "anycast-sandbox/terraform/it.tfstate";
    expect(await s3.keys()).toEqual([name, "terraform/it.tfstate"]);
    expect(addressesIn(await s3.get(name))).toEqual(["alicloud_vpc.vpc"]);
    expect(await s3.get("terraform/it.tfstate")).toBe(REAL);

    const held = { ID: "11111111-2222-3333-4444-555555555555", Who: "ci@runner-7", Operation: "OperationTypeApply" };
    await s3.put(`${name}.tflock`, JSON.stringify({ ...held, Created: "2026-01-01T00:00:00Z" }));
    const locked = await kept("plan");
    expect([locked.code, saidBy(locked)]).toEqual([2, expect.stringContaining("locked by ci@runner-7")]);
  });

  test("keeps the state in a local file without the option", async () => {
    keepIn(`s3State(${inS3()})`);
    const before = await s3.keys();
    expect((await sandbox([], ...DEPLOY)).code).toBe(0);
    expect(await s3.keys()).toEqual(before);
    expect(readdirSync(root)).toContain("terraform.it.tfstate");
  });

  test("keeps the state on a state server next to the real one, which stays unchanged", async () => {
    const server = await StateServer.start();
    try {
      keepIn(`httpState({ url: "${server.url}", lock: "none" })`);
      const path = new URL(`${server.url}/it`).pathname;
      server.states.set(path, REAL);
      const ended = await kept(...DEPLOY);
      expect([ended.code, ended.code === 0 ? "" : ended.err]).toEqual([0, ""]);
      const name = path.replace(/it$/, "anycast-sandbox-it");
      expect([...server.states.keys()].filter((one) => one !== path && !one.startsWith(name))).toEqual([]);
      expect(addressesIn(server.states.get(name)!)).toEqual(["alicloud_vpc.vpc"]);
      expect(server.states.get(path)).toBe(REAL);
    } finally {
      server.stop();
    }
  });

  test("refuses a server that stores one state for all addresses", async () => {
    const server = await startHttpState();
    try {
      const { address } = (server.backend as { http: { address: string } }).http;
      keepIn(`httpState({ url: "${address}" })`);
      await fetch(address, { method: "POST", body: REAL });
      const ended = await kept("plan");
      expect([ended.code, saidBy(ended)]).toEqual([2, expect.stringContaining("[StateElsewhere]")]);
      expect(server.state()).toBe(REAL);
    } finally {
      await server.stop();
    }
  });

  test.each([
    ["OSS", `ossState({ bucket: "states", region: "ap-southeast-1", lock: "none" })`, "the sandbox withholds"],
    ["HCP Terraform", `cloudState({ organization: "acme" })`, "on its own servers"],
  ])("says why it cannot be used with %s", async (_name, place, why) => {
    keepIn(place);
    const ended = await kept("plan");
    expect([ended.code, saidBy(ended)]).toEqual([2, expect.stringContaining(why)]);
  });

  test("is refused together with --seed-state", async () => {
    const ended = await sandbox(["--keep-backend", "--seed-state", "x"], "plan");
    expect([ended.code, ended.err]).toEqual([2, expect.stringContaining("--keep-backend")]);
  });
});

test("a run against the real cloud refuses a state with the sandbox's name", async () => {
  keepIn(
    `s3State({ bucket: "${s3.bucket}", region: "us-east-1", endpoint: "${s3.endpoint}", prefix: "anycast-sandbox/terraform" })`,
  );
  const ended = await anycast(root, ["plan"], s3.env);
  expect([ended.code, saidBy(ended)]).toEqual([2, expect.stringContaining("[StateIsSandbox]")]);
});
