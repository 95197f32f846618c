import { isAlive } from "../../src/core/process-identity";
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { StackOnDisk } from "../support/project";
import { dataStack, makeStack, slowStack, anycastTerraform } from "../support/project";
import { inTerminal } from "./support/terminal";

const NODE_ARGS = ["--import", require.resolve("tsx"), join(__dirname, "../support/wrapper-process.ts")];

jest.setTimeout(60_000);

/** Seconds the slow resource takes. */
const SLOW = 3;

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly output: () => string;
}

/** A temporary directory of the stack's own: what other processes do in the common one is none of this test's. */
function environmentOf(stack: StackOnDisk): NodeJS.ProcessEnv {
  const temporary = join(stack.root, "tmp");
  mkdirSync(temporary, { recursive: true });
  return { ...process.env, TMPDIR: temporary };
}

function start(stack: StackOnDisk, argv: readonly string[]): Running {
  const child = spawn(process.execPath, [...NODE_ARGS, ...argv], { cwd: stack.cwd, env: environmentOf(stack) });
  let text = "";
  child.stdout!.on("data", (chunk: Buffer) => (text += chunk.toString()));
  child.stderr!.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.on("exit", (code, signal) => resolve({ code, signal })),
  );
  return { child, ended, output: () => text };
}

async function until(what: () => boolean, within = 20_000): Promise<void> {
  const end = Date.now() + within;
  while (!what()) {
    if (Date.now() > end) throw new Error("it did not happen in time");
    await sleep(30);
  }
}

describe("the wrapper stopped during an apply", () => {
  let stack: StackOnDisk;
  afterEach(() => stack.remove());
  const leftBehind = (): string[] =>
    readdirSync(join(stack.root, "tmp")).filter((name) => name.startsWith("anycast-run-"));

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "by %s lets terraform finish what it began and save the state",
    async (signal) => {
      stack = await makeStack(slowStack(SLOW));
      const { child, ended, output } = start(stack, ["apply", "-auto-approve"]);
      await until(() => output().includes("Still creating") || output().includes("Provisioning with"));
      child.kill(signal);
      expect((await ended).code).toBe(1);
      expect(output()).toMatch(
        new RegExp(`Stopped by ${signal} while \\S+ was applied\\. Its state holds what was done until then`),
      );
      expect(stack.state()).toEqual(["terraform_data.first", "terraform_data.it"]);
      expect(leftBehind()).toEqual([]);
      stack.write(dataStack("good"));
      expect((await anycastTerraform(stack, ["apply", "-auto-approve"])).code).toBe(0);
    },
  );

  test("by two Ctrl-C in a row still loses nothing", async () => {
    stack = await makeStack(slowStack(SLOW));
    const { child, ended, output } = start(stack, ["apply", "-auto-approve"]);
    await until(() => output().includes("Provisioning with"));
    child.kill("SIGINT");
    await sleep(10);
    child.kill("SIGINT");
    await ended;
    expect(output()).not.toContain("Two interrupts received");
    expect(stack.state()).toEqual(["terraform_data.first", "terraform_data.it"]);
  });

  test("by SIGKILL leaves terraform to finish, and the next run cleans up and finds nothing to do", async () => {
    stack = await makeStack(slowStack(SLOW));
    const { child, ended, output } = start(stack, ["apply", "-auto-approve"]);
    await until(() => output().includes("Provisioning with"));
    child.kill("SIGKILL");
    await ended;
    const [directory] = leftBehind();
    const pids = readFileSync(join(stack.root, "tmp", directory!, "pids"), "utf8")
      .trim()
      .split("\n")
      .map(Number);
    await until(() => !pids.some(isAlive));
    const next = start(stack, ["apply", "-auto-approve"]);
    expect((await next.ended).code).toBe(0);
    expect(next.output()).toContain("No changes.");
    expect(leftBehind()).toEqual([]);
  });

  test("by a closed terminal lets terraform finish", async () => {
    stack = await makeStack(slowStack(SLOW));
    const args = [...NODE_ARGS, "apply", "-auto-approve"];
    const terminal = inTerminal(process.execPath, args, stack.cwd, environmentOf(stack));
    await until(() => terminal.output().includes("Provisioning with"));
    // As cdktf stops: Ctrl-C into the terminal, and then the terminal is gone.
    terminal.write("\x03");
    await sleep(50);
    terminal.kill("SIGHUP");
    // The state is written when the private directory goes; before that it may be there in part.
    await until(() => leftBehind().length === 0 && (stack.state() ?? []).length === 2);
    expect(JSON.parse(readFileSync(stack.statePath, "utf8"))).toHaveProperty("resources.1.type", "terraform_data");
  });

  test("is not stopped by output that is not read", async () => {
    stack = await makeStack(slowStack(1));
    const { child, ended } = start(stack, ["apply", "-auto-approve"]);
    child.stdout!.destroy();
    child.stderr!.destroy();
    expect((await ended).code).toBe(0);
    expect(stack.state()).toEqual(["terraform_data.first", "terraform_data.it"]);
  });

  test("does not hang on an answer over a pipe that stays open", async () => {
    stack = await makeStack(dataStack("good"));
    const { child, ended, output } = start(stack, ["apply"]);
    await until(() => output().includes("Enter a value:"));
    child.stdin!.write("yes\n");
    expect((await ended).code).toBe(0);
    expect(stack.state()).toEqual(["terraform_data.it"]);
  });

  test("by Ctrl-C at the question applies nothing", async () => {
    stack = await makeStack(dataStack("good"));
    const { child, ended, output } = start(stack, ["apply"]);
    await until(() => output().includes("Enter a value:"));
    child.kill("SIGINT");
    expect((await ended).code).toBe(2);
    expect(output()).toContain("[Interrupted]");
    expect(stack.state()).toBeUndefined();
  });
});
