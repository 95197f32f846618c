import type { Call } from "./call";
import type { Body, Params } from "./contract";
import { TOKEN_LIFETIME } from "./data/limits";
import { refused } from "./errors";

/** What differs between two sendings of the same request. */
const VOLATILE = new Set([
  "ClientToken",
  "Timestamp",
  "SignatureNonce",
  "Signature",
  "SignatureMethod",
  "SignatureVersion",
  "SignatureType",
  "AccessKeyId",
  "SecurityToken",
  "Format",
]);

const tokenId = (call: Call, token: string): string => `${call.product}/${call.action}/${token}`;

function sameness(params: Params): string {
  return JSON.stringify(
    Object.entries(params)
      .filter(([name]) => !VOLATILE.has(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/**
 * The answer given earlier to the same request with the same ClientToken, if there was one.
 * @throws CloudError `IdempotentParameterMismatch` when the token came with other parameters
 */
export function earlierAnswer(call: Call): Body | undefined {
  const token = call.params.text("ClientToken");
  if (token === undefined) return undefined;
  if (token.length > 64)
    throw refused("InvalidClientToken.Malformed", "The ClientToken may have at most 64 characters.");
  const used = call.findAnywhere("token", tokenId(call, token));
  if (used === undefined) return undefined;
  if (used.params !== sameness(call.raw))
    throw refused(
      "IdempotentParameterMismatch",
      "The request uses the same ClientToken as an earlier one with other parameters.",
    );
  return JSON.parse(used.body) as Body;
}

/** Remembers the answer under the request's ClientToken. */
export function rememberAnswer(call: Call, body: Body): void {
  const token = call.params.text("ClientToken");
  if (token === undefined) return;
  call.put("token", {
    id: tokenId(call, token),
    region: "",
    created: call.now,
    gone: call.now + TOKEN_LIFETIME,
    params: sameness(call.raw),
    body: JSON.stringify(body),
  });
}
