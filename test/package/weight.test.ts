import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/core/process";
import type { RunResult } from "../../src/core/process";
import { terraformEnvironment } from "../../src/core/terraform-binary";
import { ConsumerProject, pack, ROOT } from "./consumer-project";
import { weigh } from "./support/weigh";

// npm installs real packages here.
jest.setTimeout(300_000);

const place = mkdtempSync(join(tmpdir(), "weight-"));
let library: string;
beforeAll(async () => (library = `file:${(await pack(place)).file}`));
afterAll(() => rmSync(place, { recursive: true, force: true }));

describe("a project that installs the package for its gate", () => {
  const project = new ConsumerProject();
  const anycast = (args: readonly string[]): Promise<RunResult> =>
    run(process.execPath, ["node_modules/cdktf-alicloud-anycast/bin/anycast", ...args], {
      cwd: project.directory,
      env: terraformEnvironment(),
    });
  beforeAll(async () => project.install({ "cdktf-alicloud-anycast": library }));
  afterAll(() => project.remove());

  it("gets one package, without cdktf", () => {
    const { packages, count, megabytes } = weigh(project.directory);
    expect([packages, count]).toEqual([["cdktf-alicloud-anycast"], 1]);
    expect(megabytes).toBeLessThan(12);
  });

  it("checks plans", async () => {
    for (const [name, code] of [
      ["internal-vpc", 0],
      ["internet-facing", 1],
    ] as const) {
      project.copy(`test/fixtures/plans/${name}.json`);
      const ended = await anycast(["check", `test/fixtures/plans/${name}.json`]);
      expect([name, ended.exitCode, ended.stderr.toString()]).toEqual([name, code, ""]);
    }
  });

  it("is shown which package to add for the sandbox, in the tested version", async () => {
    const { peerDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      peerDependencies: Record<string, string>;
    };
    const missing =
      "The sandbox needs the package alicloud-sandbox, which is not installed. " +
      `Fix: npm install --save-dev "alicloud-sandbox@${peerDependencies["alicloud-sandbox"]}"`;
    const ended = await anycast(["sandbox", "--", "true"]);
    expect([ended.exitCode, ended.stderr.toString()]).toEqual([2, `anycast: ${missing} [PackageMissing]\n`]);
    const script = `try { require("cdktf-alicloud-anycast/sandbox") } catch (thrown) { console.log(thrown.message) }`;
    expect(await project.node(["-e", script])).toBe(`${missing}\n`);
  });

  it("shows the help of every verb", async () => {
    expect((await anycast(["--help"])).exitCode).toBe(0);
  });
});

describe("a project that installs the package for its constructs", () => {
  it("gets cdktf, constructs and their dependencies only", async () => {
    const project = new ConsumerProject();
    try {
      const cdktf = { cdktf: "0.21.0", constructs: "10.6.0" };
      await project.install(cdktf);
      const before = weigh(project.directory);
      await project.install({ ...cdktf, "cdktf-alicloud-anycast": library });
      const after = weigh(project.directory);
      expect(after.packages).toEqual([...before.packages, "cdktf-alicloud-anycast"].sort());
      expect(after.count).toBe(before.count + 1);
      expect(after.megabytes - before.megabytes).toBeLessThan(12);
    } finally {
      project.remove();
    }
  });
});

describe("a project that installs the sandbox alone", () => {
  it("gets no cdktf and nothing of the gate", async () => {
    const project = new ConsumerProject();
    try {
      await project.install({ "alicloud-sandbox": `file:${(await pack(place, "alicloud-sandbox")).file}` });
      const { packages, count, megabytes } = weigh(project.directory);
      expect(packages).toEqual(expect.arrayContaining(["@grpc/grpc-js", "@msgpack/msgpack", "alicloud-sandbox"]));
      expect(packages.filter((name) => /cdktf|constructs|anycast|opa/.test(name))).toEqual([]);
      expect(count).toBeLessThan(45);
      expect(megabytes).toBeLessThan(20);
    } finally {
      project.remove();
    }
  });
});
