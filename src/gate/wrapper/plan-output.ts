import { basename } from "node:path";
import { withoutColor } from "../../terraform";
import { scannerSafe } from "./scanner-safe";

/** How long no output comes before an unfinished line is shown, in milliseconds: it is a question, e.g. for a variable. */
const UNFINISHED_AFTER_MS = 120;

const SAVED = "Saved the plan to: ";
const RULE = /^─{10,}$/;
const TRAILER = [
  /^$/,
  /^To perform exactly these actions, run the following command to apply:$/,
  /^ {4}(terraform|tofu|\S*anycast-terraform)\b.* apply /,
  /^ {4}(terraform|tofu) apply /,
];

export interface PlanOutputOptions {
  readonly write: (text: string) => void;
  /** The path of our file, which terraform prints. */
  readonly planFile: string;
  /**
   * The name that the user gave in its place. Without one "Saved the plan to: …" and the command after it are dropped:
   * the file is temporary. @default none
   */
  readonly as?: string;
  /** Show an unfinished line after a while: it may be a question. cdktf does not need it. @default false */
  readonly questions?: boolean;
}

/** Shows what `terraform plan` prints, line by line, without the advice to apply our temporary file. */
export class PlanOutput {
  private unfinished = "";
  /** A line of dashes, and the blank lines around it, that may begin the trailer. */
  private held: string[] = [];
  private inTrailer = false;
  private inName = false;
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

  /** Shows the remaining output; call it when terraform has ended. */
  public end(): void {
    clearTimeout(this.timer);
    if (!this.inTrailer) this.showHeld();
    this.showUnfinished();
  }

  private line(line: string): void {
    const plain = withoutColor(line).trimEnd();
    const { as } = this.options;
    if (this.inName || plain.startsWith(SAVED)) {
      // Terraform breaks a file name with blanks into several lines.
      this.inName = !plain.endsWith(basename(this.options.planFile));
      if (this.inName) return;
      if (as !== undefined) return this.show(`${SAVED}${as}\n`);
      this.inTrailer = true;
      this.held = [];
    } else if (this.inTrailer) {
      if (!TRAILER.some((part) => part.test(plain))) this.show(line + "\n");
    } else if (as === undefined && (RULE.test(plain) || plain === "")) {
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
    const { planFile, as, write } = this.options;
    write(scannerSafe(as === undefined ? text : text.replaceAll(planFile, as)));
  }
}
