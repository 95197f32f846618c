import { gunzipSync } from "node:zlib";
import { AnycastError, expected, messageOf, systemCodeOf } from "../../core/errors";
import { bytesAsText } from "../../core/limits";

/** A tar block, in bytes. */
const BLOCK = 512;
/** The most a bundle may unpack to, in bytes. */
const LARGEST = 256 * 1024 * 1024;

/**
 * The policy and its data out of a bundle that `opa build -t wasm` wrote (a gzipped tar).
 * @throws AnycastError `OwnPolicyInvalid`
 */
export function readBundle(bytes: Uint8Array, source: string): { wasm: Uint8Array; data: object } {
  try {
    const files = untar(gunzipSync(bytes, { maxOutputLength: LARGEST }));
    const wasm = files.get("policy.wasm");
    if (wasm === undefined) throw new Error("it has no policy.wasm");
    const data: unknown = JSON.parse(Buffer.from(files.get("data.json") ?? Buffer.from("{}")).toString("utf8"));
    if (typeof data !== "object" || data === null) throw new Error("its data.json is not an object");
    return { wasm, data };
  } catch (cause) {
    throw new AnycastError(
      "OwnPolicyInvalid",
      expected({
        what: "the custom policy",
        rule: "a bundle built with opa build -t wasm",
        got: isTooLarge(cause) ? `one that unpacks to more than ${bytesAsText(LARGEST)}` : messageOf(cause),
        at: source,
        fix: "build it with `opa build -t wasm -e anycast_own/decision DIR`.",
      }),
      { cause },
    );
  }
}

function isTooLarge(cause: unknown): boolean {
  return systemCodeOf(cause) === "ERR_BUFFER_TOO_LARGE";
}

function untar(tar: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (let at = 0; at + BLOCK <= tar.length;) {
    const header = Buffer.from(tar.buffer, tar.byteOffset + at, BLOCK);
    const name = header.toString("utf8", 0, 100).replace(/\0.*$/s, "");
    if (name === "") break;
    const size = Number.parseInt(header.toString("ascii", 124, 136), 8);
    if (!Number.isSafeInteger(size) || size < 0 || at + BLOCK + size > tar.length) throw new Error("it is cut off");
    files.set(name.replace(/^\.?\//, ""), tar.subarray(at + BLOCK, at + BLOCK + size));
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
