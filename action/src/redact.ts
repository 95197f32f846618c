/** Shorter values are no secrets, and would blacken half of a report. */
const SHORTEST = 8;
const SECRET = /(SECRET|TOKEN|PASSWORD|PASSPHRASE|PRIVATE|ACCESS_KEY|CREDENTIAL|RECEIPT_KEY)/i;
/** Names that match and hold no secret. */
const HARMLESS = /(PATH|FILE|URL|PUBLIC_KEY)$/i;

/** A text without the values of variables whose names are those of secrets: they are never published. */
export function redacted(text: string, env: NodeJS.ProcessEnv): string {
  const secrets = Object.entries(env)
    .filter(([name, value]) => SECRET.test(name) && !HARMLESS.test(name) && (value ?? "").length >= SHORTEST)
    .map(([, value]) => value!)
    .sort((a, b) => b.length - a.length);
  return secrets.reduce((result, secret) => result.split(secret).join("***"), text);
}
