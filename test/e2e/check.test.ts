import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/core/process";
import { terraformBinary, terraformEnvironment } from "../../src/core/terraform-binary";
import { PLANS } from "../report/support/reports";

const ANYCAST = join(__dirname, "../../bin/anycast");

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

let cwd: string;
beforeEach(() => (cwd = mkdtempSync(join(tmpdir(), "anycast-e2e-check-"))));
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

async function anycast(args: readonly string[], input?: Uint8Array): Promise<Ended> {
  const options = { cwd, env: terraformEnvironment(), ...(input === undefined ? {} : { input }) };
  const { exitCode, stdout, stderr } = await run(process.execPath, [ANYCAST, ...args], options);
  return { code: exitCode, out: stdout.toString("utf8"), err: stderr.toString("utf8") };
}

describe("the anycast check process", () => {
  it.each([
    ["internal-vpc", 0, "Verdict: allowed (1 warning; 1 binding proven)"],
    ["internet-facing", 1, "Verdict: denied (refused by 1 finding; 1 warning; no bindings proven)"],
    ["index", 2, "Verdict: error (NotAPlan)"],
  ])("checks %s, by path and by stdin", async (name, code, verdict) => {
    const path = join(PLANS, `${name}.json`);
    const byPath = await anycast(["check", path]);
    expect([byPath.code, byPath.err, byPath.out.trimEnd().split("\n").at(-1)]).toEqual([code, "", verdict]);
    const byStdin = await anycast(["check", "-"], readFileSync(path));
    expect([byStdin.code, byStdin.out.trimEnd().split("\n").at(-1)]).toEqual([code, verdict]);
  });

  it("reads a saved plan with the real terraform, in the directory it was created in, wherever the file is", async () => {
    const project = join(cwd, "project");
    mkdirSync(project);
    writeFileSync(join(project, "main.tf"), 'resource "terraform_data" "x" {\n  input = "y"\n}\n');
    for (const args of [
      ["init", "-input=false"],
      ["plan", "-input=false", `-out=${join(cwd, "saved.tfplan")}`],
    ]) {
      const made = await run(terraformBinary(), args, { cwd: project, env: terraformEnvironment() });
      expect([made.exitCode, made.stderr.toString("utf8")]).toEqual([0, ""]);
    }
    const result = await anycast(["check", "saved.tfplan", "--chdir", "project", "--format", "json"]);
    expect([result.code, result.err]).toEqual([0, ""]);
    expect(JSON.parse(result.out)).toMatchObject({
      verdict: "allowed",
      plans: [{ source: "saved.tfplan", bindings: 0 }],
    });
    const piped = await anycast(["check", "-"], readFileSync(join(cwd, "saved.tfplan")));
    expect([piped.code, piped.out]).toEqual([2, expect.stringContaining("error: PlanNotText") as string]);
  });

  it("keeps its exit code when the reader closes the pipe", async () => {
    const child = spawn(process.execPath, [ANYCAST, "check", join(PLANS, "internet-facing.json")], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    child.stdout.destroy();
    const [code] = (await once(child, "close")) as [number];
    expect(code).toBe(1);
  });

  it("explains a rule and refuses one it does not know", async () => {
    expect(await anycast(["explain", "vpc-only"])).toMatchObject({ code: 0, err: "" });
    const unknown = await anycast(["explain", "vpc-olny"]);
    expect([unknown.code, unknown.out]).toEqual([2, ""]);
    expect(unknown.err).toContain("did you mean binding/vpc-only?");
  });
});
