import { dayOf } from "../../core/day";
import type { KeyObject } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { AnycastError } from "../../core/errors";
import { isDirectory } from "../../core/regular-file";
import { keyFieldsIn, refuseFieldsBehind } from "./key-fields";
import { asPublicKey, keyIdOf, pemFrom, PUBLIC_KEY_VARIABLE } from "./keys";

/** A public key whose signature is valid. */
export interface TrustedKey {
  readonly key: KeyObject;
  /** `sha256:…` of its DER form. */
  readonly id: string;
  /** As its file names it, e.g. `ci`. @default none */
  readonly name?: string;
  /** Last day on which its signatures are valid, YYYY-MM-DD in UTC. @default no last day */
  readonly expires?: string;
}

/** One public key, or several while they are rotated. */
export type Trusted = KeyObject | readonly TrustedKey[];

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]+?-----END \1-----/g;

/**
 * The keys one of which must have signed: from the file, from every .pub file of the directory, else from the environment,
 * else none. Each key may be preceded by `name: …` and `expires: YYYY-MM-DD`.
 * @throws AnycastError `KeyInvalid`
 */
export function trustedKeys(path: string | undefined, env: NodeJS.ProcessEnv): readonly TrustedKey[] | undefined {
  if (path !== undefined && isDirectory(path)) {
    const files = readdirSync(path).filter((name) => name.endsWith(".pub"));
    const keys = files.sort().flatMap((name) => trustedKeys(join(path, name), env) ?? []);
    if (keys.length === 0) {
      throw new AnycastError("KeyInvalid", `There is no public key in ${path}. Fix: put the .pub files there.`);
    }
    return refuseTwoDays(keys, path);
  }
  const found = pemFrom(path, env, PUBLIC_KEY_VARIABLE);
  return found === undefined ? undefined : keysIn(found.pem, found.at);
}

export function keysIn(text: string, at: string): TrustedKey[] {
  const blocks = [...text.matchAll(BLOCK)];
  // Without one, reading the text as a key says what is wrong with it.
  if (blocks.length === 0) return [trustedKey(asPublicKey(text, at))];
  let from = 0;
  const keys = blocks.map((block) => {
    const head = text.slice(from, block.index);
    from = block.index + block[0].length;
    return { ...trustedKey(asPublicKey(block[0], at)), ...keyFieldsIn(head, at) };
  });
  refuseFieldsBehind(text.slice(from), at);
  return refuseTwoDays(keys, at);
}

/** A key that was given a last day at one place must not go on counting because of another place. */
function refuseTwoDays(keys: TrustedKey[], at: string): TrustedKey[] {
  const other = keys.find(({ id, expires }) => keys.some((one) => one.id === id && one.expires !== expires));
  if (other === undefined) return keys;
  throw new AnycastError(
    "KeyInvalid",
    `The key ${signerText(other)} is listed twice with different last days (at ${at}). Fix: keep one of the two.`,
  );
}

export const asTrustedKeys = (trusted: Trusted): readonly TrustedKey[] =>
  Array.isArray(trusted) ? (trusted as readonly TrustedKey[]) : [trustedKey(trusted as KeyObject)];

/** Whether its signatures are no longer valid. @param now milliseconds since the epoch */
export function hasExpired({ expires }: TrustedKey, now: number): boolean {
  return expires !== undefined && dayOf(new Date(now)) > expires;
}

/** How a signer is shown: `ci (sha256:…)`. */
export const signerText = ({ name, id }: TrustedKey): string => (name === undefined ? id : `${name} (${id})`);

const trustedKey = (key: KeyObject): TrustedKey => ({ key, id: keyIdOf(key) });
