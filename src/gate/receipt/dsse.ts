import { createPublicKey, sign, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { AnycastError } from "../../core/errors";
import { isRecord } from "../../core/is-record";
import { keyIdOf } from "./keys";
import type { Trusted, TrustedKey } from "./trusted-keys";
import { asTrustedKeys, hasExpired, signerText } from "./trusted-keys";

/** Dead Simple Signing Envelope, version 1. */
export interface Envelope {
  /** Base64. */
  readonly payload: string;
  readonly payloadType: string;
  /** None when the receipt is not signed. */
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

export const PAYLOAD_TYPE = "application/vnd.in-toto+json";

/** The signed bytes: type and content, each with its length, so that one cannot be taken for the other. */
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

/** The content of an envelope, and its signer. */
export interface Unsealed {
  readonly statement: unknown;
  /** @default signatures were not asked for */
  readonly signer?: TrustedKey;
}

/**
 * Opens an envelope.
 * @param trusted keys one of which must have signed; without any, signatures are not checked
 * @param now milliseconds since the epoch, for keys that expire. @default now
 * @throws AnycastError `ReceiptInvalid`, `ReceiptNotSigned`, `ReceiptSignatureWrong`, `ReceiptKeyExpired`
 */
export function unseal(text: string, at: string, trusted: Trusted | undefined, now: number = Date.now()): Unsealed {
  const envelope = parseEnvelope(text, at);
  const payload = Buffer.from(envelope.payload, "base64");
  const keys = trusted === undefined ? undefined : asTrustedKeys(trusted);
  const signer = keys === undefined ? {} : { signer: proveSignature(envelope, payload, { at, keys, now }) };
  try {
    return { statement: JSON.parse(payload.toString("utf8")) as unknown, ...signer };
  } catch (cause) {
    throw invalid(at, "its content is not JSON", cause);
  }
}

function proveSignature(
  envelope: Envelope,
  payload: Buffer,
  { at, keys, now }: { at: string; keys: readonly TrustedKey[]; now: number },
): TrustedKey {
  if (envelope.signatures.length === 0) {
    throw new AnycastError(
      "ReceiptNotSigned",
      `The receipt is not signed (at ${at}). Fix: check with --sign-key where the plan is made.`,
      { exitCode: 1 },
    );
  }
  const signed = preAuthenticationEncoding(envelope.payloadType, payload);
  const fits = ({ key }: TrustedKey): boolean =>
    envelope.signatures.some(({ sig }) => verify(null, signed, key, Buffer.from(sig, "base64")));
  const good = keys.filter(fits);
  const signer = good.find((key) => !hasExpired(key, now));
  if (signer !== undefined) return signer;
  if (good[0] !== undefined) {
    throw new AnycastError(
      "ReceiptKeyExpired",
      `The receipt is signed by ${signerText(good[0])}, a key that expired on ${good[0].expires} (at ${at}). Nothing was applied. Fix: check again with the key that follows it.`,
      { exitCode: 1 },
    );
  }
  throw new AnycastError(
    "ReceiptSignatureWrong",
    `The receipt is not signed with the key ${keys.map(signerText).join(" or ")} (at ${at}). The receipt was changed, or another key signed it. Fix: check again.`,
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
    `This is no receipt of a check: ${why} (at ${at}). Fix: make the plan and its receipt again with \`anycast plan --save\`.`,
    { cause },
  );
}
