import { createHash } from "node:crypto";
import { isRecord } from "../../core/is-record";

/** Where the end of a plan's JSON begins: what follows differs between two plans of the same changes. */
const TAILS = [',"relevant_attributes":', ',"timestamp":'];

/**
 * Digest of a plan's content, the same for two plans of the same content that were made at different times: configuration,
 * variables, state, and every change. It leaves out the time, and the random order in which terraform lists the attributes
 * that it read.
 * @param json what `terraform show -json` printed
 */
export function contentDigest(json: Uint8Array): string {
  const bytes = Buffer.from(json.buffer, json.byteOffset, json.byteLength);
  const hash = createHash("sha256");
  const tail = tailOf(bytes);
  if (tail === undefined) return `sha256:${hash.update(bytes).digest("hex")}`;
  const { timestamp: _timestamp, relevant_attributes: relevant, ...rest } = tail.value;
  const listed = Array.isArray(relevant) ? relevant.map((one) => JSON.stringify(one)).sort() : [];
  hash.update(bytes.subarray(0, tail.from)).update(JSON.stringify([rest, listed]));
  return `sha256:${hash.digest("hex")}`;
}

/** The last members of the outermost object. At any deeper level, the rest of the text would close too many brackets. */
function tailOf(bytes: Buffer): { readonly from: number; readonly value: Record<string, unknown> } | undefined {
  for (const begin of TAILS) {
    const from = bytes.lastIndexOf(begin);
    if (from < 0) continue;
    try {
      const value: unknown = JSON.parse(`{${bytes.toString("utf8", from + 1)}`);
      if (isRecord(value) && typeof value.timestamp === "string") return { from, value };
    } catch {
      // It is nested deeper.
    }
  }
  return undefined;
}
