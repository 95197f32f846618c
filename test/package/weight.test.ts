import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/core/process";
import type { RunResult } from "../../src/core/process";
import { terraformEnvironment } from "../../src/core/terraform-binary";
import { ConsumerProject, pack, ROOT } from "./consumer-project";

// npm installs real packages here.
jest.setTimeout(300_000);

const place = mkdtempSync(join(tmpdir(), "weight-"));
const project = new ConsumerProject();
beforeAll(async () => project.install({ "cdktf-alicloud-anycast": `file:${(await pack(place)).file}` }));
afterAll(() => {
  project.remove();
  rmSync(place, { recursive: true, force: true });
});

const anycast = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<RunResult> =>
  run(process.execPath, ["node_modules/cdktf-alicloud-anycast/bin/anycast", ...args], {
    cwd: project.directory,
    env: { ...terraformEnvironment(), ...env },
  });

describe("whoever installs the package for its gate", () => {
  it("gets one package, without cdktf", () => {
    const installed = readdirSync(join(project.directory, "node_modules")).filter((name) => !name.startsWith("."));
    expect(installed).toEqual(["cdktf-alicloud-anycast"]);
  });

  it("has plans judged by it", async () => {
    for (const [name, code] of [
      ["internal-vpc", 0],
      ["internet-facing", 1],
    ] as const) {
      project.copy(`test/fixtures/plans/${name}.json`);
      const ended = await anycast(["check", `test/fixtures/plans/${name}.json`]);
      expect([name, ended.exitCode, ended.stderr.toString()]).toEqual([name, code, ""]);
    }
  });

  it("is told what to add for the sandbox, in the versions it was tested with", async () => {
    const ended = await anycast(["sandbox", "--", "true"]);
    const { peerDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      peerDependencies: Record<string, string>;
    };
    const names = ["@grpc/grpc-js", "@msgpack/msgpack", "selfsigned"];
    const fix = names.map((name) => `"${name}@${peerDependencies[name]}"`).join(" ");
    expect(ended.stderr.toString()).toMatch(
      /^anycast: The sandbox needs the package @grpc\/grpc-js, which is not installed\./,
    );
    expect(ended.stderr.toString()).toContain(`Fix: npm install --save-dev ${fix} [PackageMissing]`);
    expect(ended.exitCode).toBe(2);
  });

  it("sees the help of every verb", async () => {
    expect((await anycast(["--help"])).exitCode).toBe(0);
  });
});
