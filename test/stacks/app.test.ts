import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/core/process";
import type { RunResult } from "../../src/core/process";
import { terraformEnvironment } from "../../src/core/terraform-binary";

const root = join(__dirname, "..", "..");
const app = ["--conditions=anycast-source", "--import", "tsx", "main.ts"];
const cdktf = join(root, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf");
let out: string;

// cdktf takes seconds to start, more on a busy machine.
jest.setTimeout(120_000);

beforeEach(() => void (out = mkdtempSync(join(tmpdir(), "app-"))));
afterEach(() => rmSync(out, { recursive: true, force: true }));

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<RunResult> {
  // From Node 22 on, Node warns of what cdktf itself calls.
  const clean = { ...terraformEnvironment(), CDKTF_OUTDIR: out, CI: "1", NODE_NO_WARNINGS: "1" } as NodeJS.ProcessEnv;
  for (const name of ["TERRAFORM_BINARY_NAME", "ANYCAST_GATE", "ANYCAST_UNGATED", "SETTINGS"]) delete clean[name];
  return run(process.execPath, args, { cwd: root, env: { ...clean, ...env } });
}

describe("The app", () => {
  it("synthesises one stack and leaves the refused example alone", async () => {
    const ended = await start(app);
    expect({ exitCode: ended.exitCode, stderr: ended.stderr.toString() }).toEqual({ exitCode: 0, stderr: "" });
    expect(readdirSync(join(out, "stacks"))).toEqual(["quick-start"]);
  });

  it("reads another settings file given by the environment", async () => {
    const settings = join(out, "other.yaml");
    writeFileSync(settings, "region: cn-hongkong\nname: other\n");
    expect((await start(app, { SETTINGS: settings })).exitCode).toBe(0);
    const made = readFileSync(join(out, "stacks", "quick-start", "cdk.tf.json"), "utf8");
    expect(JSON.parse(made)).toMatchObject({ provider: { alicloud: [{ region: "cn-hongkong" }] } });
  });

  it("keeps its state where the settings say, and in a local file inside the sandbox", async () => {
    const settings = join(out, "shared.yaml");
    const state = "state:\n  http: { url: https://state.example.com/anycast }\n";
    writeFileSync(settings, `region: cn-hongkong\nname: other\n${state}`);
    const backend = (): unknown =>
      (JSON.parse(readFileSync(join(out, "stacks", "quick-start", "cdk.tf.json"), "utf8")) as { terraform: object })
        .terraform;
    expect((await start(app, { SETTINGS: settings })).exitCode).toBe(0);
    expect(backend()).toMatchObject({
      backend: { http: { address: "https://state.example.com/anycast/quick-start" } },
    });
    expect((await start(app, { SETTINGS: settings, ANYCAST_SANDBOX: "x" })).exitCode).toBe(0);
    expect(backend()).toMatchObject({ backend: { local: {} } });

    writeFileSync(settings, `region: cn-hongkong\nname: other\n${state.replace("https", "http")}`);
    const refused = await start(app, { SETTINGS: settings });
    expect([refused.exitCode, refused.stderr.toString()]).toEqual([
      2,
      expect.stringMatching(/^Expected the url to be an https address .+ \(at httpState\)\. Fix: .+\n$/),
    ]);
  });

  it("reports in one sentence what is wrong with the settings, and exits 2", async () => {
    const settings = join(out, "broken.yaml");
    writeFileSync(settings, "region: mars\nname: other\n");
    const ended = await start(app, { SETTINGS: settings });
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr.toString()).toMatch(
      /^Expected region to be one of .+, got `mars` \(at .+broken\.yaml:1:9\)\. Fix: .+\.\n$/,
    );
    expect(existsSync(join(out, "stacks", "quick-start"))).toBe(false);
  });

  it("is synthesised by cdktf without the gate, with a warning", async () => {
    const ended = await start([cdktf, "synth", "--output", out]);
    expect(ended.exitCode).toBe(0);
    expect(`${ended.stdout.toString()}${ended.stderr.toString()}`).toContain("The policy gate is not wired");
  });

  it("is not deployed by cdktf without the gate: nothing is planned, nothing is applied", async () => {
    const ended = await start([cdktf, "deploy", "--auto-approve", "--output", out]);
    const said = `${ended.stdout.toString()}${ended.stderr.toString()}`;
    expect(ended.exitCode).toBe(1);
    expect(said).toContain("`cdktf deploy` was started without the policy gate.");
    expect(existsSync(join(out, "stacks", "quick-start", ".terraform"))).toBe(false);
    expect(existsSync(join(root, "terraform.quick-start.tfstate"))).toBe(false);
  });
});

describe("The refused example", () => {
  it("is an app of its own", async () => {
    const ended = await start([...app.slice(0, -1), "stacks/refused-example.ts"]);
    expect(ended.exitCode).toBe(0);
    expect(readdirSync(join(out, "stacks"))).toEqual(["internet-facing"]);
  });
});
