/**
 * cdktf reads what terraform prints and reacts to these phrases wherever they stand (it would ask for an approval in
 * the middle of a message). "Enter a value:" only counts next to "var.", so breaking it is enough.
 */
export const SCANNED_PHRASES: readonly string[] = [
  "Do you want to perform these actions",
  "Do you really want to destroy all resources",
  "Enter a value:",
  "approved using the UI or API",
  "discarded using the UI or API",
  "overridden using the UI or API",
  "Do you want to override the soft failed policy check?",
];

/** The same text to the eye; its phrases hold a no-break space, so that no scanner takes them for a question. */
export function scannerSafe(text: string): string {
  let safe = text;
  for (const phrase of SCANNED_PHRASES) {
    if (safe.includes(phrase)) safe = safe.replaceAll(phrase, phrase.replace(" ", "\u00a0"));
  }
  return safe;
}
