import { parseArgs } from "node:util";
import type { ParseArgsConfig } from "node:util";
import { messageOf, SandboxError } from "../errors";

export interface Flags {
  readonly help: boolean;
  readonly version: boolean;
  readonly directory: string;
  readonly speed: number | "instant";
  readonly faults: readonly string[];
  readonly provider: "simulated" | "real";
  readonly seedState: string | undefined;
  readonly mockOthers: boolean;
  /** Port of the page, 0 for a free one. @default no page */
  readonly uiPort: number | undefined;
  /** What to run inside; undefined serves until stopped. */
  readonly command: readonly [string, ...string[]] | undefined;
  readonly status: boolean;
}

export const USAGE = `Usage: alicloud-sandbox [options] [-- COMMAND...]
       alicloud-sandbox status [--directory PATH]

A simulated Alibaba Cloud for Terraform and OpenTofu. Runs COMMAND inside it and passes its exit code on; without a command
it serves until it is stopped, and prints the variables to export.

  --directory PATH    where the simulated cloud keeps its state (default: .alicloud-sandbox)
  --speed FACTOR      1 is about as slow as the real cloud, 10 ten times faster (default: instant)
  --fault RULE        make something go wrong, e.g. throttle:CreateVpc:2; may be repeated
  --provider KIND     who serves the provider: simulated (default), or real to use terraform's own
  --seed-state FILE   plan as if the resources of this state existed; nothing can be applied
  --mock-others       also serve resource types that are not simulated, with made-up values
  --ui                serve a page on this machine that shows the simulated cloud; --ui-port PORT chooses its port
  --version, --help

Examples:
  alicloud-sandbox -- terraform apply
  alicloud-sandbox > sandbox.env     another terminal reads: . ./sandbox.env
`;

const OPTIONS = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "V" },
  directory: { type: "string", default: ".alicloud-sandbox" },
  speed: { type: "string", default: "instant" },
  fault: { type: "string", multiple: true, default: [] as string[] },
  provider: { type: "string", default: "simulated" },
  "seed-state": { type: "string" },
  "mock-others": { type: "boolean" },
  ui: { type: "boolean" },
  "ui-port": { type: "string" },
} as const satisfies ParseArgsConfig["options"];

/** @throws SandboxError `UsageInvalid` */
export function parseFlags(argv: readonly string[]): Flags {
  const end = argv.indexOf("--");
  const [own, command] = end < 0 ? [argv, []] : [argv.slice(0, end), argv.slice(end + 1)];
  const { values, positionals } = parse(own);
  const [verb, ...more] = positionals;
  if (more.length > 0 || (verb !== undefined && verb !== "status")) {
    throw usage(`\`${positionals.join(" ")}\` is not an argument. Put a command after \`--\``);
  }
  const [file, ...args] = command;
  if (end >= 0 && (file === undefined || file === "")) throw usage("There is no command after `--`");
  const { provider } = values;
  if (provider !== "simulated" && provider !== "real") throw usage("--provider takes simulated or real");
  return {
    help: values.help === true,
    version: values.version === true,
    directory: values.directory,
    speed: speedOf(values.speed),
    faults: values.fault,
    provider,
    seedState: values["seed-state"],
    mockOthers: values["mock-others"] === true,
    uiPort: values["ui-port"] === undefined ? (values.ui === true ? 0 : undefined) : portOf(values["ui-port"]),
    command: file === undefined ? undefined : [file, ...args],
    status: verb === "status",
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (cause) {
    throw usage(messageOf(cause).replace(/\.$/, ""), cause);
  }
}

function speedOf(text: string): number | "instant" {
  const speed = Number(text);
  if (text === "instant" || (text !== "" && speed === 0)) return "instant";
  if (Number.isFinite(speed) && speed > 0) return speed;
  throw usage("--speed takes `instant` or a positive number");
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw usage("--ui-port takes a number from 0 to 65535");
}

function usage(problem: string, cause?: unknown): SandboxError {
  return new SandboxError("UsageInvalid", `${problem}. Fix: see alicloud-sandbox --help.`, { cause });
}
