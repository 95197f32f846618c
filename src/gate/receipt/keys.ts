import { sha256 } from "../../core/digest";
import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { writeFileSync } from "node:fs";
import { readRegularText, readRegularTextOr } from "../../core/regular-file";
import { AnycastError, messageOf, systemCodeOf } from "../../core/errors";
import { MOST_KEY } from "../../core/limits";
import { PRIVATE_KEY_FILE_VARIABLE, PRIVATE_KEY_VARIABLE } from "../../core/secret-variables";
import { descriptorIn, readDescriptor } from "../../core/read-descriptor";

/** Holds a public key in PEM form. */
export const PUBLIC_KEY_VARIABLE = "ANYCAST_RECEIPT_PUBLIC_KEY";

export interface NewKey {
  readonly privateKeyPath: string;
  readonly publicKeyPath: string;
  readonly keyId: string;
}

/** Names a public key: `sha256:` of its DER form. */
export function keyIdOf(publicKey: KeyObject): string {
  return sha256(publicKey.export({ type: "spki", format: "der" }));
}

/**
 * Makes an ed25519 pair: `path` (mode 0600) and `path.pub`.
 * @param about name and last day of the key, written into the public file for those who verify with it
 * @throws AnycastError `KeyExists`, `KeyNotWritten`
 */
export function newKey(path: string, about: { readonly name?: string; readonly expires?: string } = {}): NewKey {
  const { privateKey } = generateKeyPairSync("ed25519");
  const publicKey = createPublicKey(privateKey);
  const publicKeyPath = `${path}.pub`;
  try {
    writeFileSync(path, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600, flag: "wx" });
    const fields = Object.entries(about).map(([field, value]) => `${field}: ${value}\n`);
    const pem = String(publicKey.export({ type: "spki", format: "pem" }));
    writeFileSync(publicKeyPath, `${fields.join("")}${pem}`, { mode: 0o644, flag: "wx" });
  } catch (cause) {
    const exists = systemCodeOf(cause) === "EEXIST";
    throw new AnycastError(
      exists ? "KeyExists" : "KeyNotWritten",
      exists
        ? `${path} or ${publicKeyPath} exists already, and a key is never replaced. Fix: choose another name.`
        : `The key could not be written: ${messageOf(cause)}. Fix: check the directory.`,
      { cause },
    );
  }
  return { privateKeyPath: path, publicKeyPath, keyId: keyIdOf(publicKey) };
}

/**
 * The key that signs: from the file, or the descriptor (`fd:3`), else from the environment, else none.
 * @throws AnycastError `KeyInvalid`
 */
export function signingKey(path: string | undefined, env: NodeJS.ProcessEnv): KeyObject | undefined {
  const inTheClear = env[PRIVATE_KEY_VARIABLE] === undefined || env[PRIVATE_KEY_VARIABLE] === "";
  const named = path === undefined && inTheClear ? env[PRIVATE_KEY_FILE_VARIABLE] || undefined : undefined;
  const found = named === undefined ? pemFrom(path, env, PRIVATE_KEY_VARIABLE) : pemOfVariable(named);
  return found === undefined ? undefined : asPrivateKey(found.pem, found.at);
}

/** What the variable holds is shown nowhere: it may be the key itself, by mistake. */
function pemOfVariable(path: string): { pem: string; at: string } {
  const at = `the file that ${PRIVATE_KEY_FILE_VARIABLE} names`;
  const descriptor = descriptorIn(path);
  if (descriptor !== undefined) return { pem: readDescriptor(descriptor), at: `the descriptor ${descriptor}` };
  try {
    return { pem: readRegularText(path, MOST_KEY), at };
  } catch (thrown) {
    const why = thrown instanceof AnycastError ? thrown.code : (systemCodeOf(thrown) ?? "not readable");
    throw new AnycastError(
      "KeyInvalid",
      `The key cannot be read: ${why} (at ${at}). Fix: set the variable to the path of the file with the key.`,
    );
  }
}

export function pemFrom(
  path: string | undefined,
  env: NodeJS.ProcessEnv,
  variable: string,
): { pem: string; at: string } | undefined {
  if (path === undefined) {
    const pem = env[variable];
    return pem === undefined || pem === "" ? undefined : { pem, at: `the environment variable ${variable}` };
  }
  const descriptor = descriptorIn(path);
  if (descriptor !== undefined) return { pem: readDescriptor(descriptor), at: `the descriptor ${descriptor}` };
  const notReadable = (cause: unknown): AnycastError =>
    new AnycastError("KeyInvalid", `The key cannot be read: ${messageOf(cause)}. Fix: check the path.`, { cause });
  return { pem: readRegularTextOr(path, notReadable, MOST_KEY), at: path };
}

/** @throws AnycastError `KeyInvalid` */
function asPrivateKey(pem: string, at: string): KeyObject {
  return ed25519(() => createPrivateKey(pem), "private", at);
}

/** @throws AnycastError `KeyInvalid` */
export function asPublicKey(pem: string, at: string): KeyObject {
  if (/PRIVATE KEY/.test(pem)) {
    throw new AnycastError(
      "KeyInvalid",
      `This is a private key, not a public one (at ${at}). Fix: name the .pub file; a private key belongs only where checks are made.`,
    );
  }
  return ed25519(() => createPublicKey(pem), "public", at);
}

function ed25519(read: () => KeyObject, kind: string, at: string): KeyObject {
  let cause: unknown;
  try {
    const key = read();
    if (key.asymmetricKeyType === "ed25519") return key;
  } catch (thrown) {
    cause = thrown;
  }
  throw new AnycastError(
    "KeyInvalid",
    `This is no ${kind} ed25519 key in PEM form (at ${at}). Fix: make a pair with \`anycast keys new\`.`,
    { cause },
  );
}
