import { resolve } from "node:path";
import type { Command } from "commander";
import type { SetUpEvent, SetUpResult } from "../terraform/fetch";
import { setUpTerraform } from "../terraform/fetch";
import type { CliIo } from "./io";

/** `anycast setup`: downloads OpenTofu where there is no terraform. */
export function registerSetup(program: Command, io: CliIo): void {
  program
    .command("setup")
    .summary("make sure that there is a terraform to run")
    .description(
      "Download OpenTofu where neither terraform nor tofu is on PATH or named by TERRAFORM_BINARY_NAME. The archive is unpacked only when its SHA-256 is the one in this package. ANYCAST_NO_DOWNLOAD=1 forbids the download; ANYCAST_OPENTOFU_RELEASES names a mirror of OpenTofu's releases.",
    )
    .option("--archive <file>", "archive of OpenTofu that was downloaded elsewhere")
    .addHelpText("after", "\nExamples:\n  anycast setup\n  anycast setup --archive tofu.zip")
    .action(async ({ archive }: { archive?: string }) => {
      const options = { env: io.env, archive: archive === undefined ? undefined : resolve(io.cwd, archive) };
      const result = await setUpTerraform({ ...options, emit: progressTo(io) });
      io.stderr.write(`${sentenceFor(result)}\n`);
      io.stdout.write(`${result.path}\n`);
    });
}

function sentenceFor({ origin, version }: SetUpResult): string {
  if (origin === "named") return "The terraform that the environment names is used. Nothing is downloaded.";
  if (origin === "installed") return "The one on PATH is used. Nothing is downloaded.";
  if (origin === "fetched-before") return "OpenTofu was set up before and is used. Nothing is downloaded.";
  return `OpenTofu ${version ?? ""} is set up; its archive has the expected SHA-256.`;
}

/** Shows once what is done, then the progress: every tenth on a terminal in one line, every quarter elsewhere. */
function progressTo(io: CliIo): (event: SetUpEvent) => void {
  const isTerminal = io.stderr.isTTY === true;
  const step = isTerminal ? 10 : 25;
  let shown = 0;
  return (event) => {
    if (event.type === "download-started") {
      io.stderr.write(
        `Neither terraform nor tofu was found. OpenTofu ${event.version} is downloaded from\n${event.url}\ninto ${event.directory}\n(ANYCAST_NO_DOWNLOAD=1 forbids this).\n`,
      );
      return;
    }
    const { received, total } = event;
    if (total === undefined) return;
    const percent = Math.floor((received / total) * (100 / step)) * step;
    if (percent <= shown) return;
    shown = percent;
    const size = `${(total / 1e6).toFixed(0)} MB`;
    io.stderr.write(
      `${isTerminal ? "\r" : ""}${String(percent)} % of ${size}${isTerminal && percent < 100 ? "" : "\n"}`,
    );
  };
}
