import { createPublicKey, sign, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { AnycastError } from "../../core/errors";
import { isRecord } from "../../core/is-record";
import { keyIdOf } from "./keys";

/** Dead Simple Signing Envelope, version 1. */
export interface Envelope {
  /** Base64. */
  readonly payload: string;
  readonly payloadType: string;
  /** None when the receipt is not signed. */
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

export const PAYLOAD_TYPE = "application/vnd.in-toto+json";

/** What is signed: type and content, each with its length, so that neither can be taken for the other. */
function preAuthenticationEncoding(type: string, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `), payload]);
}

/** @param key a private ed25519 key; without one the envelope carries no signature */
export function seal(statement: object, key: KeyObject | undefined): Envelope {
  const payload = Buffer.from(JSON.stringify(statement));
  const signatures =
    key === undefined
      ? []
      : [
          {
            keyid: keyIdOf(createPublicKey(key)),
            sig: sign(null, preAuthenticationEncoding(PAYLOAD_TYPE, payload), key).toString("base64"),
          },
        ];
  return { payload: payload.toString("base64"), payloadType: PAYLOAD_TYPE, signatures };
}

/**
 * The content of an envelope.
 * @param key the public key one of its signatures must be of; without one signatures are not looked at
 * @throws AnycastError `ReceiptInvalid`, `ReceiptNotSigned`, `ReceiptSignatureWrong`
 */
export function unseal(text: string, at: string, key: KeyObject | undefined): unknown {
  const envelope = parseEnvelope(text, at);
  const payload = Buffer.from(envelope.payload, "base64");
  if (key !== undefined) proveSignature(envelope, payload, at, key);
  try {
    return JSON.parse(payload.toString("utf8"));
  } catch (cause) {
    throw invalid(at, "its content is not JSON", cause);
  }
}

function proveSignature(envelope: Envelope, payload: Buffer, at: string, key: KeyObject): void {
  if (envelope.signatures.length === 0) {
    throw new AnycastError(
      "ReceiptNotSigned",
      `Expected the receipt to be signed, but it carries no signature (at ${at}). Fix: check with --sign-key where the plan is made.`,
      { exitCode: 1 },
    );
  }
  const signed = preAuthenticationEncoding(envelope.payloadType, payload);
  const isGood = envelope.signatures.some(({ sig }) => verify(null, signed, key, Buffer.from(sig, "base64")));
  if (isGood) return;
  throw new AnycastError(
    "ReceiptSignatureWrong",
    `Expected the receipt to be signed with the key ${keyIdOf(key)}, but no signature of it fits (at ${at}). The receipt was changed, or another key signed it. Fix: check again.`,
    { exitCode: 1 },
  );
}

function parseEnvelope(text: string, at: string): Envelope {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw invalid(at, "it is not JSON", cause);
  }
  if (!isRecord(parsed) || parsed.payloadType !== PAYLOAD_TYPE || typeof parsed.payload !== "string") {
    throw invalid(at, "it is no envelope of an in-toto statement");
  }
  const signatures = Array.isArray(parsed.signatures) ? parsed.signatures : [];
  return {
    payload: parsed.payload,
    payloadType: parsed.payloadType,
    signatures: signatures
      .filter(isRecord)
      .map(({ keyid, sig }) => ({ keyid: String(keyid ?? ""), sig: String(sig ?? "") })),
  };
}

export function invalid(at: string, why: string, cause?: unknown): AnycastError {
  return new AnycastError(
    "ReceiptInvalid",
    `Expected a receipt of a check, but ${why} (at ${at}). Fix: make the plan and its receipt again with \`anycast plan --save\`.`,
    { cause },
  );
}
