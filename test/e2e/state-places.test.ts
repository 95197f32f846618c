import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, DataResource, TerraformOutput, TerraformStack } from "cdktf";
import { httpState, ossState, s3State, configureBackend } from "../../src";
import type { StatePlace } from "../../src";
import type { AppOnDisk } from "../support/app";
import { deploy, makeApp } from "../support/app";
import { startHttpState } from "../support/http-state";
import type { ObjectStore } from "../support/object-store";
import { startObjectStore } from "../support/object-store";
import { addressesIn } from "../support/project";

jest.setTimeout(120_000);

/** What no real store would take is enough for one on this machine. */
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: "key",
  AWS_SECRET_ACCESS_KEY: "secret-of-aws",
  ALICLOUD_ACCESS_KEY: "key",
  ALICLOUD_SECRET_KEY: "secret-of-alicloud",
};

describe("stacks with remote states, with real terraform", () => {
  let store: ObjectStore;
  let app: AppOnDisk;
  beforeEach(async () => {
    store = await startObjectStore();
    app = makeApp({});
  });
  afterEach(async () => {
    app.remove();
    await store.stop();
  });
  const env = { ...process.env, ...CREDENTIALS };

  /** Two stacks of which one reads the other, synthesised with the helpers, put where the app would write them. */
  function write(place: StatePlace): string {
    const outdir = realpathSync(mkdtempSync(join(tmpdir(), "anycast-synth-")));
    try {
      const made = new App({ outdir });
      const [one, two] = ["one", "two"].map((name) => {
        const stack = new TerraformStack(made, name);
        configureBackend(stack, place, {});
        return stack;
      });
      const data = new DataResource(one!, "data", { input: { some: "value" } });
      new TerraformOutput(two!, "read", { value: data.id, staticId: true });
      made.synth();
      const text = (name: string): string => readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8");
      writeFileSync(join(app.root, "stacks.json"), JSON.stringify({ one: text("one"), two: text("two") }));
      return text("one") + text("two");
    } finally {
      rmSync(outdir, { recursive: true });
    }
  }
  beforeEach(() =>
    writeFileSync(
      join(app.root, "app.js"),
      `const fs = require("fs"), path = require("path"), out = process.env.CDKTF_OUTDIR;
const manifest = { version: "0.21.0", stacks: {} };
for (const [name, text] of Object.entries(JSON.parse(fs.readFileSync("stacks.json", "utf8")))) {
  fs.mkdirSync(path.join(out, "stacks", name), { recursive: true });
  fs.writeFileSync(path.join(out, "stacks", name, "cdk.tf.json"), text);
  manifest.stacks[name] = { name, constructPath: name, workingDirectory: "stacks/" + name, annotations: [], dependencies: name === "two" ? ["one"] : [] };
}
fs.writeFileSync(path.join(out, "manifest.json"), JSON.stringify(manifest));`,
    ),
  );

  test("keep one state per stack in an S3-compatible store, lock by a conditional write, and have no secret in the JSON", async () => {
    const text = write(s3State({ bucket: "states", region: "us-east-1", endpoint: store.endpoint }));
    expect(text).not.toContain("secret-of");
    const { statuses, stacks } = await deploy(app, { env });
    expect(statuses).toEqual({ one: "done", two: "done" });
    expect(stacks[1]!.outputs).toEqual({ read: expect.stringMatching(/^[0-9a-f-]{36}$/) as string });
    expect([...store.objects.keys()].sort()).toEqual([
      "/states/terraform/one.tfstate",
      "/states/terraform/two.tfstate",
    ]);
    expect(addressesIn(store.objects.get("/states/terraform/one.tfstate")!)).toEqual(["terraform_data.data"]);

    const held = { ID: "11111111-2222-3333-4444-555555555555", Who: "ci@runner-7", Operation: "OperationTypeApply" };
    store.put("/states/terraform/one.tfstate.tflock", JSON.stringify({ ...held, Created: "2026-01-01T00:00:00Z" }));
    const locked = await deploy(app, { env });
    expect(locked.exitCode).toBe(2);
    expect(locked.stacks[0]!.error).toMatchObject({ code: "StateLocked" });
    expect(locked.stacks[0]!.error!.message).toMatch(
      /locked by ci@runner-7 \(OperationTypeApply, since 2026-01-01 .*terraform force-unlock 11111111-2222-3333-4444-555555555555/,
    );
  });

  test("keep one state per stack in an OSS bucket, and have no secret in the JSON", async () => {
    const text = write(
      ossState({ bucket: "states", region: "ap-southeast-1", endpoint: store.endpoint, lock: "none" }),
    );
    expect(text).not.toContain("secret-of");
    expect((await deploy(app, { env })).statuses).toEqual({ one: "done", two: "done" });
    expect([...store.objects.keys()].sort()).toEqual([
      "/states/terraform/one.tfstate",
      "/states/terraform/two.tfstate",
    ]);
    expect((await deploy(app, { env })).statuses).toEqual({ one: "unchanged", two: "unchanged" });
  });

  test("in an OSS bucket with a lock contact Tablestore before anything is planned", async () => {
    const lock = { endpoint: store.endpoint, table: "locks" };
    write(ossState({ bucket: "states", region: "ap-southeast-1", endpoint: store.endpoint, lock }));
    const { stacks, exitCode } = await deploy(app, { env });
    expect(exitCode).toBe(2);
    expect(stacks[0]!.error!.message).toContain("table store locks");
    expect(store.objects.size).toBe(0);
  });

  test("on a state server use the stack's own address for state and lock", async () => {
    const server = await startHttpState();
    try {
      const url = (server.backend as { http: { address: string } }).http.address;
      write(httpState({ url }));
      // One state is all this server has; one stack is enough.
      const stacks = JSON.parse(readFileSync(join(app.root, "stacks.json"), "utf8")) as Record<string, string>;
      writeFileSync(join(app.root, "stacks.json"), JSON.stringify({ one: stacks.one }));
      expect((await deploy(app, { env })).statuses).toEqual({ one: "done" });
      expect(addressesIn(server.state()!)).toEqual(["terraform_data.data"]);
      server.lockFor("ci@runner-7");
      expect((await deploy(app, { env })).stacks[0]!.error!.message).toContain("locked by ci@runner-7");
    } finally {
      await server.stop();
    }
  });
});
