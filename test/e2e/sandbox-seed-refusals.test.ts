import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeCloudProject } from "../support/cloud-project";
import type { CloudProject, Ended } from "../support/cloud-project";

jest.setTimeout(120_000);

/** The state that people have before anything was deployed; what matters here is refused before it is looked into. */
const STATE = JSON.stringify({ version: 4, serial: 1, lineage: "", outputs: {}, resources: [] });

describe("a seeded sandbox refuses to plan", () => {
  let project: CloudProject;
  beforeAll(async () => {
    project = await makeCloudProject({
      alpha: { type: "intranet" },
      beta: { type: "intranet", dependsOn: ["alpha"] },
    });
    writeFileSync(join(project.root, "seed.json"), STATE);
  });
  afterAll(() => project.stop());

  const seeded = (...command: readonly string[]): Promise<Ended> => {
    const args = ["sandbox", "--directory", "other", "--seed-state", "seed.json", "--", ...command];
    const { PATH, HOME } = process.env;
    return project.anycast(args, { env: { PATH, HOME, TMPDIR: project.env.TMPDIR, CI: "1", FORCE_COLOR: "0" } });
  };

  it.each([
    ["all stacks at once", []],
    ["a stack with its dependencies", ["beta"]],
  ])("%s, because one state belongs to one stack", async (_, names) => {
    const { code, out, err } = await seeded("anycast", "plan", ...names);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("[SandboxSeeded]");
    expect(err).toContain("several stacks: alpha, beta. Fix: name the one whose state it is, with `--only STACK`");
  });

  it("except a single selected stack that depends on another one", async () => {
    const { code, out, err } = await seeded("anycast", "plan", "--only", "beta", "--format", "json");
    expect(code === 0 ? "" : err).toBe("");
    expect((JSON.parse(out) as { stacks: unknown[] }).stacks).toMatchObject([{ stack: "beta", changes: { add: 5 } }]);
  });

  /** A stack next to the app's, with the blocks of alpha and this for its state. */
  function byHand(terraform: object): string {
    const stack = join(project.root, "by-hand");
    rmSync(stack, { recursive: true, force: true });
    mkdirSync(stack);
    const app = JSON.parse(readFileSync(join(project.root, "cdktf.out/stacks/alpha/cdk.tf.json"), "utf8")) as {
      terraform: { required_providers: unknown };
    };
    const { required_providers } = app.terraform;
    writeFileSync(
      join(stack, "cdk.tf.json"),
      JSON.stringify({ ...app, terraform: { required_providers, ...terraform } }),
    );
    return stack;
  }

  it("a stack with a remote backend, and does not contact it", async () => {
    const stack = byHand({ backend: { http: { address: "http://127.0.0.1:9/state" } } });
    const { code, err } = await seeded("anycast-terraform", "-chdir=by-hand", "plan", "-input=false");
    expect(code).toBe(2);
    expect(err.replace(/\s+/g, " ")).toContain("it has the backend `http`");
    expect(err).toContain("[SandboxSeedNotLocal]");
    expect(err).toContain("backend_override.tf.json");
    writeFileSync(join(stack, "backend_override.tf.json"), JSON.stringify({ terraform: { backend: { local: {} } } }));
    const init = await seeded("anycast-terraform", "-chdir=by-hand", "init", "-input=false", "-reconfigure");
    expect(init.code === 0 ? "" : init.err).toBe("");
    const planned = await seeded("anycast-terraform", "-chdir=by-hand", "plan", "-input=false");
    expect(planned.code === 0 ? "" : planned.err + planned.out).toBe("");
    expect(planned.out).toContain("5 to add");
  });

  it("a stack whose runs happen in HCP Terraform, as without a sandbox", async () => {
    byHand({ cloud: { organization: "o", workspaces: { name: "w" } } });
    const { code, err } = await seeded("anycast-terraform", "-chdir=by-hand", "plan", "-input=false");
    expect(code).toBe(2);
    expect(err).toContain("[PolicyRunsOnServer]");
    expect(err.replace(/\s+/g, " ")).toContain("Nothing was planned.");
  });
});
