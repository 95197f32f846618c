import { resolve } from "node:path";
import type { Command } from "commander";
import { newKey } from "../pipeline/receipt";
import type { CliIo } from "./io";

/** `anycast keys`: keys that sign receipts. */
export function registerKeys(program: Command, io: CliIo): void {
  const keys = program
    .command("keys")
    .summary("keys that sign receipts")
    .description("Keys that sign receipts of checks.");
  keys
    .command("new")
    .summary("make a key pair (ed25519)")
    .description(
      "Write a private key for the job that checks and its public key, PATH.pub, for the job that applies. A file that is there is never replaced.",
    )
    .argument("<path>", "file of the private key")
    .addHelpText(
      "after",
      `
Examples:
  anycast keys new receipts.key
  anycast plan --save plans --sign-key receipts.key
  anycast apply plans --require-receipt receipts.key.pub`,
    )
    .action((path: string) => {
      const { privateKeyPath, publicKeyPath, keyId } = newKey(resolve(io.cwd, path));
      io.stdout.write(`${publicKeyPath}\n`);
      io.stderr.write(
        `The key ${keyId} is made. Keep ${privateKeyPath} secret: whoever has it can sign that a plan was checked.\n`,
      );
    });
}
