import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import type { CheckReport, Evidence } from "../../src/core/check-report";
import { checkPlans } from "../../src/check";
import type { Checker } from "../../src/check/checker";
import type { DeployResult } from "../../src/gate/stacks";
import { runStacks } from "../../src/gate/stacks";
import { runWrapper } from "../../src/gate/wrapper";
import { Interruption } from "../../src/terraform";
import { run } from "../../src/core/process";
import { terraformBinary } from "../../src/core/terraform-binary";
import type { CloudProject } from "../support/cloud-project";
import { makeCloudProject } from "../support/cloud-project";

const BINDING = "alicloud_eipanycast_anycast_eip_address_attachment.bind";
const CLB = "alicloud_slb_load_balancer.clb";

/** The real gate, with its evidence replaced: as if it had been wrong. */
const forging =
  (forge: (evidence: Evidence) => Evidence | Evidence[] | undefined): Checker =>
  async (sources, options): Promise<CheckReport> => {
    const report = await checkPlans(sources, options);
    const forged = (all: readonly Evidence[]): Evidence[] => all.flatMap((one) => forge(one) ?? []);
    return { ...report, plans: report.plans.map((plan) => ({ ...plan, evidence: forged(plan.evidence ?? []) })) };
  };

const otherTarget = (evidence: Evidence): Evidence => ({
  ...evidence,
  targets: evidence.targets.map((target) => ({ ...target, address: "alicloud_slb_load_balancer.elsewhere" })),
});

let project: CloudProject;
beforeEach(async () => (project = await makeCloudProject({ app: { type: "intranet" } })));
afterEach(() => project.stop());

const deploy = (check: Checker): Promise<DeployResult> =>
  runStacks({
    operation: "deploy",
    projectDirectory: project.root,
    selection: { stacks: [], only: [] },
    env: project.env,
    emit: () => undefined,
    check,
    approve: async () => true,
    interruption: new Interruption(),
  });

const stackDirectory = (): string => join(project.root, "cdktf.out/stacks/app");

function proofInReceipt(): { result: string; bindings: { address: string; bound: string; broken?: string }[] } {
  const { payload } = JSON.parse(readFileSync(join(stackDirectory(), ".terraform/anycast-receipt.json"), "utf8")) as {
    payload: string;
  };
  const { predicate } = JSON.parse(Buffer.from(payload, "base64").toString()) as {
    predicate: { anycast: { proof: ReturnType<typeof proofInReceipt> } };
  };
  return predicate.anycast.proof;
}

describe("the comparison of bindings with their proof after an apply", () => {
  test("passes for a good apply, and the receipt says so", async () => {
    const { exitCode } = await deploy(checkPlans);
    expect(exitCode).toBe(0);
    expect(proofInReceipt()).toMatchObject({ result: "HELD", bindings: [{ address: BINDING }] });
    expect(proofInReceipt().bindings[0]!.bound).toMatch(/^lb-/);
  });

  test.each<[string, (evidence: Evidence) => Evidence | undefined, string]>([
    ["another target", otherTarget, `(${CLB}, intranet); proven was alicloud_slb_load_balancer.elsewhere`],
    ["another region", (evidence) => ({ ...evidence, region: "cn-hongkong" }), "its region is ap-southeast-1"],
    [
      "another address type",
      (evidence) => ({ ...evidence, targets: evidence.targets.map((one) => ({ ...one, address_type: "internet" })) }),
      "has the address type intranet, not internet",
    ],
    ["nothing", () => undefined, "proven nothing of this binding"],
  ])("fails with exit code 1 for evidence of %s", async (_what, forge, says) => {
    const { exitCode, stacks } = await deploy(forging(forge));
    expect(stacks[0]).toMatchObject({ status: "unproven", error: { code: "ProofBroken" } });
    expect(stacks[0]!.error!.message).toContain(says);
    expect(exitCode).toBe(1);
    expect(proofInReceipt()).toMatchObject({ result: "BROKEN", bindings: [{ address: BINDING }] });
  });

  test("suggests a command that removes the binding", async () => {
    const { stacks } = await deploy(forging(otherTarget));
    const undo = /`(cd .* terraform destroy [^`]*)`/.exec(stacks[0]!.error!.message)![1]!;
    expect(project.state("app")).toContain(BINDING);
    const ended = await run("/bin/sh", ["-c", undo], { cwd: project.root, env: project.env, input: "yes\n" });
    expect([ended.exitCode, ended.stderr.toString()]).toEqual([0, ""]);
    expect(project.state("app")).not.toContain(BINDING);
    expect(project.state("app")).toContain(CLB);
  });

  const LOST = `${BINDING}_lost`;
  const lost = (evidence: Evidence): Evidence => ({ ...evidence, address: LOST });
  test.each<[string, (evidence: Evidence) => Evidence[], string[]]>([
    ["nothing where the state lost it", (evidence) => [evidence, lost(evidence)], []],
    ["what is there", (evidence) => [otherTarget(evidence), lost(evidence)], [`-target=${BINDING}`]],
  ])("suggests to remove %s", async (_what, forge, targets) => {
    const { message } = (await deploy(forging(forge))).stacks[0]!.error!;
    expect(message).toContain(`${LOST}: the binding is not in the state`);
    expect(message.match(/-target=[^ `]*/g) ?? []).toEqual(targets);
    expect(message.includes(`&& ${terraformBinary(project.env)} destroy `)).toBe(targets.length > 0);
    expect(message.includes("run the same command again")).toBe(targets.length === 0);
  });

  test.each([
    ["by hand", {}],
    ["behind cdktf", { TF_APPEND_USER_AGENT: "cdktf/0.21.0" }],
  ])("ends terraform apply %s with exit code 1 and a message", async (_how, more) => {
    await deploy(async (sources, options) => ({ ...(await checkPlans(sources, options)), verdict: "denied" }));
    const stdin = new PassThrough();
    stdin.end();
    let err = "";
    const code = await runWrapper(["apply", "-auto-approve"], {
      check: forging(otherTarget),
      render: () => "",
      stdin,
      writeOut: () => undefined,
      writeErr: (text) => void (err += text),
      env: { ...project.env, ...more },
      cwd: stackDirectory(),
      interruption: new Interruption(),
    });
    expect(err).toContain("[ProofBroken]");
    expect(err).toContain(CLB);
    expect(code).toBe(1);
    expect(proofInReceipt()).toMatchObject({ result: "BROKEN" });
  });
});
