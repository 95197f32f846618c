import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import type { CliIo } from "./io";
import { collected, wholeNumber } from "./numbers";
import type { SandboxFlags } from "./sandbox-flags";
import type * as RunSandbox from "./sandbox-run";

/** `anycast sandbox`: the simulated cloud, around a command or until stopped. */
export function registerSandbox(program: Command, io: CliIo): void {
  const load = (): typeof RunSandbox => require("./sandbox-run") as typeof RunSandbox;
  const sandbox = program
    .command("sandbox")
    .summary("the simulated cloud: no account, no network, nothing real")
    .description(
      "Start the simulated cloud and run a command inside it; its exit code is passed on. Without a command: serve until stopped and print the variables to export.",
    )
    .argument("[command...]", "command and its arguments, after --")
    .option(
      "--directory <path>",
      "where the simulated cloud keeps its state (default: .anycast/sandbox of the project)",
    )
    .option(
      "--speed <factor>",
      "1 is about as slow as the real cloud, 10 ten times faster",
      speedOf,
      "instant" as const,
    )
    .option("--fault <rule>", "make something go wrong, e.g. throttle:CreateVpc:2; may be repeated", collected)
    .addOption(
      new Option("--provider <kind>", "who serves the provider: the sandbox, or the real one pointed at the sandbox")
        .choices(["simulated", "real"])
        .default("simulated"),
    )
    .option(
      "--seed-state <file>",
      "plan as if the resources of this state existed; it is only read, nothing can be applied",
    )
    .option(
      "--keep-backend",
      "keep states where the stacks keep them, each under a name of its own, in the place of local files",
    )
    .option("--mock-others", "also serve resource types that are not simulated, with made-up values")
    .option(
      "--ui [port]",
      "serve a page on this machine that shows the simulated cloud as it changes",
      wholeNumber(0, 65_535),
    )
    .addHelpText(
      "after",
      `
Examples:
  anycast sandbox -- anycast deploy --auto-approve   deploy without an account
  anycast sandbox -- cdktf deploy                    the unchanged cdktf, gated
  anycast sandbox > sandbox.env                      serve; another terminal reads: . ./sandbox.env
  anycast sandbox --ui > sandbox.env                 the same, with a page to look at
  anycast sandbox --keep-backend -- anycast deploy   with the state and the lock of your own server
  anycast sandbox status                             what is in the simulated cloud`,
    )
    .action(async (command: string[], flags: SandboxFlags) => {
      io.exitCode = await load().runSandbox(command, flags, io);
    });
  sandbox
    .command("status")
    .summary("what is in the simulated cloud")
    .option("--directory <path>", "where the simulated cloud keeps its state")
    .addOption(new Option("--format <format>", "form of the result").choices(["text", "json"]).default("text"))
    .action((flags: { directory?: string; format: "text" | "json" }) => {
      io.exitCode = load().showSandbox({ ...sandbox.opts<SandboxFlags>(), ...flags }, io);
    });
}

function speedOf(text: string): number | "instant" {
  const speed = Number(text);
  if (text === "instant" || speed === 0) return "instant";
  if (Number.isFinite(speed) && speed > 0) return speed;
  throw new InvalidArgumentError("Expected `instant` or a positive number.");
}
