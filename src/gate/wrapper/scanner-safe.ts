/**
 * cdktf reads what terraform prints and reacts to these phrases wherever they occur (it would ask for an approval in
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

/** A colour. cdktf leaves colours out before it reads, so one in the middle of a phrase does not break it. */
const COLOR = "\\u001b\\[[\\d;]*m";
/** Beginning or end of the other sequences that cdktf leaves out. */
const CONTROLS = new RegExp(`(?!${COLOR})[\\u001b\\u009b]|\\u0007`, "g");
const PHRASES = new RegExp(
  SCANNED_PHRASES.map((phrase) =>
    [...phrase].map((character) => character.replace("?", "\\?")).join(`(?:${COLOR})*`),
  ).join("|"),
  "g",
);

/**
 * The same visible text, with a no-break space in its phrases, so that no scanner reads them as a question, and
 * with control sequences other than colours shown literally.
 * @param text whole lines: a phrase split in two is not found
 */
export function scannerSafe(text: string): string {
  return text
    .replace(CONTROLS, (control) => (control === "\u0007" ? "␇" : "␛"))
    .replace(PHRASES, (phrase) => phrase.replace(" ", "\u00a0"));
}

/** Joins pieces to whole lines and writes them so that no scanner reads them as a question. */
export class SafeLines {
  private unfinished = "";

  public constructor(private readonly write: (text: string) => void) {}

  public push(text: string): void {
    const end = text.lastIndexOf("\n") + 1;
    if (end > 0) this.write(scannerSafe(this.unfinished + text.slice(0, end)));
    this.unfinished = end > 0 ? text.slice(end) : this.unfinished + text;
  }

  /** Writes the remaining text; call it after the last piece. */
  public end(): void {
    if (this.unfinished !== "") this.write(scannerSafe(this.unfinished));
    this.unfinished = "";
  }
}
