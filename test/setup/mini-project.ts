import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "../../src/core/process";
import type { RunOptions, RunResult } from "../../src/core/process";

const ROOT = join(__dirname, "..", "..");

/** Packages the project depends on, as small as can be: npm itself is the real one. They note what they were asked to do. */
const PACKAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // In the real one's place: runs the program named on the command line, which holds nothing but JavaScript here.
  tsx: {
    "index.js": `const text = require("node:fs").readFileSync(process.argv[1], "utf8");
new Function("require", text)(require);
process.exit();`,
  },
  typescript: {
    "bin/tsc": `require("node:fs").appendFileSync("calls.log", "tsc\\n");
for (const place of ["dist/src", "packages/sandbox/dist"]) {
  require("node:fs").mkdirSync(place, { recursive: true });
  require("node:fs").writeFileSync(place + "/index.js", "");
}`,
  },
  jest: {
    "bin/jest.js": `console.log("jest " + JSON.stringify(process.argv.slice(2)));
process.exitCode = Number(process.env.JEST_ENDS_WITH || 0);`,
  },
};

const GENERATOR = `require("node:fs").appendFileSync("calls.log", "bindings" + process.argv.slice(2).join(" ") + "\\n");
require("node:fs").mkdirSync("packages/provider-alicloud/lib", { recursive: true });
for (const name of ["index.js", "index.d.ts"]) require("node:fs").writeFileSync("packages/provider-alicloud/lib/" + name, "");
`;

/** A project of a few files that the real set-up script sets up with the real npm, offline. */
export class MiniProject {
  public readonly directory = mkdtempSync(join(tmpdir(), "set-up-"));

  /** @param from a project to copy. @default none: a fresh clone, not set up yet */
  public constructor(from?: MiniProject) {
    if (from !== undefined) cpSync(from.directory, this.directory, { recursive: true, verbatimSymlinks: true });
    else this.clone();
  }

  /** Another project, as far as this one is. */
  public copy(): MiniProject {
    return new MiniProject(this);
  }

  private clone(): void {
    cpSync(join(ROOT, "tools", "bootstrap.cjs"), this.path("tools/bootstrap.cjs"));
    cpSync(join(ROOT, "tools", "setup"), this.path("tools/setup"), { recursive: true });
    const dependencies = Object.fromEntries(Object.keys(PACKAGES).map((name) => [name, `file:vendor/${name}`]));
    const manifest = { name: "mini", version: "1.0.0", engines: { node: ">=20.9.0" }, dependencies };
    this.write("package.json", JSON.stringify(manifest));
    const locked: Record<string, unknown> = { "": manifest };
    for (const [name, files] of Object.entries(PACKAGES)) {
      const own = { name, version: "1.0.0" };
      this.write(`vendor/${name}/package.json`, JSON.stringify({ ...own, main: "index.js" }));
      for (const [file, text] of Object.entries(files)) this.write(`vendor/${name}/${file}`, text);
      locked[`vendor/${name}`] = { version: "1.0.0" };
      locked[`node_modules/${name}`] = { resolved: `vendor/${name}`, link: true };
    }
    const lockfile = { name: "mini", version: "1.0.0", lockfileVersion: 3, requires: true, packages: locked };
    this.write("package-lock.json", JSON.stringify(lockfile));
    this.write("tools/bindings/main.ts", GENERATOR);
    this.write("packages/provider-alicloud/allow-list.json", "{}");
    this.write("tools/publish/main.cjs", "");
    this.write("main.ts", "");
    for (const place of ["src", "packages/sandbox/src"]) this.write(`${place}/index.ts`, "");
    this.write("tsconfig.json", "{}");
    this.write("src/core/opentofu-release.json", '{ "version": "1.2.3" }');
    this.write(
      "bin/anycast",
      `require("node:fs").appendFileSync("calls.log", "anycast " + process.argv.slice(2).join(" ") + "\\n");
process.stderr.write("fetched\\n");
process.exitCode = Number(process.env.FETCH_ENDS_WITH || 0);`,
    );
    // A terraform that is there is enough: the set-up only looks for it.
    this.write("bin/terraform", "#!/bin/sh\n");
    chmodSync(this.path("bin/terraform"), 0o755);
  }

  public path(name: string): string {
    return join(this.directory, name);
  }

  public write(name: string, text: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  /** What the generator and the compiler were asked to do since the last look. */
  public calls(): string[] {
    const log = this.path("calls.log");
    const lines = existsSync(log) ? readFileSync(log, "utf8").split("\n").filter(Boolean) : [];
    rmSync(log, { force: true });
    return lines;
  }

  /** The environment of a run: npm's own variables of this test run are not the project's. */
  public env(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    const env: NodeJS.ProcessEnv = { ...process.env, PATH: `${this.path("bin")}:${process.env.PATH}` };
    for (const name of Object.keys(env)) if (/^npm_|^TERRAFORM_|^ANYCAST_/.test(name)) delete env[name];
    return { ...env, npm_config_offline: "true", ...more };
  }

  public bootstrap(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    return run(process.execPath, [this.path("tools/bootstrap.cjs"), ...args], {
      cwd: this.directory,
      env: this.env(),
      ...options,
    });
  }

  /** Puts a program in npm's place, which is started as npm says itself it can be. */
  public insteadOfNpm(script: string): NodeJS.ProcessEnv {
    this.write("fake-npm.js", script);
    return this.env({ npm_execpath: this.path("fake-npm.js") });
  }

  public remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Exit code and standard error, with times taken out. */
export function told(ended: RunResult): { readonly exitCode: number | null; readonly stderr: string } {
  return { exitCode: ended.exitCode, stderr: ended.stderr.toString().replace(/\(\d+\.\d s\)/g, "(TIME)") };
}
