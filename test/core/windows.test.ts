import { readFileSync } from "node:fs";
import { join } from "node:path";
import { signalGroup } from "../../src/core/end-group";
import { run } from "../../src/core/process";
import { takeSecrets } from "../../src/core/secret-variables";
import { namedTerraform } from "../../src/core/terraform-binary";

const BIN = join(__dirname, "../../bin");

const here = Object.getOwnPropertyDescriptor(process, "platform")!;
beforeEach(() => Object.defineProperty(process, "platform", { value: "win32" }));
afterEach(() => Object.defineProperty(process, "platform", here));

describe("on Windows", () => {
  test("no signal is sent but the one that ends a process, and that to the process alone", () => {
    const sent: unknown[] = [];
    const kill = jest.spyOn(process, "kill").mockImplementation((pid, signal) => {
      sent.push([pid, signal]);
      return true;
    });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"] as const) signalGroup(4711, signal);
    kill.mockRestore();
    expect(sent).toEqual([[4711, "SIGKILL"]]);
  });

  test("a program that is asked to stop is left to the console, which asks it too", async () => {
    const ended = await run(process.execPath, ["-e", "setTimeout(() => console.log('whole'), 300)"], {
      detached: true,
      onSpawn: (_pid, kill) => ["SIGINT", "SIGTERM"].forEach((name) => kill(name as NodeJS.Signals)),
    });
    expect([ended.exitCode, ended.stdout.toString()]).toEqual([0, "whole\n"]);
  });

  test("the search path is found by whatever case its name has", () => {
    expect(takeSecrets({ Path: "C:\\tools", ANYCAST_RECEIPT_KEY: "key" })).toEqual({
      PATH: "C:\\tools",
      ANYCAST_RECEIPT_KEY: "key",
    });
  });

  test.each(["anycast-terraform.cmd", "C:\\app\\node_modules\\x\\bin\\anycast-terraform.CMD", "anycast-terraform"])(
    "%s is the gate, and not the terraform behind it",
    (named) => {
      expect(namedTerraform({ TERRAFORM_BINARY_NAME: named })).toBeUndefined();
      expect(namedTerraform({ TERRAFORM_BINARY_NAME: named, ANYCAST_TERRAFORM: "tofu" })).toBe("tofu");
    },
  );

  test.each([
    ["anycast-terraform", /^exec node "\$here\/(\.\.\/dist\/cli\/load\.js)" "\$@"$/m, /^node "%~dp0(\S+)" %\*$/m],
    ["anycast", /^()/, /^node "%~dp0(anycast)" %\*$/m],
  ])("%s.cmd starts what %s starts, and passes its exit code on", (name, sh, cmd) => {
    const script = readFileSync(join(BIN, `${name}.cmd`), "utf8").replaceAll("\r\n", "\n");
    const started = sh.exec(readFileSync(join(BIN, name), "utf8"))?.[1];
    expect(cmd.exec(script)?.[1]?.replaceAll("\\", "/")).toBe(started || name);
    expect(script.trimEnd().split("\n").at(-1)).toBe("exit /b %ERRORLEVEL%");
  });
});
