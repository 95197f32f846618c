import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StepEnd } from "../action/support/runner";
import { runStep } from "../action/support/runner";
import type { CloudProject } from "../support/cloud-project";
import { makeCloudProject, RESOURCES } from "../support/cloud-project";
import { startHttpState } from "../support/http-state";

jest.setTimeout(300_000);

let project: CloudProject;
afterEach(() => project.stop());

/** One step of the action in the mode deploy; it takes the state that the project has. */
const deploy = (inputs: Record<string, string> = {}): Promise<StepEnd> =>
  runStep({ workspace: project.root, with: { mode: "deploy", ...inputs }, env: project.env });
const endOf = ({ code, outputs }: StepEnd): unknown[] => [code, outputs.verdict, outputs["failure-reason"]];

describe("the action in the mode deploy sets the reason of a failure:", () => {
  it("denied: the policy refuses a plan, and nothing is created", async () => {
    project = await makeCloudProject({ it: { type: "internet" } });
    const ended = await deploy();
    expect(endOf(ended)).toEqual([1, "denied", "denied"]);
    expect(ended.log).toMatch(/^::error title=denied%3A binding\/internal-only::/m);
    expect(project.sandbox.status().objects.filter(({ kind }) => kind === "anycast-eip")).toEqual([]);
  });

  it("error: the app throws, and its message is shown", async () => {
    project = await makeCloudProject({ it: { type: "intranet" } });
    writeFileSync(join(project.root, "stacks.json"), "{");
    const ended = await deploy();
    expect(endOf(ended)).toEqual([2, "error", "error"]);
    expect(ended.summary).toMatch(/^## Policy check: error\n/);
    expect(ended.log).toContain("stacks.json");
  });

  it("plan-changed: the plan is not the one that was checked", async () => {
    project = await makeCloudProject({ it: { type: "intranet", unbound: true } });
    expect((await project.anycast(["plan", "--receipts", "receipts"])).code).toBe(0);
    project.write({ it: { type: "intranet" } });
    const ended = await deploy({ arguments: "--require-receipt=receipts" });
    expect(endOf(ended)).toEqual([1, "denied", "plan-changed"]);
    expect(ended.summary).toContain("alicloud_eipanycast_anycast_eip_address_attachment.bind");
    expect(project.state("it")).toBeUndefined();
  });

  it("state-locked: the state is locked by another process", async () => {
    project = await makeCloudProject({ it: { type: "intranet" } });
    const server = await startHttpState();
    try {
      const backend = JSON.stringify(server.backend);
      writeFileSync(
        join(project.root, "backend.js"),
        `const fs = require("fs"), path = process.env.CDKTF_OUTDIR + "/stacks/it/cdk.tf.json", stack = JSON.parse(fs.readFileSync(path));
stack.terraform.backend = ${backend}; fs.writeFileSync(path, JSON.stringify(stack));`,
      );
      const app = "node main.js && node backend.js";
      writeFileSync(join(project.root, "cdktf.json"), JSON.stringify({ language: "typescript", app, projectId: "x" }));
      server.lockFor("ci@runner-7");
      const ended = await deploy();
      expect(endOf(ended)).toEqual([2, "error", "state-locked"]);
      expect(ended.log).toContain("locked by ci@runner-7");
    } finally {
      await server.stop();
    }
  });

  it("apply-failed: the cloud refuses part of the apply, and the next run continues from there", async () => {
    project = await makeCloudProject({ it: { type: "intranet" } }, { faults: ["500:AssociateAnycastEipAddress:*"] });
    const ended = await deploy();
    expect(endOf(ended)).toEqual([2, "error", "apply-failed"]);
    expect(project.state("it")?.length).toBe(RESOURCES - 1);
  });

  it("none where it succeeded", async () => {
    project = await makeCloudProject({ it: { type: "intranet" } });
    const ended = await deploy();
    expect([...endOf(ended), ended.outputs.add]).toEqual([0, "allowed", "", String(RESOURCES)]);
    expect(project.state("it")?.length).toBe(RESOURCES);
  });
});
