import type * as Selfsigned from "selfsigned";
import { STS_HOSTS } from "./sts-hosts";

export interface Certificate {
  /** Certificate of the authority that clients have to trust, PEM. */
  readonly ca: string;
  /** Certificate and key of the server, PEM. */
  readonly cert: string;
  readonly key: string;
}

const DAY = 24 * 60 * 60 * 1000;

/**
 * Makes a certificate for this machine's loopback addresses, signed by an authority of its own. Both live as long as
 * the sandbox runs; the authority's key is thrown away at once, so it can never vouch for anything else.
 */
export async function makeCertificate(now: number = Date.now()): Promise<Certificate> {
  // Loaded late: it is big, and few sandboxes need a certificate.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { generate } = require("selfsigned") as typeof Selfsigned;
  const valid = {
    algorithm: "sha256",
    keyType: "ec" as const,
    curve: "P-256" as const,
    // A little in the past, for clients whose clock is behind.
    notBeforeDate: new Date(now - DAY),
    notAfterDate: new Date(now + 30 * DAY),
  };
  const ca = await generate([{ name: "commonName", value: "anycast sandbox authority (simulated)" }], {
    ...valid,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: "commonName", value: "anycast sandbox (simulated)" }], {
    ...valid,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 7, ip: "127.0.0.1" },
          { type: 7, ip: "::1" },
          { type: 2, value: "localhost" },
          ...STS_HOSTS.map((value) => ({ type: 2 as const, value })),
        ],
      },
    ],
  });
  return { ca: ca.cert, cert: server.cert, key: server.private };
}
