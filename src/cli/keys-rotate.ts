import { resolve } from "node:path";
import type { Command } from "commander";
import { dayOf } from "../core/day";
import { rotateKeys } from "../gate/receipt";
import type { CliIo } from "./io";
import type { NewFlags } from "./key-flags";
import { about } from "./key-flags";
import { wholeNumber } from "./numbers";

interface RotateFlags extends NewFlags {
  readonly keep: number;
}

const MS_PER_DAY = 86_400_000;

/** `anycast keys rotate`: makes the next key pair, and gives the earlier keys a last day. */
export function registerRotate(keys: Command, io: CliIo): void {
  keys
    .command("rotate")
    .summary("make the next key pair, and let the keys of before end")
    .description(
      "Make the next key pair, add its public key to the ones that count, and give those a last day. Receipts signed with either count until then. Next: give the new private key to the job that checks.",
    )
    .argument("<trusted>", "file with the public keys that count, or directory of .pub files")
    .argument("<path>", "file of the new private key")
    .option("--keep <days>", "how long the keys of before still count, in days", wholeNumber(0, 3650), 30)
    .option("--name <name>", "who signs with the new key")
    .option("--expires <day>", "last day of the new key, e.g. 2027-01-31 (default: no end)")
    .addHelpText(
      "after",
      `
Examples:
  anycast keys rotate trusted.pub next.key --name ci
  anycast keys rotate keys/ keys/next.key --keep 7`,
    )
    .action((trusted: string, path: string, flags: RotateFlags) => {
      const lastDay = dayOf(new Date(Date.now() + flags.keep * MS_PER_DAY));
      const { made, ending } = rotateKeys(resolve(io.cwd, trusted), resolve(io.cwd, path), {
        ...about(flags),
        lastDay,
      });
      io.stdout.write(`${made.publicKeyPath}\n`);
      for (const { id, expires = lastDay } of ending) io.stderr.write(`The key ${id} counts until ${expires}.\n`);
      io.stderr.write(
        `The key ${made.keyId} is made and counts from now on. Keep ${made.privateKeyPath} secret, and give it to the job that checks.\n`,
      );
    });
}
