import { resolve } from "node:path";
import type { Command } from "commander";
import { Option } from "commander";
import { AnycastError } from "../core/errors";
import type { TrustedKey } from "../gate/receipt";
import { hasExpired, newKey, trustedKeys } from "../gate/receipt";
import type { CliIo } from "./io";
import type { NewFlags } from "./key-flags";
import { about } from "./key-flags";
import { registerRotate } from "./keys-rotate";

/** `anycast keys`: keys that sign receipts. */
export function registerKeys(program: Command, io: CliIo): void {
  const keys = program
    .command("keys")
    .summary("keys that sign receipts")
    .description("Keys that sign receipts of checks. Without a command: list the public keys that count.");
  keys.allowExcessArguments().action((_flags: object, command: Command) => {
    // Commander reads a misspelled command as an argument where the command itself has an action.
    if (command.args.length > 0) (command as unknown as { unknownCommand(): never }).unknownCommand();
    io.stdout.write(listed([], io).map(lineOf).join(""));
  });
  keys
    .command("new")
    .summary("make a key pair (ed25519)")
    .description(
      "Write a private key for the job that checks and its public key, PATH.pub, for the job that applies. A file that is there is never replaced.",
    )
    .argument("<path>", "file of the private key")
    .option("--name <name>", "who signs with it; shown where its signature is proven")
    .option("--expires <day>", "last day on which its signatures count, e.g. 2027-01-31 (default: no end)")
    .addHelpText(
      "after",
      `
Examples:
  anycast keys new receipts.key
  anycast keys new next.key --name ci --expires 2027-01-31
  anycast plan --save plans --sign-key receipts.key
  anycast apply plans --require-receipt receipts.key.pub`,
    )
    .action((path: string, flags: NewFlags) => {
      const { privateKeyPath, publicKeyPath, keyId } = newKey(resolve(io.cwd, path), about(flags));
      io.stdout.write(`${publicKeyPath}\n`);
      io.stderr.write(
        `The key ${keyId} is made. Keep ${privateKeyPath} secret: anyone who has it can sign that a plan was checked.\n`,
      );
    });
  registerRotate(keys, io);
  keys
    .command("list")
    .summary("ids, names and expiry of public keys")
    .description(
      "List public keys with their ids and expiry. Receipts signed with any of them count, each until its key expires or is taken out.",
    )
    .argument("[path...]", "files with public keys, or directories of .pub files (default: ANYCAST_RECEIPT_PUBLIC_KEY)")
    .addOption(new Option("--format <format>", "form of the list").choices(["text", "json"]).default("text"))
    .addHelpText(
      "after",
      `
Examples:
  anycast keys list trusted.pub
  cat receipts.key.pub next.key.pub > trusted.pub
  anycast apply plans --require-receipt trusted.pub`,
    )
    .action((paths: string[], { format }: { format: "text" | "json" }) => {
      const all = listed(paths, io);
      io.stdout.write(format === "json" ? jsonOf(all) : all.map(lineOf).join(""));
    });
}

function listed(paths: readonly string[], io: CliIo): readonly TrustedKey[] {
  const named = paths.length === 0 ? [undefined] : paths.map((path) => resolve(io.cwd, path));
  const found = named.flatMap((path) => trustedKeys(path, io.env) ?? []);
  if (found.length > 0) return found;
  throw new AnycastError(
    "KeyMissing",
    "There is no public key to list. Fix: name a file or a directory, or set ANYCAST_RECEIPT_PUBLIC_KEY.",
  );
}

const stateOf = (key: TrustedKey): "valid" | "expired" => (hasExpired(key, Date.now()) ? "expired" : "valid");

const lineOf = (key: TrustedKey): string =>
  `${key.id}  ${stateOf(key)}  ${key.expires === undefined ? "no expiry" : `expires ${key.expires}`}${key.name === undefined ? "" : `  ${key.name}`}\n`;

function jsonOf(all: readonly TrustedKey[]): string {
  const keys = all.map(({ key: _key, ...rest }) => ({ ...rest, state: stateOf({ key: _key, ...rest }) }));
  return `${JSON.stringify({ version: 1, keys }, undefined, 2)}\n`;
}
