import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";

const REPOSITORY = join(__dirname, "../..");

describe("the command line in one file", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "anycast-bundled-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it("maps the stack of an error to the sources, and keeps its code", () => {
    const args = ["check", "plan.json", "--config", "missing.yaml", "--debug"];
    const ended = spawnSync(join(REPOSITORY, "bin/anycast"), args, { cwd: directory, encoding: "utf8" });
    expect(ended.status).toBe(2);
    expect(ended.stderr).toContain("[ConfigNotFound]");
    expect(ended.stderr).toMatch(/at \S+ \(src\/check\/config\/[\w-]+\.ts:\d+:\d+\)/);
    expect(ended.stderr).not.toContain("dist/cli/anycast.js");
  });

  it("loads rarely needed code from a separate file on demand", () => {
    writeFileSync(join(directory, "anycast.yaml"), "version: 1\nlevels: {address/name: maybe}\n");
    const args = ["check", "plan.json"];
    const ended = spawnSync(join(REPOSITORY, "bin/anycast"), args, { cwd: directory, encoding: "utf8" });
    expect(ended.status).toBe(2);
    expect(ended.stderr).toContain("[ConfigInvalid]");
  });

  it("uses the compile cache for exactly this file only", () => {
    const place = join(directory, "dist", "cli");
    mkdirSync(place, { recursive: true });
    cpSync(join(REPOSITORY, "dist", "cli"), place, { recursive: true });
    symlinkSync(join(REPOSITORY, "dist", "vendor"), join(directory, "dist", "vendor"));
    copyFileSync(join(REPOSITORY, "package.json"), join(directory, "package.json"));
    const help = (): string => {
      const program = join(directory, "start.js");
      writeFileSync(program, 'require("./dist/cli/load.js").load("anycast").start();');
      return spawnSync(process.execPath, [program, "help"], { encoding: "utf8" }).stdout;
    };
    expect(help()).toContain("through a policy gate");
    const file = join(place, "anycast.js");
    // Of the same length, by which V8 alone tells one source from another.
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("through a policy gate", "through a policy GATE"));
    expect(help()).toContain("through a policy GATE");
  });
});
