/**
 * Takes every condition of every policy away and makes every body of a rule one that never holds, one at a time, and
 * looks whether anything notices: the policies' own tests, the tables of test/gate, the rules' examples or the real
 * plans. What nobody misses is either not tested or not needed. Prints one line for each change that went unnoticed,
 * and fails when there is one that `allowed.json` does not explain, or an explanation that explains nothing any more.
 * `--file TEXT` takes only files whose path contains it; `--one-in N` takes one change of N, always the same ones; `--verbose` says of each change what noticed it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readCases } from "./cases";
import { inBothForms } from "./forms";
import { mutate, type Allowed } from "./run";

const POLICIES = join(__dirname, "..", "..", "policies");

async function main(args: readonly string[]): Promise<number> {
  const say = (line: string): unknown => process.stdout.write(`${line}\n`);
  const allowed = JSON.parse(readFileSync(join(__dirname, "allowed.json"), "utf8")) as Allowed[];
  const only = args.includes("--file") ? args[args.indexOf("--file") + 1] : undefined;
  const oneIn = args.includes("--one-in") ? Number(args[args.indexOf("--one-in") + 1]) : 1;
  if (!Number.isInteger(oneIn) || oneIn < 1) throw new Error("--one-in needs a whole number from 1 on.");
  const { survivors, idle, killed, invalid, explained } = await mutate({
    policies: POLICIES,
    cases: inBothForms(readCases(POLICIES)),
    allowed,
    ...(only === undefined ? {} : { only }),
    oneIn,
    onFate: ({ file, row, change }, fate) => {
      if (args.includes("--verbose"))
        say(`${file}:${String(row)} ${change}: ${fate.is}${fate.is === "killed" ? ` by ${fate.by}` : ""}`);
    },
  });
  for (const { file, row, change } of survivors) say(`policies/${file}:${String(row)} nobody notices: ${change}`);
  for (const { file, change } of idle)
    say(`allowed.json explains \`${change}\` of ${file}, which is noticed or gone. Fix: remove it.`);
  say(
    `${String(killed)} changes noticed, ${String(survivors.length)} not, ${String(explained)} not and explained, ` +
      `${String(invalid)} that do not compile`,
  );
  return survivors.length + idle.length > 0 ? 1 : 0;
}

// So that what was started ends, too.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(2));
main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (thrown: unknown) => {
    process.stderr.write(`${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
    process.exitCode = 2;
  },
);
