import { AnycastError } from "../../core/errors";
import type { Endpoint } from "../measure";

/**
 * Refuses to compare an address over TLS with one without: the handshake would count as a difference of the paths.
 * @throws AnycastError `SchemesDiffer`
 */
export function refuseOtherScheme(plain: Endpoint, accelerated: Endpoint): void {
  if (plain.secure === accelerated.secure) return;
  const [one, other] = [plain, accelerated].map(({ secure }) => (secure ? "https" : "http"));
  throw new AnycastError(
    "SchemesDiffer",
    `The plain address is asked by ${one} and the accelerated one by ${other}, and a TLS handshake costs a round trip. Fix: give both URLs the same scheme.`,
  );
}
