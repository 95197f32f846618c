import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CloudProject, Ended } from "../support/cloud-project";
import { makeCloudProject, RESOURCES } from "../support/cloud-project";

jest.setTimeout(300_000);

let project: CloudProject;
beforeEach(async () => {
  project = await makeCloudProject({ it: { type: "intranet" } });
  writeFileSync(join(project.root, ".gitignore"), "*\n!anycast.yaml\n!.gitignore\n");
  git("init", "--quiet", "--initial-branch=main");
});
afterEach(() => project.stop());

function git(...args: string[]): void {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
  execFileSync("git", [...identity, ...args], { cwd: project.root });
}
function settings(text: string): void {
  writeFileSync(join(project.root, "anycast.yaml"), text);
}
/** What the branch main says, whatever the checkout says later. */
function base(text: string): void {
  settings(text);
  git("add", "--all");
  git("commit", "--quiet", "--message=x");
}
const run = async (...args: string[]): Promise<Ended> => project.anycast(args);

const STRICT = "regions: [cn-hongkong]\n";
const FITTING = "regions: [ap-southeast-1]\n";

describe("every applying command uses the settings of the --config-from commit:", () => {
  test("deploy and destroy: neither looser nor stricter settings in the checkout count", async () => {
    base(STRICT);
    settings(FITTING);
    const refused = await run("deploy", "--auto-approve", "--config-from", "main");
    expect([refused.code, refused.out]).toEqual([1, expect.stringContaining("binding/supported-region")]);
    expect(refused.out.replace(/\s+/g, " ")).toContain("This change edits `anycast.yaml`");
    expect(project.state("it")).toBeUndefined();

    base(FITTING);
    settings(STRICT);
    expect((await run("deploy", "--auto-approve", "--config-from", "main")).code).toBe(0);
    expect(project.state("it")).toHaveLength(RESOURCES);
    const missing = await run("destroy", "--auto-approve", "--config-from", "nowhere");
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining("[ConfigRefNotFound]")]);
    expect(project.state("it")).toHaveLength(RESOURCES);
    expect((await run("destroy", "--auto-approve", "--config-from", "main")).code).toBe(0);
    expect(project.state("it")).toEqual([]);
  });

  test("apply: a plan that was checked with the settings of main is applied with them, and with no others", async () => {
    base(FITTING);
    settings("regions: current\n");
    expect((await run("plan", "--save", "plans", "--config-from", "main")).code).toBe(0);
    const others = await run("apply", "plans", "--auto-approve");
    expect([others.code, others.err]).toEqual([1, expect.stringContaining("[ReceiptMismatch]")]);
    expect(project.state("it")).toBeUndefined();
    const same = await run("apply", "plans", "--auto-approve", "--config-from", "main");
    expect([same.code, project.state("it")?.length]).toEqual([0, RESOURCES]);
  });
});
