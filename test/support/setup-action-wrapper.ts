import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** Behaves as the script of hashicorp/setup-terraform: all output at the end, exit code 2 turned into 0, others into 1. */
const SETUP_TERRAFORM = (program: string): string => `#!${process.execPath}
const { spawnSync } = require("child_process"), fs = require("fs");
fs.appendFileSync(__dirname + "/wrapped.log", process.argv.slice(2).join(" ") + "\\n");
const ran = spawnSync(${JSON.stringify(program)}, process.argv.slice(2), { stdio: ["inherit", "pipe", "pipe"], maxBuffer: 1 << 28 });
process.stdout.write(ran.stdout); process.stderr.write(ran.stderr);
if (ran.status !== 0 && ran.status !== 2) { console.log("::error::Terraform exited with code " + ran.status + "."); process.exitCode = 1; }
`;

export interface WrapperOptions {
  /** The program lies next to the script as `terraform-bin`, as setup-terraform puts it. @default true */
  readonly direct?: boolean;
  /** The script, given the program's path. @default that of setup-terraform */
  readonly script?: (program: string) => string;
}

export interface Wrapper {
  readonly path: string;
  /** An environment in which `terraform` is the script. */
  readonly env: NodeJS.ProcessEnv;
  remove(): void;
}

/** Puts a script in terraform's place. */
export function wrapTerraform({ direct = true, script = SETUP_TERRAFORM }: WrapperOptions = {}): Wrapper {
  const directory = mkdtempSync(join(tmpdir(), "anycast-wrapper-"));
  const program = direct ? join(directory, "terraform-bin") : join(directory, "elsewhere", "terraform");
  mkdirSync(join(directory, "elsewhere"));
  symlinkSync(execFileSync("/bin/sh", ["-c", "command -v terraform"], { encoding: "utf8" }).trim(), program);
  const path = join(directory, "terraform");
  writeFileSync(path, script(program));
  chmodSync(path, 0o755);
  return {
    path,
    env: { ...process.env, PATH: `${directory}${delimiter}${process.env.PATH}` },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
