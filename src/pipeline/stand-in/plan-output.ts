import { withoutColor } from "../terraform";
import { scannerSafe } from "./scanner-safe";

/** After this silence an unfinished line is shown: it is a question, e.g. for a missing variable. In milliseconds. */
const UNFINISHED_AFTER_MS = 120;

const RULE = /^─{10,}$/;
const TRAILER = [
  /^$/,
  /^Saved the plan to: /,
  /^To perform exactly these actions, run the following command to apply:$/,
  /^ {4}(terraform|tofu|\S*anycast-terraform)\b.* apply /,
  /^ {4}(terraform|tofu) apply /,
];

export interface PlanOutputOptions {
  readonly write: (text: string) => void;
  /** Drop "Saved the plan to: …" and the command after it: the file is ours and will be gone. */
  readonly hideTrailer: boolean;
  /** Show an unfinished line after a while: it may be a question. cdktf has no use for it. @default false */
  readonly questions?: boolean;
  /** Replaces our file's name by the name the user gave. */
  readonly rename?: { readonly from: string; readonly to: string };
}

/** Shows what `terraform plan` prints, line by line, without the advice to apply our temporary file. */
export class PlanOutput {
  private unfinished = "";
  /** A rule, and the blank lines around it, that may turn out to begin the trailer. */
  private held: string[] = [];
  private inTrailer = false;
  private timer: NodeJS.Timeout | undefined;

  public constructor(private readonly options: PlanOutputOptions) {}

  public push(text: string): void {
    clearTimeout(this.timer);
    const lines = (this.unfinished + text).split("\n");
    this.unfinished = lines.pop()!;
    for (const line of lines) this.line(line);
    if (this.unfinished !== "" && this.options.questions === true)
      this.timer = setTimeout(() => this.showUnfinished(), UNFINISHED_AFTER_MS);
  }

  /** Shows what is left; call it when terraform has ended. */
  public end(): void {
    clearTimeout(this.timer);
    if (!this.inTrailer) this.showHeld();
    this.showUnfinished();
  }

  private line(line: string): void {
    const plain = withoutColor(line).trimEnd();
    if (this.inTrailer) {
      if (!TRAILER.some((part) => part.test(plain))) this.show(line + "\n");
    } else if (this.options.hideTrailer && plain.startsWith("Saved the plan to: ")) {
      this.inTrailer = true;
      this.held = [];
    } else if (this.options.hideTrailer && (RULE.test(plain) || plain === "")) {
      this.held.push(line);
    } else {
      this.showHeld();
      this.show(line + "\n");
    }
  }

  private showHeld(): void {
    for (const line of this.held) this.show(line + "\n");
    this.held = [];
  }

  private showUnfinished(): void {
    if (this.unfinished === "") return;
    this.showHeld();
    this.show(this.unfinished);
    this.unfinished = "";
  }

  private show(text: string): void {
    const { rename } = this.options;
    this.options.write(scannerSafe(rename === undefined ? text : text.replaceAll(rename.from, rename.to)));
  }
}
