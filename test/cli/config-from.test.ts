import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { CheckReport } from "../../src/core/check-report";
import { PLANS } from "../report/support/reports";
import { runMain } from "./support/run-main";
import type { MainResult } from "./support/run-main";

const WAIVER = `waivers:
  - rule: binding/internal-only
    address: alicloud_eipanycast_anycast_eip_address_attachment.t
    reason: moving off
    owner: network team
    expires: 2999-12-31
`;

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "anycast-config-from-")));
  git("init", "--quiet", "--initial-branch=main");
  write("README.md", "x\n");
  commit();
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function git(...args: string[]): string {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...identity, ...args], { cwd: root, encoding: "utf8" }).trim();
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function commit(): string {
  git("add", "--all", "--force");
  git("commit", "--quiet", "--allow-empty", "--message=x");
  return git("rev-parse", "HEAD");
}

function plan(name: string, path: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  copyFileSync(join(PLANS, `${name}.json`), join(root, path));
}

const check = (args: readonly string[], directory = "."): Promise<MainResult> =>
  runMain(["check", "--format", "json", ...args], { cwd: join(root, directory), env: { PATH: process.env.PATH } });
const reportOf = ({ stdout }: MainResult): CheckReport => JSON.parse(stdout) as CheckReport;

describe("--config-from", () => {
  it("uses the commit's waivers, and shows those that the checkout adds", async () => {
    const base = commit();
    write("anycast.yaml", WAIVER);
    plan("internet-facing", "plan.json");
    expect((await check(["plan.json"])).exitCode).toBe(0);

    const result = await check(["plan.json", "--config-from", "main"]);
    expect(result.exitCode).toBe(1);
    expect(reportOf(result).settings).toEqual([
      {
        from: "main",
        commit: base,
        changes: [
          {
            file: "anycast.yaml",
            change: "added",
            details: [
              "waiver added: `binding/internal-only` for `alicloud_eipanycast_anycast_eip_address_attachment.t`, owner `network team`, until 2999-12-31",
            ],
          },
        ],
      },
    ]);
  });

  it("keeps settings that the checkout removes, also together with their directory", async () => {
    write("apps/svc/anycast.yaml", "regions: [cn-hongkong]\n");
    commit();
    plan("internal-vpc", "apps/svc/plan.json");
    expect((await check(["plan.json"], "apps/svc")).exitCode).toBe(1);

    rmSync(join(root, "apps/svc/anycast.yaml"));
    expect((await check(["plan.json"], "apps/svc")).exitCode).toBe(0);
    const kept = await check(["plan.json", "--config-from=HEAD"], "apps/svc");
    expect(kept.exitCode).toBe(1);
    expect(reportOf(kept).settings).toMatchObject([
      { file: "apps/svc/anycast.yaml", changes: [{ file: "apps/svc/anycast.yaml", change: "removed" }] },
    ]);
  });

  it("shows the settings that a project leaves behind when it moves", async () => {
    write("apps/svc/anycast.yaml", "regions: [cn-hongkong]\n");
    commit();
    renameSync(join(root, "apps/svc"), join(root, "apps/new"));
    plan("internal-vpc", "apps/new/plan.json");
    const { settings } = reportOf(await check(["apps/new/plan.json", "--config-from=HEAD"]));
    expect(settings?.[0]?.changes.map(({ file, change }) => `${change} ${file}`)).toEqual([
      "added apps/new/anycast.yaml",
      "removed apps/svc/anycast.yaml",
    ]);
  });

  it("says first, in every human-readable format, that the settings change", async () => {
    write("anycast.yaml", "regions: current\n");
    commit();
    write("anycast.yaml", "regions: [cn-hongkong]\nlevels: { address/name: off }\n");
    plan("internal-vpc", "plan.json");
    const args = ["--output=markdown=a.md", "--output=github=a.txt", "--output=text=b.txt", "--output=sarif=a.sarif"];
    await check(["plan.json", "--config-from=HEAD", ...args]);
    const said = (name: string): string => readFileSync(join(root, name), "utf8").replace(/\s+/g, " ");
    expect(said("b.txt")).toMatch(/^Settings: `anycast\.yaml`, at `HEAD` \([0-9a-f]{12}\)\. This change edits /);
    expect(said("a.txt")).toMatch(/^::warning file=anycast\.yaml,title=settings change::This change edits /);
    expect(said("a.md").slice(0, 400)).toContain("> **Settings change.** This change edits");
    expect(said("a.sarif")).toContain('"id": "SettingsChange"');
    expect(said("b.txt")).toContain('`regions`: `"current"` -> `["cn-hongkong"]`');
  });

  it("mentions no change where there is none", async () => {
    write("anycast.yaml", "regions: current\n");
    const base = commit();
    plan("internal-vpc", "plan.json");
    const { settings } = reportOf(await check(["plan.json", "--config-from", base]));
    expect(settings).toEqual([{ from: base, commit: base, file: "anycast.yaml", changes: [] }]);
  });

  it.each([
    ["a commit that does not exist", ["--config-from=nowhere"], "ConfigRefNotFound"],
    ["a value that git would read as an option", ["--config-from=--all"], "ConfigRefNotFound"],
    ["named settings that are not in the commit", ["--config-from=HEAD", "--config=new.yaml"], "ConfigNotFound"],
    ["named settings outside of the repository", ["--config-from=HEAD", "--config=/etc/hostname"], "ConfigNotFound"],
  ])("exits 2 for %s", async (_what, args, code) => {
    plan("internal-vpc", "plan.json");
    write("new.yaml", "regions: current\n");
    const result = await check(["plan.json", ...args]);
    expect([result.exitCode, result.stderr]).toEqual([2, expect.stringContaining(`[${code}]`)]);
  });

  it("follows no symbolic link, which could lead to the settings of the checkout", async () => {
    symlinkSync("other.yaml", join(root, "anycast.yaml"));
    commit();
    write("other.yaml", WAIVER);
    plan("internet-facing", "plan.json");
    const result = await check(["plan.json", "--config-from=HEAD"]);
    expect([result.exitCode, result.stderr]).toEqual([2, expect.stringContaining("[ConfigIsLink]")]);
  });

  it("reads no settings from a submodule, whose commit the change sets", async () => {
    const other = realpathSync(mkdtempSync(join(tmpdir(), "anycast-submodule-")));
    try {
      execFileSync("git", ["clone", "--quiet", root, other]);
      git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other, "svc");
      plan("internal-vpc", "svc/plan.json");
      const result = await check(["plan.json", "--config-from=HEAD"], "svc");
      expect([result.exitCode, result.stderr]).toEqual([2, expect.stringContaining("[ConfigInSubmodule]")]);
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  });

  it("exits 2 where the checkout's settings cannot be read", async () => {
    write("anycast.yaml", "regions: [cn-hongkong]\n");
    commit();
    plan("internal-vpc", "plan.json");
    rmSync(join(root, "anycast.yaml"));
    mkdirSync(join(root, "anycast.yaml"));
    const result = await check(["plan.json", "--config-from", "main"]);
    expect([result.exitCode, result.stderr]).toEqual([2, expect.stringContaining("[ConfigNotReadable]")]);
  });

  it("exits 2 outside of a repository", async () => {
    rmSync(join(root, ".git"), { recursive: true });
    plan("internal-vpc", "plan.json");
    const result = await check(["plan.json", "--config-from=HEAD"]);
    expect([result.exitCode, result.stderr]).toEqual([2, expect.stringContaining("[NotInRepository]")]);
  });
});

const placeIn = (result: MainResult): unknown =>
  reportOf(result).plans[0]?.findings?.find(({ address }) => address !== "")?.source;

describe("several projects in one repository", () => {
  it("checks each plan with the settings of its own project, from any working directory", async () => {
    write("apps/strict/anycast.yaml", "regions: [cn-hongkong]\n");
    write("apps/waived/anycast.yaml", WAIVER);
    plan("internal-vpc", "apps/strict/plan.json");
    plan("internet-facing", "apps/waived/plan.json");
    const plans = ["apps/strict/plan.json", "apps/waived/plan.json"];
    for (const [directory, prefix] of [
      [".", ""],
      ["apps/strict", "../../"],
      ["apps/waived", "../../"],
    ] as const) {
      const report = reportOf(
        await check(
          plans.map((path) => prefix + path),
          directory,
        ),
      );
      expect(report.plans.map(({ verdict }) => verdict)).toEqual(["denied", "allowed"]);
      expect(report.waivers).toHaveLength(1);
    }
  });

  it("uses the defaults for a project without settings, whatever its parent directories hold", async () => {
    write("anycast.yaml", WAIVER);
    write("apps/svc/cdktf.json", "{}");
    plan("internet-facing", "apps/svc/plan.json");
    plan("internet-facing", "plan.json");
    expect((await check(["apps/svc/plan.json"])).exitCode).toBe(1);
    expect((await check(["plan.json"])).exitCode).toBe(0);
  });

  it("gives paths relative to the repository's root in annotations and SARIF, and to the working directory elsewhere", async () => {
    write("apps/svc/cdktf.json", "{}");
    write("apps/svc/cdktf.out/stacks/a/cdk.tf.json", JSON.stringify(synthesised));
    plan("internet-facing", "apps/svc/cdktf.out/stacks/a/plan.json");
    const args = ["--output=github=a.txt", "--output=sarif=a.sarif", "cdktf.out/stacks/a/plan.json"];
    const inside = await check(args, "apps/svc");
    expect(placeIn(inside)).toEqual({ file: "main.ts", line: 7 });
    expect(readFileSync(join(root, "apps/svc/a.txt"), "utf8")).toContain("file=apps/svc/main.ts,line=7");
    expect(readFileSync(join(root, "apps/svc/a.sarif"), "utf8")).toContain('"uri": "apps/svc/main.ts"');

    const above = await check(["--output=github=a.txt", "apps/svc/cdktf.out/stacks/a/plan.json"]);
    expect(placeIn(above)).toEqual({ file: "apps/svc/main.ts", line: 7 });
    expect(readFileSync(join(root, "a.txt"), "utf8")).toContain("file=apps/svc/main.ts,line=7");
  });
});

const synthesised = {
  resource: {
    alicloud_eipanycast_anycast_eip_address_attachment: {
      t: { "//": { metadata: { path: "a/t", stackTrace: ["main.ts:7:1"] } } },
    },
  },
};
