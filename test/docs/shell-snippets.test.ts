import { spawnSync } from "node:child_process";
import { Command } from "commander";
import { completeIo } from "../../src/cli/io";
import { VERBS } from "../../src/cli/verbs";
import { ROOT, snippetsIn } from "./support/snippets";

/** The commands of a snippet: comments and continued lines joined, values of variables in front left out. */
function commandsIn(text: string): string[] {
  return text
    .replace(/'[^']*'/g, "QUOTED")
    .replace(/\\\n\s*/g, " ")
    .split("\n")
    .flatMap((line) => line.replace(/(^|\s+)#.*$/, "").split(/ && | \| | -- (?=n)/))
    .map((command) => command.trim().replace(/^([A-Z_]+=\S* +)+/, ""))
    .filter((command) => command !== "");
}

/** What `curl-recipe.test.ts` runs as a whole: a function, whose lines are no commands by themselves. */
const RUN_WHOLE = /^curl\(\) \{/;

const COMMANDS = snippetsIn("sh", "bash")
  .filter(({ text }) => !RUN_WHOLE.test(text))
  .flatMap(({ at, text }) => commandsIn(text).map((command) => [at, command] as const));

/** Programs that the pages start, and which test starts them in the same way. */
const RUN_ELSEWHERE: Readonly<Record<string, string>> = {
  "npm start": "the section story of .ci/run",
  "npm test": ".ci/run",
  "npm install": "test/package",
  "npm run": "test/tools and .ci/run",
  "npx -p": "test/e2e/init.test.ts, from the tarballs",
  "npx cdktf": "test/e2e/cdktf-gate.test.ts",
  "npx jest": ".ci/run",
  "terraform plan": "test/e2e/by-hand.test.ts",
  "terraform show": "test/e2e/by-hand.test.ts",
  "terraform init": "test/e2e",
  "terraform state": "test/e2e/state-cut-off.test.ts",
  "terraform force-unlock": "it asks somebody who holds the lock",
  "npx alicloud-sandbox": "packages/sandbox/test, of its own command",
  "rm errored.tfstate": "it removes the file that was just pushed",
  "opa eval": "test/opa",
  "opa build": "test/check/custom-rules/custom-rules.test.ts",
  "conftest test": "test/opa",
  "curl -o": "test/verify/curl",
  ". ./sandbox.env": "test/e2e/deploy-cli.test.ts, under another name",
  "cd cdktf.out/stacks/NAME": "it is a place",
  "export TERRAFORM_BINARY_NAME=tofu": "test/opentofu",
  "export TF_ENCRYPTION=QUOTED": "test/opentofu",
};

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

  it("name the package where there is no project yet: the name anycast belongs to nobody on npm", () => {
    const { status, stdout } = spawnSync("git", ["grep", "-n", "npx anycast init", "--", "*.md", "src"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    // git grep ends with 1 where it finds nothing.
    expect([status, stdout]).toEqual([1, ""]);
  });

  it.each(COMMANDS)("%s: %s", (_at, command) => {
    const words = command.split(/\s+/);
    const ours =
      words[0] === "anycast"
        ? words.slice(1)
        : words[0] === "npx" && words[1] === "anycast"
          ? words.slice(2)
          : undefined;
    if (ours !== undefined) expect(problemsOf(ours)).toEqual([]);
    else expect(Object.keys(RUN_ELSEWHERE)).toContain(words.slice(0, 2).join(" "));
  });
});
