import { Option } from "commander";
import type { Command } from "commander";
import { asStep } from "../core/events";
import type { AnycastEvent } from "../core/events";
import { METRICS } from "../core/verify-report";
import type { VerifyReport } from "../core/verify-report";
import { verify } from "../verify";
import { renderVerifyText } from "../report/verify-text";
import type { CliIo } from "./io";
import { numberBetween, verifyOptions } from "./verify-options";
import type { VerifyFlags } from "./verify-options";

type Flags = VerifyFlags & {
  readonly connectToPlain?: string;
  readonly connectToAccelerated?: string;
  readonly format: "text" | "json";
  readonly failOnRegression?: boolean;
};

/** `anycast verify`: timings of the plain and the accelerated address side by side. */
export function registerVerify(program: Command, io: CliIo): void {
  program
    .command("verify")
    .summary("measure whether access became faster")
    .description(
      "Measure connect, first byte and total time of the plain and the accelerated address, in turns, and compare the " +
        "medians. The addresses come from --plain and --accelerated, from --outputs, or from the outputs plain_url and " +
        "accelerated_url of the project's stack. Inside the sandbox its simulated internet is measured.",
    )
    .argument("[stack...]", "stack whose outputs name the addresses")
    .option("--plain <url>", "URL at the plain EIP")
    .option("--accelerated <url>", "URL at the Anycast EIP")
    .option("--outputs <path>", "stack directory, or file from `terraform output -json`")
    .option("--connect-to-plain <host:port>", "connect there for the plain URL")
    .option("--connect-to-accelerated <host:port>", "connect there for the accelerated URL")
    .option("-H, --header <header>", "Host header (and name in TLS), as `Host: NAME`")
    .option("-n, --rounds <n>", "rounds that count, one request to each", numberBetween(1, 10_000, true), 10)
    .option("--warmup <n>", "rounds first that do not count", numberBetween(0, 1000, true), 1)
    .option("--parallel <n>", "rounds at the same time", numberBetween(1, 100, true), 1)
    .option("--timeout <seconds>", "longest time of one request", numberBetween(0.001, 3600), 10)
    .option("--wait <seconds>", "wait that long for the addresses to answer", numberBetween(0, 86_400), 0)
    .option("--threshold <percent>", "how much faster it must be", numberBetween(0, 99.9), 5)
    .addOption(new Option("--metric <name>", "timing that decides").choices(METRICS).default("time_total"))
    .option("--socks5 <url>", "go through a SOCKS 5 proxy")
    .option("--from <place>", "user's location; in the sandbox only")
    .option("--cacert <file>", "PEM file of certificate authorities")
    .option("-k, --insecure", "accept any certificate")
    .addOption(new Option("--format <format>", "form of the result").choices(["text", "json"]).default("text"))
    .option("--fail-on-regression", "exit 1 unless accelerated access is faster")
    .addHelpText(
      "after",
      "\nExit codes here: 0 measured; 1 not faster by the threshold (only with --fail-on-regression);" +
        "\n2 an address answered too seldom, or the measurement could not be made.",
    )
    .action(async (stacks: string[], flags: Flags) => {
      io.exitCode = await runVerify(stacks, flags, io);
    });
}

async function runVerify(stacks: readonly string[], flags: Flags, io: CliIo): Promise<number> {
  const { connectToPlain, connectToAccelerated } = flags;
  const connectTo = {
    ...(connectToPlain === undefined ? {} : { plain: connectToPlain }),
    ...(connectToAccelerated === undefined ? {} : { accelerated: connectToAccelerated }),
  };
  const options = await verifyOptions({ ...flags, connectTo }, stacks, io);
  const stopped = new AbortController();
  const stop = (): void => stopped.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    const emit = (event: AnycastEvent): void => showProgress(event, io);
    const report = await asStep(emit, "verify", () => verify({ ...options, signal: stopped.signal, emit }));
    const text =
      flags.format === "json"
        ? `${JSON.stringify(report, undefined, 2)}\n`
        : renderVerifyText(report, { color: io.color.stdout });
    io.stdout.write(text);
    return exitCodeOfVerify(report, flags.failOnRegression ?? false);
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

function exitCodeOfVerify(report: VerifyReport, failOnRegression: boolean): 0 | 1 | 2 {
  if (report.verdict === "unreachable") return 2;
  return failOnRegression && report.verdict === "not-faster" ? 1 : 0;
}

/** One line that is written over, on a terminal only. */
function showProgress(event: AnycastEvent, io: CliIo): void {
  if (!io.interactive) return;
  if (event.type === "progress" && event.total !== undefined)
    io.stderr.write(`\rmeasuring ${event.done}/${event.total}`);
  if (event.type === "step-done" || event.type === "step-failed") io.stderr.write("\r\u001b[K");
}
