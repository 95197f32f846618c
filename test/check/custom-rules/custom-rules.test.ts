import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CheckReport } from "../../../src/core/check-report";
import { checkPlans } from "../../../src/check";

const FIXTURES = join(__dirname, "..", "..", "fixtures");
const TEAM = join(FIXTURES, "wasm", "team.tar.gz");

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "anycast-own-"))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function check(
  plan: string,
  policies: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  customLimitMs?: number,
): Promise<CheckReport> {
  return checkPlans([{ name: plan, path: join(FIXTURES, "plans", `${plan}.json`) }], {
    emit: () => undefined,
    cwd: directory,
    policies,
    env,
    ...(customLimitMs === undefined ? {} : { customLimitMs }),
  });
}

describe("a team's custom rules", () => {
  it("add findings under their own name", async () => {
    const report = await check("internal-vpc", [TEAM]);
    expect(report.verdict).toBe("denied");
    const denials = report.plans[0]?.findings?.filter(({ level }) => level === "deny");
    expect(denials).toEqual([
      expect.objectContaining({
        rule: "team/name-prefix",
        level: "deny",
        waived: false,
        address: "alicloud_slb_load_balancer.lb",
      }),
    ]);
  });

  it("remove none of the built-in findings", async () => {
    const report = await check("internet-facing", [TEAM]);
    const denials = report.plans[0]?.findings?.filter(({ level }) => level === "deny");
    expect(denials?.map((finding) => finding.rule)).toEqual(["binding/internal-only", "team/name-prefix"]);
  });

  it("need not find anything in a plan", async () => {
    expect((await check("destroy-all", [TEAM])).verdict).toBe("allowed");
  });

  it.each([
    ["a path that does not exist", "nowhere", "OwnPolicyNotFound"],
    ["a file that is not a bundle", __filename, "OwnPolicyInvalid"],
  ])("given as %s stop the check", async (_name, path, code) => {
    await expect(check("internal-vpc", [path])).rejects.toMatchObject({ code, exitCode: 2 });
  });

  it("in a truncated bundle stop the check", async () => {
    const cut = join(directory, "cut.tar.gz");
    writeFileSync(cut, readFileSync(TEAM).subarray(0, 5000));
    await expect(check("internal-vpc", [cut])).rejects.toMatchObject({ code: "OwnPolicyInvalid" });
  });

  it("without the entrypoint stop the check", async () => {
    const files = join(directory, "files");
    execFileSync("mkdir", [files]);
    execFileSync("cp", [join(FIXTURES, "wasm", "traps.wasm"), join(files, "policy.wasm")]);
    execFileSync("tar", ["-czf", join(directory, "other.tar.gz"), "-C", files, "policy.wasm"]);
    await expect(check("internal-vpc", ["other.tar.gz"])).rejects.toMatchObject({ code: "OwnPolicyInvalid" });
  });

  it("that never finish are stopped, and the plan is not allowed", async () => {
    const endless = join(FIXTURES, "wasm", "endless.tar.gz");
    const { verdict, plans } = await check("internal-vpc", [endless], process.env, 8_000);
    expect([verdict, plans[0]?.error?.code]).toEqual(["error", "OwnPolicyTooSlow"]);
  });

  it("that never finish loading stop the check", async () => {
    // (module (func $f (loop (br 0))) (start $f))
    const module = "0061736d01000000010401600000030201000801000a0901070003400c000b0b";
    writeFileSync(join(directory, "policy.wasm"), Buffer.from(module, "hex"));
    execFileSync("tar", ["-czf", join(directory, "start.tar.gz"), "-C", directory, "policy.wasm"]);
    await expect(check("internal-vpc", ["start.tar.gz"], process.env, 8_000)).rejects.toMatchObject({
      code: "OwnPolicyTooSlow",
      exitCode: 2,
    });
  });

  it("in Rego need opa, and the error says so", async () => {
    writeFileSync(join(directory, "team.rego"), "package anycast_own\n\ndecision := {}\n");
    await expect(check("internal-vpc", ["."], { PATH: directory })).rejects.toMatchObject({
      code: "OwnPolicyNotBuilt",
    });
  });
});
