import { spawnSync } from "node:child_process";
import { Command } from "commander";
import { completeIo } from "../../src/cli/io";
import { VERBS } from "../../src/cli/verbs";
import { pageCommands } from "../e2e/support/page-commands";
import { ROOT } from "./support/snippets";

/** The programs that a command starts, with values of variables in front left out. */
function startedBy(command: string): string[] {
  return command
    .replace(/'[^']*'/g, "QUOTED")
    .replace(/\\\n\s*/g, " ")
    .split(/ && | \| | -- (?=n)/)
    .map((one) => one.trim().replace(/^([A-Z_]+=\S* +)+/, ""));
}

/** Those of anycast; that all commands are run is for test/e2e/page-commands.test.ts. */
const COMMANDS = [...pageCommands()].flatMap(([command, at]) =>
  startedBy(command)
    .filter((one) => /^(npx )?anycast /.test(one))
    .map((one) => [at, one] as const),
);

const program = new Command("anycast");
const write = (): boolean => true;
for (const register of VERBS.values()) {
  register()(
    program,
    completeIo({ stdin: process.stdin, stdout: { write }, stderr: { write }, env: {}, cwd: "/" } as never, {} as never),
  );
}

/** What is wrong with a command line of anycast: verbs, options and values that there are not. */
function problemsOf(words: readonly string[]): string[] {
  let command = program;
  const rest = [...words];
  for (;;) {
    const next = command.commands.find((one) => one.name() === rest[0] || one.aliases().includes(rest[0] ?? ""));
    if (next === undefined) break;
    command = next;
    rest.shift();
  }
  if (command === program) return [`there is no verb ${words[0] ?? ""}`];
  const end = rest.findIndex((word) => word === "--" || word === ">");
  const own = end === -1 ? rest : rest.slice(0, end);
  return own
    .filter((word) => word.startsWith("-") && word !== "-")
    .map((word) => word.split("=")[0]!)
    .filter((word) => !command.options.some((option) => option.long === word || option.short === word))
    .map((word) => `${command.name()} has no option ${word}`);
}

describe("the shell commands of the pages", () => {
  it("are found", () => expect(COMMANDS.length).toBeGreaterThan(30));

  it("give the package name where there is no project yet, because nobody owns the name anycast on npm", () => {
    const { status, stdout } = spawnSync("git", ["grep", "-n", "npx anycast init", "--", "*.md", "src"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    // git grep ends with 1 where it finds nothing.
    expect([status, stdout]).toEqual([1, ""]);
  });

  it.each(COMMANDS)("%s: %s", (_at, command) => {
    const words = command.replace(/^npx /, "").split(/\s+/);
    expect(problemsOf(words.slice(1))).toEqual([]);
  });
});
