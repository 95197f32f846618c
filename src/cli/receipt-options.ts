import { resolve } from "node:path";
import { Option } from "commander";
import { AnycastError } from "../core/errors";
import { DEFAULT_MAX_AGE_MS } from "../pipeline/deploy";
import { trustedKey } from "../pipeline/receipt";
import { duration } from "./durations";
import type { CliIo } from "./io";

export function maxAgeOption(): Option {
  return new Option("--max-age <duration>", "how old a check may be")
    .argParser(duration)
    .default(DEFAULT_MAX_AGE_MS, "24h");
}

/**
 * The key that receipts must be signed with: from the file, else from the environment. A key in the environment counts
 * always: whoever set it wants signed receipts.
 * @param path of the public key; true when one is demanded but not named
 * @throws AnycastError `KeyInvalid`
 */
export function trustedFrom(path: string | true | undefined, io: CliIo): ReturnType<typeof trustedKey> {
  const key = trustedKey(typeof path === "string" ? resolve(io.cwd, path) : undefined, io.env);
  if (key !== undefined || path === undefined) return key;
  throw new AnycastError(
    "KeyInvalid",
    "Expected a public key to prove receipts with, got none. Fix: name it after --require-receipt, or set ANYCAST_RECEIPT_PUBLIC_KEY.",
  );
}
