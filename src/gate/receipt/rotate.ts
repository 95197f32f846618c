import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { writeFileAtomic } from "../../core/atomic-file";
import { defined } from "../../core/defined";
import { AnycastError, messageOf } from "../../core/errors";
import { readRegularText } from "../../core/regular-file";
import { newKey } from "./keys";
import type { NewKey } from "./keys";
import { keysIn, trustedKeys } from "./trusted-keys";
import type { TrustedKey } from "./trusted-keys";

export interface RotateOptions {
  /** Last day on which the previous keys are valid, YYYY-MM-DD in UTC. */
  readonly lastDay: string;
  /** Who signs with the new key. @default no name */
  readonly name?: string;
  /** Last day of the new key. @default no end */
  readonly expires?: string;
}

export interface Rotation {
  readonly made: NewKey;
  /** The previously valid keys, which now have a last day. */
  readonly ending: readonly TrustedKey[];
}

const BEGIN = /^-----BEGIN [A-Z0-9 ]+-----/m;
const EXPIRES = /^(\s*#?\s*expires:[ \t]*)(\S+)[ \t]*$/m;

/**
 * Makes the next key pair, adds its public key to the valid ones, and gives the others a last day. A key that ends
 * earlier keeps its day. The file of public keys is replaced as a whole: a run that is killed leaves the old one.
 * @param trusted file with public keys, or directory of .pub files
 * @param path file of the new private key; `path.pub` is made with it
 * @throws AnycastError `KeyInvalid`, `KeyExists`, `KeyNotWritten`
 */
export function rotateKeys(trusted: string, path: string, options: RotateOptions): Rotation {
  // An invalid list of public keys is refused before anything is written.
  const before = trustedKeys(trusted, {}) ?? [];
  const isDirectory = statSync(trusted).isDirectory();
  const files = isDirectory
    ? readdirSync(trusted)
        .filter((name) => name.endsWith(".pub"))
        .map((name) => join(trusted, name))
    : [trusted];
  const made = newKey(path, defined({ name: options.name, expires: options.expires }));
  try {
    const added = readFileSync(made.publicKeyPath, "utf8");
    // The new key is added first: between the two writes, every receipt has a valid key.
    if (!isDirectory) {
      writeFileAtomic(trusted, `${ended(readRegularText(trusted), options.lastDay)}${added}`, 0o644);
    } else {
      if (dirname(made.publicKeyPath) !== trusted)
        writeFileAtomic(join(trusted, basename(made.publicKeyPath)), added, 0o644);
      for (const file of files) writeFileAtomic(file, ended(readRegularText(file), options.lastDay), 0o644);
    }
  } catch (cause) {
    rmSync(made.privateKeyPath, { force: true });
    rmSync(made.publicKeyPath, { force: true });
    throw new AnycastError(
      "KeyNotWritten",
      `The public keys could not be written: ${messageOf(cause)}. Fix: check ${trusted} and its permissions.`,
      { cause },
    );
  }
  const after = trustedKeys(trusted, {}) ?? [];
  return { made, ending: after.filter((key) => before.some(({ id }) => id === key.id)) };
}

/** The same keys, none of which is valid after the day. Other text is kept. */
function ended(text: string, lastDay: string): string {
  const parts = text.split(/(?<=^-----END [A-Z0-9 ]+-----\r?\n?)/m);
  const keys = parts.map((part) => {
    const at = part.search(BEGIN);
    if (at < 0) return part;
    const [head, key] = [part.slice(0, at), part.slice(at)];
    const until = EXPIRES.exec(head)?.[2];
    if (until === undefined) return `${head}expires: ${lastDay}\n${key}`;
    return until <= lastDay ? part : `${head.replace(EXPIRES, `$1${lastDay}`)}${key}`;
  });
  const changed = keys.join("");
  // The text is read back as it will be: no key is lost, and none is valid for longer.
  const [was, is] = [keysIn(text, "the public keys"), keysIn(changed, "the public keys")];
  if (is.length !== was.length || is.some(({ expires = "9999" }) => expires > lastDay)) {
    throw new Error("their text is not of the form that `anycast keys new` writes");
  }
  return changed.endsWith("\n") ? changed : `${changed}\n`;
}
