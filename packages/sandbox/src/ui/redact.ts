import type { Params } from "../cloud/contract";

/**
 * The cloud redacts its events already. This is a second, independent redaction: it covers more names, and recognises keys
 * by their form anywhere in a text.
 */
const SECRET_NAME = /pass|secret|signature$|user.?data|access.?key|private.?key|credential|security.?token/i;
const SECRET_VALUE = /\bLTAI[0-9A-Za-z]{8,}|\bSTS\.[0-9A-Za-z]{6,}|-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*/g;
const REDACTED = "(redacted)";
/** Longest value shown, in characters. */
const SHOWN = 300;

/** Parameters of a request without secrets. */
export function shownParams(params: Params): Params {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (SECRET_NAME.test(name) && value !== "") return [name, REDACTED];
      const safe = value.replace(SECRET_VALUE, REDACTED);
      return [name, safe.length > SHOWN ? `${safe.slice(0, SHOWN)}…` : safe];
    }),
  );
}
