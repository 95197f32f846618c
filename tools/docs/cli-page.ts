import { Readable } from "node:stream";
import { Command } from "commander";
import { main } from "../../src/cli/main";
import { completeIo } from "../../src/cli/io";
import type { RawIo } from "../../src/cli/io";
import { VERBS } from "../../src/cli/verbs";
import { BANNER } from "./pages";

/** Columns of the help texts in the page. */
const COLUMNS = 100;

/** What every help ends with; the page says it once. */
const COMMON = "\nEvery verb takes ";

/** docs/cli.md: the help of every verb, as the command line itself prints it. */
export async function cliPage(): Promise<string> {
  const sections: string[] = [];
  let common = "";
  for (const verb of VERBS.keys()) {
    for (const path of commandsOf(verb)) {
      const help = await helpOf(path);
      const end = help.indexOf(COMMON);
      if (end < 0) throw new Error(`Expected the help of ${path.join(" ")} to end with what all verbs have in common.`);
      common = help.slice(end).trim();
      sections.push(`## anycast ${path.join(" ")}`, `\`\`\`text\n${help.slice(0, end).trim()}\n\`\`\``);
    }
  }
  return `${[
    BANNER,
    "# The command line",
    "Results go to stdout, everything else to stderr. Colours and live progress are for terminals only; `NO_COLOR` and " +
      "`CI` turn them off.",
    ...common.split("\n"),
    ...sections,
  ].join("\n\n")}\n`;
}

/** A verb and the commands below it. */
function commandsOf(verb: string): string[][] {
  const program = new Command();
  VERBS.get(verb)!()(
    program,
    completeIo(
      ioTo(() => undefined),
      { noColor: true, debug: false },
    ),
  );
  const paths = (command: Command, above: readonly string[]): string[][] => {
    const path = [...above, command.name()];
    return [path, ...command.commands.flatMap((one) => paths(one, path))];
  };
  return program.commands.flatMap((command) => paths(command, []));
}

async function helpOf(path: readonly string[]): Promise<string> {
  let text = "";
  const code = await main(
    [...path, "--help"],
    ioTo((part) => (text += part)),
  );
  if (code !== 0)
    throw new Error(`Expected anycast ${path.join(" ")} --help to exit 0, but it exited ${code}: ${text}`);
  return text.replace(/[ \t]+$/gm, "");
}

/** A world with nothing in it: the help must not depend on where it is asked for. */
function ioTo(write: (text: string) => unknown): RawIo {
  const out = { write, columns: COLUMNS };
  return { stdin: Readable.from([]), stdout: out, stderr: out, env: {}, cwd: "/" };
}
