import type * as ReadDescriptor from "./read-descriptor";

/** Holds the private key that signs receipts, in PEM form. */
export const PRIVATE_KEY_VARIABLE = "ANYCAST_RECEIPT_KEY";
/** Names the file of that key, or, as `fd:N`, an open descriptor it is read from. */
export const PRIVATE_KEY_FILE_VARIABLE = "ANYCAST_RECEIPT_KEY_FILE";

/** Variables that no program we start may see. */
const SECRET: readonly string[] = [PRIVATE_KEY_VARIABLE, PRIVATE_KEY_FILE_VARIABLE];

/**
 * The environment of a child: without the key that signs receipts. The app, terraform, its providers and `external` data
 * sources all run other people's code, which could sign anything with it.
 */
export function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (SECRET.every((name) => env[name] === undefined)) return env;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !SECRET.includes(name)));
}

/** On Windows the search path is usually called Path, and only the original finds it by any name. */
function copyOf(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (process.platform !== "win32") return { ...env };
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [/^path$/i.test(name) ? "PATH" : name, value]));
}

/**
 * Removes the secrets from this process's own environment, and reads a key that is given by descriptor, before anything
 * else is started.
 * @returns a copy that still has them, for this process alone
 */
export function takeSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const copy = copyOf(env);
  for (const name of SECRET) delete env[name];
  const named = copy[PRIVATE_KEY_FILE_VARIABLE];
  if (named === undefined || !named.startsWith("fd:")) return copy;
  // Loaded only where a key is named: most runs sign nothing.
  const { descriptorIn, readDescriptor } = require("./read-descriptor") as typeof ReadDescriptor;
  const descriptor = descriptorIn(named);
  if (descriptor === undefined) return copy;
  try {
    copy[PRIVATE_KEY_VARIABLE] = readDescriptor(descriptor);
    delete copy[PRIVATE_KEY_FILE_VARIABLE];
  } catch {
    // The code that needs the key reads it again, and reports what is wrong.
  }
  return copy;
}
