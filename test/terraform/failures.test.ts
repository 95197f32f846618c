import { run } from "../../src/core/process";
import { isAlive } from "../../src/core/process-identity";
import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Writable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import {
  catchSignals,
  cliConfigPaths,
  Interruption,
  lockInfoIn,
  makePrivateDirectory,
  refuseUncheckedEnvironment,
  signalForTerraform,
  terraformFailure,
} from "../../src/terraform";

const LOCKED = `╷
│ Error: Error acquiring the state lock
│
│ Error message: resource temporarily unavailable
│ Lock Info:
│   ID:        7ba50ab6-49a0-53e3-b40e-bd9ef94f1a4d
│   Path:      terraform.tfstate
│   Operation: OperationTypeApply
│   Who:       ci@runner-7
│   Version:   1.11.4
│   Created:   2026-01-01 00:00:00 +0000 UTC
│   Info:
╵`;

describe("terraform's failures", () => {
  test("a lock is read with its owner, from boxed or plain text", () => {
    const info = { id: "7ba50ab6-49a0-53e3-b40e-bd9ef94f1a4d", who: "ci@runner-7", operation: "OperationTypeApply" };
    expect(lockInfoIn(LOCKED)).toMatchObject(info);
    expect(lockInfoIn(LOCKED.replace(/[│╷╵] ?/g, ""))).toMatchObject(info);
    expect(lockInfoIn("Error: something else")).toBeUndefined();
  });

  test("a locked state says who holds it, since when, and how to free it", () => {
    const { code, message } = terraformFailure("plan", "/there", LOCKED, "terraform");
    expect(code).toBe("StateLocked");
    expect(message).toContain("locked by ci@runner-7 (OperationTypeApply, since 2026-01-01 00:00:00 +0000 UTC)");
    expect(message).toContain("`terraform force-unlock 7ba50ab6-49a0-53e3-b40e-bd9ef94f1a4d` in /there");
  });

  test("the program is called by its name, wherever it is installed", () => {
    const { message } = terraformFailure("plan", "/there", LOCKED, "/opt/opentofu/tofu");
    expect(message).toContain("`tofu force-unlock 7ba50ab6-49a0-53e3-b40e-bd9ef94f1a4d` in /there");
    expect(terraformFailure("init", "/there", "Error: no", "/opt/opentofu/tofu").message).toContain(
      "tofu init failed in /there: no. Fix: read tofu's own message",
    );
  });

  test("the cloud's error is reported with its summary, without the raw response", () => {
    const text = `╷
│ Error: [ERROR] a/resource.go:12: Resource lb CreateLoadBalancer Failed!!! [SDK ERROR]:
│ SDKError:
│    StatusCode: 400
│    Code: QuotaExceeded
│    Message: code: 400, There are too many.
│    Data: {"Code":"QuotaExceeded"}
│
│   with alicloud_slb_load_balancer.lb,
╵`;
    expect(terraformFailure("apply", "/there", text, "terraform").message).toBe(
      "terraform apply failed in /there: [ERROR] a/resource.go:12: Resource lb CreateLoadBalancer Failed!!! [SDK ERROR]: " +
        "SDKError: StatusCode: 400 Code: QuotaExceeded Message: code: 400, There are too many. " +
        "Fix: read terraform's own message above, correct the cause and run again.",
    );
  });

  // What OpenTofu 1.11 printed when TF_ENCRYPTION was missing, and when it was wrong.
  test.each([
    `╷
│ Error: Error acquiring the state lock
│
│ Error message: failed to write backup file: Unsupported state file format:
│ This state file is encrypted and can not be read without an encryption
│ configuration
│
│ OpenTofu acquires a state lock to protect the state from being written
│ by multiple users at the same time.
╵`,
    `Error: Error acquiring the state lock

Error message: failed to write backup file: decryption failed for all
provided methods
attempted decryption failed for state: decryption failed: cipher: message
authentication failed`,
    "│ Error: Couldn't show local plan\n│\n│ Plan read error: the given plan file is encrypted and requires a valid\n│ encryption configuration to decrypt",
  ])("a state or plan that cannot be decrypted is not reported as locked, and the fix names the key: %#", (text) => {
    const { code, message } = terraformFailure("plan", "/there", text, "tofu");
    expect(code).toBe("TerraformFailed");
    expect(message).toMatch(/Fix: set TF_ENCRYPTION \(or the encryption block\) to what/);
  });

  test("any other failure is summarised by its first error", () => {
    const { code, message } = terraformFailure("plan", "/there", "noise\n│ Error: No such thing\n│ more", "terraform");
    expect(code).toBe("TerraformFailed");
    expect(message).toContain("terraform plan failed in /there: No such thing.");
  });
});

describe("signals", () => {
  test("only the first and the third are passed on to terraform, always as SIGINT", () => {
    expect([1, 2, 3, 4].map(signalForTerraform)).toEqual(["SIGINT", undefined, "SIGINT", undefined]);
  });

  test("a late listener receives the earlier signal, and none after it is removed", () => {
    const interruption = new Interruption();
    const source = new EventEmitter();
    const release = catchSignals(interruption, source);
    source.emit("SIGTERM");
    const heard: unknown[] = [];
    const leave = interruption.listen((...what) => heard.push(what));
    source.emit("SIGINT");
    leave();
    source.emit("SIGHUP");
    release();
    source.emit("SIGHUP");
    expect(heard).toEqual([
      ["SIGTERM", 1],
      ["SIGINT", 2],
    ]);
    expect(interruption.signal).toBe("SIGTERM");
    expect(source.listenerCount("SIGHUP")).toBe(0);
  });
});

describe("private directories", () => {
  let parent: string;
  beforeEach(() => (parent = mkdtempSync(join(tmpdir(), "anycast-private-"))));
  afterEach(() => rmSync(parent, { recursive: true }));

  test("are accessible to their owner only", () => {
    const directory = makePrivateDirectory(parent);
    expect(statSync(directory.path).mode & 0o777).toBe(0o700);
    directory.remove();
    expect(existsSync(directory.path)).toBe(false);
  });

  test("of ended processes are removed, and those in use are kept", () => {
    const dead = join(parent, "anycast-run-dead");
    const used = join(parent, "anycast-run-used");
    for (const [path, pids] of [
      [dead, `${2 ** 22 + 1}\n`],
      [used, `${2 ** 22 + 1}\n${process.ppid}\n`],
    ] as const) {
      mkdirSync(path);
      writeFileSync(join(path, "pids"), pids);
      writeFileSync(join(path, "secret.tfplan"), "x");
    }
    const own = makePrivateDirectory(parent);
    expect([existsSync(dead), existsSync(used)]).toEqual([false, true]);
    expect(readFileSync(join(own.path, "pids"), "utf8")).toBe(`${process.pid}\n`);
  });

  test("of runs that start at the same moment are all kept", async () => {
    const program = join(__dirname, "../support/private-directories-process.ts");
    const args = ["--import", require.resolve("tsx"), program, parent, "2000"];
    const ended = await Promise.all(Array.from({ length: 6 }, () => run(process.execPath, args)));
    const told = ended.map(({ stdout, stderr }) => stdout.toString() || stderr.toString());
    const counts = told.map((text) => JSON.parse(text) as { made: number; lost: number });
    expect(counts.map(({ lost }) => lost)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(Math.min(...counts.map(({ made }) => made))).toBeGreaterThan(5);
  });
});

describe("the environment terraform would run in", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "anycast-environment-"))));
  afterEach(() => rmSync(directory, { recursive: true }));
  const settings = (text: string): NodeJS.ProcessEnv => {
    const path = join(directory, "terraformrc");
    writeFileSync(path, text);
    return { TF_CLI_CONFIG_FILE: path };
  };

  test.each<[string, NodeJS.ProcessEnv, string]>([
    ["TF_CLI_ARGS", { TF_CLI_ARGS: "-target=x" }, "EnvironmentRewritesCommands"],
    ["TF_CLI_ARGS_plan", { TF_CLI_ARGS_plan: "-target=x" }, "EnvironmentRewritesCommands"],
    ["a reattached provider", { TF_REATTACH_PROVIDERS: "{}" }, "ProviderNotTrusted"],
  ])("%s is refused", (_what, env, code) => {
    expect(() => refuseUncheckedEnvironment({ HOME: directory, ...env })).toThrow(
      expect.objectContaining({ code }) as Error,
    );
  });

  test("dev_overrides are refused, except in a comment and inside the sandbox", () => {
    const overrides = 'provider_installation {\n  dev_overrides { "a/b" = "/x" }\n}';
    expect(() => refuseUncheckedEnvironment(settings(overrides))).toThrow(
      expect.objectContaining({ code: "ProviderNotTrusted" }) as Error,
    );
    expect(() => refuseUncheckedEnvironment(settings("# dev_overrides {}"))).not.toThrow();
    expect(() => refuseUncheckedEnvironment({ ...settings(overrides), ANYCAST_SANDBOX: "x" })).not.toThrow();
  });

  test.each([
    [".terraformrc", {}],
    [".tofurc", {}],
    [".terraform.d/own.tfrc", {}],
    [".terraform.d/own.tfrc.json", {}],
    ["named", { TERRAFORM_CONFIG: "named" }],
    [".terraformrc", { TF_CLI_CONFIG_FILE: "not-there" }],
    ["xdg/opentofu/tofurc", { XDG_CONFIG_HOME: "xdg" }],
  ])("dev_overrides are found in %s with %p", (name, named) => {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '{"provider_installation":{"dev_overrides":{"a/b":"/x"}}}');
    const env = Object.fromEntries(Object.entries(named).map(([key, value]) => [key, join(directory, value)]));
    expect(cliConfigPaths({ HOME: directory, ...env })).toEqual([path]);
    expect(() => refuseUncheckedEnvironment({ HOME: directory, ...env })).toThrow(
      expect.objectContaining({ code: "ProviderNotTrusted" }) as Error,
    );
    const elsewhere = settings("# nothing");
    expect(() => refuseUncheckedEnvironment({ HOME: directory, ...elsewhere })).not.toThrow();
  });

  test("a mirror is accepted", () => {
    expect(() =>
      refuseUncheckedEnvironment(settings('provider_installation { filesystem_mirror { path = "/m" } }')),
    ).not.toThrow();
  });
});

test("a process that has ended is not alive, even as a zombie", async () => {
  // The shell becomes a program that knows nothing of the child it has, and only then the child may end.
  const parent = spawn("/bin/sh", ["-c", "read -r _ <&3 & echo $!; exec cat 3<&-"], {
    stdio: ["pipe", "pipe", "inherit", "pipe"],
  });
  const [line] = (await once(parent.stdout!, "data")) as [Buffer];
  const child = Number(line.toString());
  while (readFileSync(`/proc/${parent.pid!}/comm`, "utf8") !== "cat\n") await nextTurn();
  (parent.stdio[3] as Writable).end();
  while (readFileSync(`/proc/${child}/stat`, "utf8").split(") ")[1]![0] !== "Z") await nextTurn();
  expect(() => process.kill(child, 0)).not.toThrow();
  expect(isAlive(child)).toBe(false);
  expect(isAlive(parent.pid!)).toBe(true);
  parent.kill("SIGKILL");
});
