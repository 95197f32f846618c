import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { anycast } from "../support/anycast";
import type { AppOnDisk } from "../support/app";
import { makeApp } from "../support/app";
import { inTerminal, until } from "./support/terminal";

let app: AppOnDisk;
afterEach(() => app.remove());
const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}): ReturnType<typeof anycast> =>
  anycast(app.root, args, env);
const write = (name: string, text: string): string => {
  const path = join(app.root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
};

describe("options that anycast passes on to terraform", () => {
  const resource = { terraform_data: { it: { input: "${var.a}${var.b}" } } };
  const variable = { a: {}, b: {} };

  /** Notes each call of terraform, one line of JSON each, then is terraform. */
  function noting(): { env: NodeJS.ProcessEnv; calls: (command: string) => string[] } {
    const log = join(app.root, "calls");
    const wrapper = write(
      "noting-terraform",
      `#!/usr/bin/env bash\nprintf '%s\\n' "$*" >> '${log}'\nexec terraform "$@"\n`,
    );
    chmodSync(wrapper, 0o755);
    return {
      env: { ANYCAST_TERRAFORM: wrapper },
      calls: (command) =>
        readFileSync(log, "utf8")
          .split("\n")
          .filter((line) => line.startsWith(`${command} `)),
    };
  }

  test("reach the plan, and the apply of a plan file where it allows them", async () => {
    app = makeApp({ one: { input: "x", resource, variable } as never, two: { input: "two" } });
    write("more.tfvars", 'b = "bee"');
    const { env, calls } = noting();
    const options = [
      ...["--var", "a=ay", "--var-file", "more.tfvars", "--refresh=false", "--lock-timeout", "7s"],
      ...["--terraform-parallelism", "3", "--parallelism", "1"],
    ];
    const deployed = await run(["deploy", "--auto-approve", "--only", "one", ...options], env);
    expect([deployed.code, app.state("two")]).toEqual([0, undefined]);
    expect(readFileSync(app.statePath("one"), "utf8")).toContain('"aybee"');
    const destroyed = await run(["destroy", "--auto-approve", "--only", "one", ...options], env);
    expect([destroyed.code, app.state("one")]).toEqual([0, []]);
    const common = `-var=a=ay -var-file=${join(app.root, "more.tfvars")} -refresh=false -lock-timeout=7s -parallelism=3`;
    const [plan, destroy, ...others] = calls("plan");
    expect([plan, destroy, others]).toEqual([
      expect.stringMatching(new RegExp(`-out=\\S+ -json ${common}$`)),
      expect.stringMatching(new RegExp(`-out=\\S+ -json -destroy ${common}$`)),
      [],
    ]);
    for (const apply of calls("apply"))
      expect(apply).toMatch(/^apply -input=false -json -lock-timeout=7s -parallelism=3 \S+\.tfplan$/);
    expect(calls("apply")).toHaveLength(2);
  });

  test.each([[["-target=terraform_data.it"]], [["--target", "terraform_data.it"]], [["--target=terraform_data.it"]]])(
    "that select a part of a stack are refused with the reason: %j",
    async (target) => {
      app = makeApp({ one: { input: "x" } });
      const { code, err } = await run(["deploy", "--auto-approve", ...target]);
      expect(code).toBe(2);
      expect(err).toMatch(/--target is not taken: .*could leave a binding out of what is checked.*\[OptionRefused\]/);
      expect(existsSync(join(app.root, "cdktf.out"))).toBe(false);
    },
  );
});

describe("an environment that could make terraform do something other than what was checked", () => {
  const OVERRIDES = 'provider_installation { # mine\n  dev_overrides { "aliyun/alicloud" = "/tmp" }\n  direct {}\n}\n';
  const home = (name: string, text: string) => (): NodeJS.ProcessEnv => {
    write(`home/${name}`, text);
    return { HOME: join(app.root, "home"), TF_CLI_CONFIG_FILE: "" };
  };
  const environments: [string, string, () => NodeJS.ProcessEnv][] = [
    ["TF_CLI_ARGS", "EnvironmentRewritesCommands", () => ({ TF_CLI_ARGS: "-refresh=false" })],
    ["TF_CLI_ARGS_plan", "EnvironmentRewritesCommands", () => ({ TF_CLI_ARGS_plan: "-target=x" })],
    ["TF_REATTACH_PROVIDERS", "ProviderNotTrusted", () => ({ TF_REATTACH_PROVIDERS: "{}" })],
    [
      "a cache without the lock file",
      "ProviderNotTrusted",
      () => ({ TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1" }),
    ],
    ["dev_overrides in a given file", "ProviderNotTrusted", () => ({ TF_CLI_CONFIG_FILE: write("x.tfrc", OVERRIDES) })],
    [
      "dev_overrides in a file given by TERRAFORM_CONFIG",
      "ProviderNotTrusted",
      () => ({ TF_CLI_CONFIG_FILE: "", TERRAFORM_CONFIG: write("x.tfrc", OVERRIDES) }),
    ],
    ["dev_overrides in the home directory", "ProviderNotTrusted", home(".terraformrc", OVERRIDES)],
    ["dev_overrides in .terraform.d", "ProviderNotTrusted", home(".terraform.d/x.tfrc", OVERRIDES)],
    [
      "dev_overrides as JSON in one line, after a # and with an escape",
      "ProviderNotTrusted",
      home(".terraform.d/x.tfrc.json", '{"x":"#","provider_installation":{"dev\\u005foverrides":{}}}'),
    ],
    [
      "a setting for a cache without the lock file",
      "ProviderNotTrusted",
      home(".terraformrc", "plugin_cache_may_break_dependency_lock_file = true\n"),
    ],
  ];
  test.each(environments)("stops every verb before anything runs: %s", async (_what, code, environment) => {
    app = makeApp({ one: { input: "x" } });
    const env = environment();
    // One check stands before all verbs: all of them are tried with the first variable, deploy with every one.
    const others = ["plan", "destroy", "apply none"].filter(() => environment === environments[0]![2]);
    for (const verb of ["deploy", ...others]) {
      const ended = await run([...verb.split(" "), ...(verb === "plan" ? [] : ["--auto-approve"])], env);
      expect([ended.code, ended.err]).toEqual([2, expect.stringContaining(`[${code}]`)]);
    }
    expect(existsSync(join(app.root, "cdktf.out"))).toBe(false);
  });

  test("is not one that mentions such settings in comments only, and mirrors are recorded and required again", async () => {
    app = makeApp({ one: { input: "x" } });
    const mirror = (path: string): NodeJS.ProcessEnv => {
      const text = `# no dev_overrides /* here */\nprovider_installation {\n  filesystem_mirror { path = "${path}" }\n}\n`;
      return { TF_CLI_CONFIG_FILE: write("mirror.tfrc", text) };
    };
    expect((await run(["plan", "--save", "plans"], mirror("/a"))).code).toBe(0);
    const other = await run(["apply", "plans", "--auto-approve"], mirror("/b"));
    expect([other.code, other.err]).toEqual([
      1,
      expect.stringMatching(/provider installation settings.*\[ReceiptMismatch\]/),
    ]);
    write("home/.terraform.d/plugins/example.com/x/y/1.0.0/linux_amd64/p", "");
    const implied = await run(["apply", "plans", "--auto-approve"], { ...mirror("/a"), HOME: join(app.root, "home") });
    expect([implied.code, implied.err]).toEqual([1, expect.stringContaining("provider installation settings")]);
    expect((await run(["apply", "plans", "--auto-approve"], mirror("/a"))).code).toBe(0);
  });
});

describe("the formats of a run's report", () => {
  test("each hold a stack that cannot be planned, next to those that can", async () => {
    app = makeApp({ good: { input: "x" }, bad: { input: "${nothing.here}" } });
    const outputs = ["sarif=a.sarif", "junit=a.xml", "markdown=a.md", "text=a.txt"].flatMap((one) => ["-o", one]);
    const { code, out } = await run(["plan", "--format", "json", ...outputs]);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      exitCode: 2,
      stacks: [
        { stack: "good", status: "planned" },
        { stack: "bad", status: "failed", error: { code: "TerraformFailed" } },
      ],
      check: { verdict: "allowed", plans: [{ source: "good" }] },
    });
    const read = (name: string): string => readFileSync(join(app.root, name), "utf8");
    expect(read("a.sarif")).toContain('"executionSuccessful": false');
    expect(read("a.xml")).toMatch(/<testsuite name="bad" tests="1" failures="0" errors="1"/);
    expect(read("a.md")).toMatch(/^## Policy check: error\n[^]*TerraformFailed/);
    expect(read("a.txt")).toMatch(/good +planned[^]*bad +FAILED/);
    expect(read("a.txt")).toContain("# terraform_data.it will be created");
  });

  test.each<[string, string, (text: string) => unknown]>([
    ["json", "SynthesisFailed", (text) => (JSON.parse(text) as { error: { code: string } }).error.code],
    ["sarif", "executionSuccessful", (text) => text.includes('"executionSuccessful": false') && "executionSuccessful"],
    ["junit", "SynthesisFailed", (text) => /type="(\w+)"/.exec(text)?.[1]],
    ["markdown", "SynthesisFailed", (text) => /\*\*(\w+)\*\*: The app/.exec(text)?.[1]],
    ["github", "SynthesisFailed", (text) => /SynthesisFailed/.exec(text)?.[0]],
  ])("report a run that fails as a whole as %s too", async (format, said, find) => {
    app = makeApp({ one: { input: "x" } });
    write("app.js", "process.exit(3)");
    const { code, out, err } = await run(["deploy", "--auto-approve", "--format", format, "-o", `${format}=copy`]);
    expect([code, find(out)]).toEqual([2, said]);
    expect(err).toContain("[SynthesisFailed]");
    expect(readFileSync(join(app.root, "copy"), "utf8")).toBe(out);
  });

  test("show an app's own error with file and line, in text, JSON and annotations", async () => {
    app = makeApp({ one: { input: "x" } });
    write("app.js", '\n\nthrow new RangeError("the zone is unknown");');
    const { code, out, err } = await run([
      "plan",
      "--format",
      "json",
      "-o",
      "github=annotations",
      "-o",
      "sarif=s.json",
    ]);
    expect(code).toBe(2);
    expect(err).toContain("(at app.js:3): RangeError: the zone is unknown.");
    expect(JSON.parse(out)).toMatchObject({
      error: { code: "SynthesisFailed", source: { file: "app.js", line: 3 } },
    });
    const read = (name: string): string => readFileSync(join(app.root, name), "utf8");
    expect(read("annotations")).toMatch(/^::error file=app\.js,line=3,title=.*RangeError: the zone is unknown/m);
    expect(read("s.json")).toContain('"uri": "app.js"');
  });

  test("show one message for wrong settings, for any number of stacks, and nothing is planned", async () => {
    app = makeApp({ one: { input: "x" }, two: { input: "y" } });
    write("anycast.yaml", "regions: mars\n");
    const { code, err } = await run(["plan"]);
    expect(code).toBe(2);
    expect(err).toMatch(/^anycast: Expected regions to be [^\n]* \[ConfigInvalid\]\n$/);
    rmSync(join(app.root, "anycast.yaml"));
  });
});

describe("deploy on a terminal", () => {
  test("has a live line for each stack, overwrites none of them with a question, and counts what is applied", async () => {
    app = makeApp({ one: { input: "1" }, two: { input: "2", dependencies: ["one"] } });
    const env = { ...process.env, CI: "", TERM: "xterm" };
    const terminal = inTerminal(join(__dirname, "../../bin/anycast"), ["deploy"], app.root, env);
    const asked = (): number => terminal.output().split("Only 'yes' will be accepted to approve").length - 1;
    for (const question of [1, 2]) {
      await until(
        () => asked() === question,
        () => terminal.output(),
      );
      // Time in which a line could be drawn over the question.
      await sleep(700);
      terminal.write("yes\r");
    }
    const code = await terminal.code;
    const text = terminal.output();
    expect([code, app.state("one"), app.state("two")]).toEqual([0, ["terraform_data.it"], ["terraform_data.it"]]);
    expect(asked()).toBe(2);
    for (const step of ["synth", "init", "plan", "check", "apply"])
      expect(text).toMatch(new RegExp(`${step}…|${step} done`));
    expect(text).toMatch(/one +apply 1\/1 terraform_data\.it/);
    expect(text).toContain("wait for approval");
    // Between a question and its answer nothing is drawn.
    const questions = text.split(/Only 'yes' will be accepted to approve: /).slice(1);
    for (const after of questions) expect(after).toMatch(/^yes\r?\n/);
    expect(text).toContain("All 2 stacks are deployed as checked.");
  });
});

describe("an outputs file", () => {
  const SAVE = ["plan", "--save", "plans"];
  test.each(["deploy", "apply"])(
    "%s: in a directory that does not exist is refused before anything is done",
    async (verb) => {
      app = makeApp({ it: { input: "x" } });
      expect((await run(SAVE)).code).toBe(0);
      const args = verb === "apply" ? [verb, "plans"] : [verb];
      const { code, err } = await run([...args, "--auto-approve", "--outputs-file", "nowhere/out.json"]);
      expect([code, err]).toEqual([
        2,
        expect.stringContaining(
          "`nowhere/out.json` is not a file in a directory that exists (at --outputs-file). Fix:",
        ),
      ]);
      expect(app.state("it")).toBeUndefined();
    },
  );

  test.each(["deploy", "apply"])(
    "%s: that cannot be written is exit code 2, and the result is still reported",
    async (verb) => {
      app = makeApp({ it: { input: "x" } });
      write("there/file", "");
      expect((await run(SAVE)).code).toBe(0);
      // It is there when the run begins, and gone when the outputs are.
      const remover = write(
        "terraform-that-removes",
        `#!/bin/sh\nrm -rf '${join(app.root, "there")}'\nexec terraform "$@"\n`,
      );
      chmodSync(remover, 0o755);
      const args = verb === "apply" ? [verb, "plans"] : [verb];
      const { code, out, err } = await run([...args, "--auto-approve", "--outputs-file", "there/out.json"], {
        ANYCAST_TERRAFORM: remover,
      });
      expect([code, err]).toEqual([
        2,
        expect.stringMatching(/The outputs file could not be written .*\[OutputNotWritten\]/),
      ]);
      expect(out).toContain("The stack is deployed as checked.");
      expect(app.state("it")).toEqual(["terraform_data.it"]);
    },
  );
});
