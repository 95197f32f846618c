import { join } from "node:path";
import { run } from "../../src/core/process";
import { readCloud } from "alicloud-sandbox";
import type { CloudProject } from "../support/cloud-project";
import { CDKTF, copySynthesis, makeCloudProject, REPOSITORY, RESOURCES, synthesised } from "../support/cloud-project";

jest.setTimeout(300_000);

const ANYCAST = join(REPOSITORY, "bin/anycast");
const KINDS = ["vpc", "vswitch", "load-balancer", "anycast-eip"];

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly text: string;
}

/** Each command has a sandbox of its own on the same cloud, as after a crash of everything. */
describe("an apply that ends with a creation of unknown outcome", () => {
  let template: CloudProject;
  let project: CloudProject;
  beforeAll(async () => {
    template = await synthesised();
  });
  afterAll(() => template.stop());
  beforeEach(async () => {
    project = await makeCloudProject({});
    copySynthesis(template, project);
    await project.sandbox.stop();
  });
  afterEach(() => project.stop());

  /** What a crashed sandbox leaves running has ended when its output does. */
  async function inSandbox(command: readonly string[], faults: readonly string[] = []): Promise<Ended> {
    const given = faults.flatMap((fault) => ["--fault", fault]);
    const env = { ...process.env, CI: "1", TMPDIR: project.env.TMPDIR };
    const ended = await run(ANYCAST, ["sandbox", ...given, "--", ...command], { cwd: project.root, env });
    const out = ended.stdout.toString();
    return { code: ended.exitCode, out, text: out + ended.stderr.toString() };
  }
  const DEPLOY = [ANYCAST, "deploy", "--auto-approve"];
  const counts = (): Record<string, number> => {
    const { objects } = readCloud(join(project.root, ".anycast/sandbox")).snapshot;
    return Object.fromEntries(KINDS.map((kind) => [kind, objects.filter((one) => one.kind === kind).length]));
  };
  const ONE_OF_EACH = Object.fromEntries(KINDS.map((kind) => [kind, 1]));

  test.each([
    ["the provider crashes after it has created an address", ["crash:AllocateAnycastEipAddress:after"], DEPLOY],
    ["the provider crashes after it has created a VPC", ["crash:CreateVpc:after"], DEPLOY],
    ["every answer is lost", ["lost-response:CreateLoadBalancer:*"], DEPLOY],
    ["the provider crashes in the middle of a binding", ["crash:AssociateAnycastEipAddress:after"], DEPLOY],
    [
      "the provider crashes under the unchanged cdktf",
      ["crash:AllocateAnycastEipAddress:after"],
      [CDKTF, "deploy", "it", "--auto-approve"],
    ],
  ])("%s: the next run stops, recover imports it, and nothing is created twice", async (_what, faults, command) => {
    const first = await inSandbox(command, faults);
    expect(first.code).not.toBe(0);
    const before = counts();
    const second = await inSandbox(command);
    expect([second.code === 0, second.text]).toEqual([false, expect.stringContaining("[StateIncomplete]")]);
    expect(second.text).toContain("anycast recover it");
    expect(second.text).not.toMatch(/is in the state|state rm/);
    const looked = await inSandbox([ANYCAST, "recover", "--dry-run"]);
    expect([looked.code, looked.text]).toEqual([2, expect.stringContaining("Nothing was changed.")]);
    expect(counts()).toEqual(before);
    const recovered = await inSandbox([ANYCAST, "recover"]);
    expect([recovered.code, recovered.text]).toEqual([0, expect.stringContaining("it is in the state now")]);
    const third = await inSandbox(command);
    expect([third.code, third.code === 0 ? "" : third.text]).toEqual([0, ""]);
    expect(counts()).toEqual(ONE_OF_EACH);
    expect(project.state("it")).toHaveLength(RESOURCES);
  });

  test("nothing was created: recover says so, and the next run goes on", async () => {
    expect((await inSandbox(DEPLOY, ["crash:AllocateAnycastEipAddress:before"])).code).not.toBe(0);
    const recovered = await inSandbox([ANYCAST, "recover", "--format", "json"]);
    const { done, stacks } = JSON.parse(recovered.out) as {
      done: boolean;
      stacks: { recovery: { told: { address: string; outcome: string }[] } }[];
    };
    expect(done).toBe(true);
    const address = "alicloud_eipanycast_anycast_eip_address.eip";
    expect(stacks[0]!.recovery.told.find((one) => one.address === address)?.outcome).toBe("absent");
    expect((await inSandbox(DEPLOY)).code).toBe(0);
    expect(counts()).toEqual(ONE_OF_EACH);
  });

  test("an explicit refusal of the cloud created nothing, and the next run needs no recovery", async () => {
    const refused = await inSandbox(DEPLOY, ["throttle:CreateVpc:*"]);
    expect([refused.code, refused.text]).toEqual([2, expect.stringContaining("Throttling.User")]);
    expect(refused.text).not.toContain("[StateIncomplete]");
    expect((await inSandbox(DEPLOY)).code).toBe(0);
    expect(counts()).toEqual(ONE_OF_EACH);
  });

  test("the user can say which object it is, or that there is none", async () => {
    await inSandbox(DEPLOY, ["crash:AllocateAnycastEipAddress:after"]);
    const wrong = await inSandbox([ANYCAST, "recover", "it", "--id", "alicloud_vpc.other=vpc-1"]);
    expect([wrong.code, wrong.text]).toEqual([2, expect.stringContaining("[RecoverOptionInvalid]")]);
    // Terraform makes the VPC and the address side by side, so the VPC may be done when the provider dies.
    const open = JSON.parse((await inSandbox([ANYCAST, "recover", "it", "--dry-run", "--format", "json"])).out) as {
      stacks: { recovery: { told: { address: string }[] } }[];
    };
    const addresses = open.stacks[0]!.recovery.told.map((one) => one.address);
    expect(addresses).toContain("alicloud_eipanycast_anycast_eip_address.eip");
    const none = addresses.flatMap((one) => ["--none", one]);
    const told = await inSandbox([ANYCAST, "recover", "it", ...none]);
    expect([told.code, told.text]).toEqual([0, expect.stringContaining("as --none says")]);
    expect(project.state("it")?.filter((address) => addresses.includes(address))).toEqual([]);
  });
});
