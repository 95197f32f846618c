import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { run } from "../../src/core/process";
import { terraformEnvironment } from "../../src/core/terraform-binary";
import { runWrapper } from "../../src/gate/wrapper";
import { Interruption, withoutColor } from "../../src/terraform";
import { injectedCheck, injectedRender } from "./injected-check";

/** One stack directory as cdktf lays it out, with terraform's built-in provider only: nothing to install. */
export interface StackOnDisk {
  readonly root: string;
  readonly cwd: string;
  readonly statePath: string;
  /** Addresses in the state; undefined when there is no state file. */
  state(): string[] | undefined;
  write(stack: object): void;
  remove(): void;
}

export function dataStack(input: string, more: object = {}): object {
  return { resource: { terraform_data: { it: { input } } }, output: { value: { value: input } }, ...more };
}

/** A resource whose creation takes `seconds`: time to be interrupted in. */
export function slowStack(seconds: number): object {
  const provisioner = [{ "local-exec": { command: `sleep ${seconds}` } }];
  return {
    resource: {
      terraform_data: {
        first: { input: "1" },
        it: { input: "slow", depends_on: ["terraform_data.first"], provisioner },
      },
    },
  };
}

export async function makeStack(stack: object, name = "alpha"): Promise<StackOnDisk> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "anycast test ")));
  const cwd = join(root, "cdktf.out", "stacks", name);
  const statePath = join(root, `terraform.${name}.tfstate`);
  mkdirSync(cwd, { recursive: true });
  const write = (content: object): void => {
    const whole = { terraform: { backend: { local: { path: statePath } } }, ...content };
    writeFileSync(join(cwd, "cdk.tf.json"), JSON.stringify(whole));
  };
  write(stack);
  writeFileSync(join(root, "cdktf.json"), "{}");
  const init = await run("terraform", ["init", "-input=false"], { cwd, env: terraformEnvironment() });
  if (init.exitCode !== 0) throw new Error(init.stderr.toString());
  return {
    root,
    cwd,
    statePath,
    write,
    state: () => (existsSync(statePath) ? addressesIn(readFileSync(statePath, "utf8")) : undefined),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

export function addressesIn(state: string): string[] {
  const { resources } = JSON.parse(state) as { resources: { type: string; name: string }[] };
  return resources.map(({ type, name }) => `${type}.${name}`);
}

export interface WrapperResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the wrapper in process over real terraform. */
export async function anycastTerraform(
  stack: StackOnDisk,
  argv: readonly string[],
  options: { env?: NodeJS.ProcessEnv; answer?: string; cwd?: string; interruption?: Interruption } = {},
): Promise<WrapperResult> {
  let out = "";
  let err = "";
  const stdin = new PassThrough();
  if (options.answer === undefined) stdin.end();
  else stdin.write(options.answer);
  const code = await runWrapper(argv, {
    check: injectedCheck,
    render: injectedRender,
    stdin,
    writeOut: (text) => void (out += text),
    writeErr: (text) => void (err += text),
    env: { ...process.env, ...options.env },
    cwd: options.cwd ?? stack.cwd,
    interruption: options.interruption ?? new Interruption(),
  });
  return { code, out, err };
}

/** Runs a command as somebody at a terminal would who pastes it; terraform asks before it takes a lock away. */
export async function paste(command: string, cwd: string): Promise<WrapperResult> {
  const ended = await run("/bin/sh", ["-c", command], { cwd, env: terraformEnvironment(), input: "yes\n" });
  return { code: ended.exitCode ?? -1, out: ended.stdout.toString(), err: withoutColor(ended.stderr.toString()) };
}

/** Private directories that this very process has made and not removed; other processes' are none of its business. */
export function ownPrivateDirectories(): string[] {
  return readdirSync(tmpdir()).filter((name) => {
    if (!name.startsWith("anycast-run-")) return false;
    try {
      return readFileSync(join(tmpdir(), name, "pids"), "utf8")
        .split("\n")
        .includes(String(process.pid));
    } catch {
      return false;
    }
  });
}
