import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import type * as Forge from "node-forge";
import { STS_HOSTS } from "./sts-hosts";

export interface Certificate {
  /** Certificate of the authority that clients have to trust, PEM. */
  readonly ca: string;
  /** Certificate and key of the server, PEM. */
  readonly cert: string;
  readonly key: string;
}

type Extensions = readonly Readonly<Record<string, unknown>>[];

/** One side of a signature: a certificate's name, its key pair in PEM, and what the certificate may be used for. */
interface Party {
  readonly name: string;
  readonly keys: { readonly publicKey: string; readonly privateKey: string };
  readonly extensions: Extensions;
}

const DAY = 24 * 60 * 60 * 1000;
const PEM = {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
} as const;

const AUTHORITY: Extensions = [
  { name: "basicConstraints", cA: true, critical: true },
  { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
];
const SERVER: Extensions = [
  { name: "basicConstraints", cA: false, critical: true },
  { name: "keyUsage", digitalSignature: true, keyEncipherment: true, critical: true },
  { name: "extKeyUsage", serverAuth: true },
  {
    name: "subjectAltName",
    altNames: [
      { type: 7, ip: "127.0.0.1" },
      { type: 7, ip: "::1" },
      { type: 2, value: "localhost" },
      ...STS_HOSTS.map((value) => ({ type: 2, value })),
    ],
  },
];

/**
 * Makes a certificate for this machine's loopback addresses, signed by an authority of its own. Both live as long as
 * the sandbox runs; the CA's key is discarded at once, so it can never sign anything else.
 */
export async function makeCertificate(now: number = Date.now()): Promise<Certificate> {
  const newKeys = (): Promise<Party["keys"]> => promisify(generateKeyPair)("rsa", PEM);
  const [authorityKeys, serverKeys] = await Promise.all([newKeys(), newKeys()]);
  const authority = { name: "alicloud-sandbox authority (simulated)", keys: authorityKeys, extensions: AUTHORITY };
  const server = { name: "alicloud-sandbox (simulated)", keys: serverKeys, extensions: SERVER };
  return {
    ca: sign(authority, authority, now, "01"),
    cert: sign(server, authority, now, "02"),
    key: serverKeys.privateKey,
  };
}

/** @returns the certificate of `subject` in PEM, signed by `issuer` */
function sign(subject: Party, issuer: Party, now: number, serialNumber: string): string {
  // Loaded late: few sandboxes need a certificate.
  const { md, pki } = require("node-forge") as typeof Forge;
  const called = (name: string): Forge.pki.CertificateField[] => [{ name: "commonName", value: name }];
  const certificate = pki.createCertificate();
  certificate.publicKey = pki.publicKeyFromPem(subject.keys.publicKey);
  certificate.serialNumber = serialNumber;
  // A little in the past, for clients whose clock is behind.
  certificate.validity.notBefore = new Date(now - DAY);
  certificate.validity.notAfter = new Date(now + 30 * DAY);
  certificate.setSubject(called(subject.name));
  certificate.setIssuer(called(issuer.name));
  certificate.setExtensions([...subject.extensions]);
  certificate.sign(pki.privateKeyFromPem(issuer.keys.privateKey), md.sha256.create());
  return pki.certificateToPem(certificate).replaceAll("\r\n", "\n");
}
