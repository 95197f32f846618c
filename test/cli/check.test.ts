import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { CheckReport } from "../../src/core/check-report";
import { PLANS } from "../report/support/reports";
import { runMain } from "./support/run-main";
import type { MainResult, MainWorld } from "./support/run-main";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "anycast-check-"));
  for (const name of ["internal-vpc", "internet-facing", "destroy-all"])
    copyFileSync(join(PLANS, `${name}.json`), join(cwd, `${name}.json`));
  writeFileSync(join(cwd, "broken.json"), "{");
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const check = (args: readonly string[], world: Partial<MainWorld> = {}): Promise<MainResult> =>
  runMain(["check", ...args], { cwd, ...world });
const reportOf = (text: string): CheckReport => JSON.parse(text) as CheckReport;
const read = (name: string): string => readFileSync(join(cwd, name), "utf8");

describe("the exit code of anycast check", () => {
  it.each([
    ["0 for a proven plan", ["internal-vpc.json"], 0, "allowed"],
    ["0 for a plan with warnings only", ["destroy-all.json"], 0, "allowed"],
    ["1 for a refused plan", ["internet-facing.json"], 1, "denied"],
    ["2 for a file that is not a plan", ["broken.json"], 2, "error"],
    ["2 for a plan that does not exist", ["missing.json"], 2, "error"],
    ["2 for a directory", ["."], 2, "error"],
    ["the worst of several: refused", ["internal-vpc.json", "internet-facing.json"], 1, "denied"],
    ["the worst of several: not checked", ["internet-facing.json", "broken.json", "internal-vpc.json"], 2, "error"],
  ])("is %s", async (_what, plans, exitCode, verdict) => {
    const result = await check([...plans, "--format", "json"]);
    expect([result.exitCode, result.stderr]).toEqual([exitCode, ""]);
    const report = reportOf(result.stdout);
    expect(report.verdict).toBe(verdict);
    expect(report.plans.map(({ source }) => source)).toEqual(plans);
  });
});

describe("what anycast check reads", () => {
  it("reads a plan from stdin", async () => {
    const stdin = readFileSync(join(PLANS, "internet-facing.json"));
    const result = await check(["-", "--format=json"], { stdin });
    expect(result.exitCode).toBe(1);
    expect(reportOf(result.stdout).plans[0]!.source).toBe("-");
    expect((await check(["internal-vpc.json", "-"], { stdin })).exitCode).toBe(1);
  });

  it("refuses an empty stdin", async () => {
    const result = await check(["-"]);
    expect(result.exitCode).toBe(2);
    expect(result.stdout).toContain("error: PlanEmpty");
  });

  it("reports that stdin broke off", async () => {
    const stdin = new Readable({ read: () => stdin.destroy(new Error("broken off")) });
    expect(await check(["-"], { stdin })).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: expect.stringMatching(/^anycast: .*broken off.* Fix: .* \[StdinNotReadable\]\n$/) as string,
    });
  });

  it("uses the policy settings of the project, of ANYCAST_CONFIG, or those given", async () => {
    const settings = "regions: [cn-hongkong]\n";
    writeFileSync(join(cwd, "other.yaml"), settings);
    expect((await check(["internal-vpc.json"])).exitCode).toBe(0);
    expect((await check(["internal-vpc.json", "--config", "other.yaml"])).exitCode).toBe(1);
    expect((await check(["internal-vpc.json"], { env: { ANYCAST_CONFIG: "other.yaml" } })).exitCode).toBe(1);
    writeFileSync(join(cwd, "anycast.yaml"), settings);
    expect((await check(["internal-vpc.json"])).exitCode).toBe(1);
    mkdirSync(join(cwd, "below"));
    const below = await check(["../internal-vpc.json"], { cwd: join(cwd, "below") });
    expect(below.exitCode).toBe(1);
  });

  describe("the region of providers that set none", () => {
    beforeEach(() => {
      const plan = JSON.parse(read("internal-vpc.json")) as {
        configuration: { provider_config: Record<string, { expressions?: { region?: unknown } }> };
      };
      delete plan.configuration.provider_config.alicloud!.expressions!.region;
      writeFileSync(join(cwd, "no-region.json"), JSON.stringify(plan));
    });

    it.each([
      ["is undetermined without the option", ["no-region.json"], {}, 1],
      ["is the given one", ["no-region.json", "--region-from-env=ap-southeast-1"], {}, 0],
      ["may be given as the next argument", ["--region-from-env", "ap-southeast-1", "no-region.json"], {}, 0],
      ["is refused when it is another one", ["no-region.json", "--region-from-env=cn-hongkong"], {}, 1],
      ["comes from ALICLOUD_REGION", ["no-region.json", "--region-from-env"], { ALICLOUD_REGION: "ap-southeast-1" }, 0],
      [
        "comes from ALIBABA_CLOUD_REGION",
        ["no-region.json", "--region-from-env"],
        { ALIBABA_CLOUD_REGION: "ap-southeast-1" },
        0,
      ],
      [
        "is not taken from the name of a plan",
        ["--region-from-env", "no-region.json"],
        { ALICLOUD_REGION: "ap-southeast-1" },
        0,
      ],
      [
        "is not read from the environment without the option",
        ["no-region.json"],
        { ALICLOUD_REGION: "ap-southeast-1" },
        1,
      ],
    ])("%s", async (_what, args, env, exitCode) => {
      expect((await check(args, { env })).exitCode).toBe(exitCode);
    });
  });
});

describe("what anycast check writes", () => {
  it("writes the first format to stdout and each output to its file, in one run", async () => {
    const result = await check([
      ...["internet-facing.json", "--format", "github,json", "-o", "json=a.json", "-o", "sarif=b.sarif"],
      ...["--output", "junit=c.xml", "--output=markdown=d.md", "--output", "text=e=f.txt"],
    ]);
    expect([result.exitCode, result.stderr]).toEqual([1, ""]);
    expect(result.stdout).toMatch(/^::error title=denied%3A binding\/internal-only::/);
    expect(reportOf(read("a.json")).verdict).toBe("denied");
    expect(read("b.sarif")).toContain('"fullDescription"');
    expect(read("c.xml")).toContain("<testsuites ");
    expect(read("d.md")).toMatch(/^## Policy check: denied\n/);
    expect(read("e=f.txt")).toMatch(/\nVerdict: denied \(.*\)\n$/);
    expect(readdirSync(cwd).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect(statSync(join(cwd, "a.json")).mode & 0o777).toBe(0o644);
  });

  it("replaces a file, keeps its permissions, and follows a symbolic link", async () => {
    writeFileSync(join(cwd, "real.json"), "old");
    chmodSync(join(cwd, "real.json"), 0o600);
    symlinkSync("real.json", join(cwd, "link.json"));
    await check(["internal-vpc.json", "-o", "json=link.json"]);
    expect(lstatSync(join(cwd, "link.json")).isSymbolicLink()).toBe(true);
    expect(reportOf(read("real.json")).verdict).toBe("allowed");
    expect(statSync(join(cwd, "real.json")).mode & 0o777).toBe(0o600);
  });

  it("writes into a device instead of replacing it", async () => {
    expect((await check(["internal-vpc.json", "-o", "json=/dev/null"])).exitCode).toBe(0);
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  it("exits 2 for an allowed plan with a report that cannot be written, writes the other reports, and says which failed", async () => {
    // A full disk, as the kernel offers it for trying out.
    const result = await check(["internal-vpc.json", "-o", "json=/dev/full", "-o", "junit=c.xml"]);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toMatch(
      /^anycast: The json report could not be written \(at \/dev\/full\): (Error: )?ENOSPC.*\[OutputNotWritten\]\n$/,
    );
    expect(result.stdout).toContain("Verdict: allowed");
    expect(existsSync(join(cwd, "c.xml"))).toBe(true);
  });

  it("uses colours and the terminal's width on a terminal only, and never in files", async () => {
    const args = ["internet-facing.json", "-o", "text=t.txt"];
    const onTerminal = await check(args, { terminal: 60 });
    expect(onTerminal.stdout).toContain("\u001b[31m");

    const lines = onTerminal.stdout.replace(/\u001b\[\d+m/g, "").split("\n");
    for (const line of lines) if (line.trim().includes(" ")) expect(line.length).toBeLessThanOrEqual(60);
    expect(read("t.txt")).not.toContain("\u001b");
    expect((await check(args)).stdout).toBe(read("t.txt"));
    for (const more of [{ NO_COLOR: "1" }, { CI: "true" }])
      expect((await check(args, { terminal: 60, env: more })).stdout).not.toContain("\u001b");
    expect((await check([...args, "--no-color"], { terminal: 60 })).stdout).not.toContain("\u001b");
  });

  it("links to the published rules when their address is given", async () => {
    await check([
      "internet-facing.json",
      "-o",
      "sarif=a.sarif",
      "-o",
      "markdown=a.md",
      "--docs-url",
      "https://x.example/y",
    ]);
    const page = "https://x.example/y/docs/rules/binding/internal-only.md";
    expect(read("a.sarif")).toContain(`"helpUri": "${page}"`);
    expect(read("a.md")).toContain(`(${page})`);
  });
});

describe("bad usage of anycast check", () => {
  it.each([
    ["no plan", [], "PlanMissing"],
    ["stdin given twice", ["-", "-"], "StdinGivenTwice"],
    ["an unknown format", ["x", "--format", "xml"], "FormatUnknown"],
    ["an empty format", ["x", "--format", ""], "FormatUnknown"],
    ["a second format without a file", ["x", "--format", "text,json"], "FormatWithoutFile"],
    ["an output without a file", ["x", "-o", "json"], "OutputInvalid"],
    ["an output to stdout", ["x", "-o", "json=-"], "OutputInvalid"],
    ["an output of an unknown format", ["x", "-o", "xml=a.xml"], "FormatUnknown"],
    ["an output into a directory that does not exist", ["x", "-o", "json=no/a.json"], "OutputDirectoryMissing"],
    ["an output that is a directory", ["x", "-o", "json=."], "OutputDirectoryMissing"],
    ["two outputs to the same file", ["x", "-o", "json=a", "-o", "sarif=./a"], "OutputGivenTwice"],
    ["an output over a plan", ["internal-vpc.json", "-o", "json=./internal-vpc.json"], "OutputIsPlan"],
    ["a directory that does not exist", ["x", "--chdir", "no"], "DirectoryNotFound"],
    ["a file in place of a directory", ["x", "--cwd", "broken.json"], "DirectoryNotFound"],
    ["a region from an environment that has none", ["x", "--region-from-env"], "RegionNotInEnvironment"],
    ["settings that do not exist", ["internal-vpc.json", "--config", "no.yaml"], "ConfigNotFound"],
    ["custom rules that do not exist", ["internal-vpc.json", "--policy", "no"], "OwnPolicyNotFound"],
    ["an invalid address of the docs", ["x", "--docs-url", "javascript:x"], "DocsUrlInvalid"],
  ])("exits 2 with an error message for %s, and leaves every file alone", async (_what, args, code) => {
    const before = readdirSync(cwd).map((name) => [name, read(name)]);
    const result = await check(args);
    expect(result.stderr).toMatch(new RegExp(`^anycast: [^\\n]+ Fix: [^\\n]+ \\[${code}\\]\\n$`));
    expect([result.exitCode, result.stdout]).toEqual([2, ""]);
    expect(readdirSync(cwd).map((name) => [name, read(name)])).toEqual(before);
  });

  it("exits 2 for an unknown option", async () => {
    expect((await check(["x", "--yes"])).exitCode).toBe(2);
  });
});

describe("a check that cannot be made at all", () => {
  it.each<[string, (text: string) => unknown]>([
    ["json", (text) => reportOf(text).plans.map(({ source, error }) => [source, error?.code])],
    ["sarif", (text) => text.includes('"executionSuccessful": false') && text.includes("ConfigInvalid")],
    ["junit", (text) => [...text.matchAll(/<error [^>]*type="(\w+)"/g)].map(([, code]) => code)],
    ["markdown", (text) => text.startsWith("## Policy check: error\n") && text.includes("ConfigInvalid")],
    ["github", (text) => text.startsWith("::error ") && text.includes("regions")],
    ["text", (text) => text.endsWith("Verdict: error (2 plans: 2 error)\n")],
  ])("is reported as %s, on stdout and in files", async (format, find) => {
    writeFileSync(join(cwd, "anycast.yaml"), "regions: mars\n");
    const plans = ["internal-vpc.json", "internet-facing.json"];
    const result = await check([...plans, "--format", format, "-o", `${format}=copy`]);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toMatch(/^anycast: Expected regions to be [^\n]* \[ConfigInvalid\]\n$/);
    const expected = { json: plans.map((plan) => [plan, "ConfigInvalid"]), junit: ["ConfigInvalid", "ConfigInvalid"] };
    expect(find(read("copy"))).toEqual(expected[format as "json"] ?? true);
    // As text it is on stderr already.
    expect(result.stdout).toBe(format === "text" ? "" : read("copy"));
  });

  it("never overwrites a plan, not even with the error", async () => {
    const before = read("internal-vpc.json");
    for (const args of [["internal-vpc.json"], ["--region-from-env", "internal-vpc.json"]])
      expect((await check([...args, "-o", "json=internal-vpc.json"])).exitCode).toBe(2);
    expect(read("internal-vpc.json")).toBe(before);
  });
});
