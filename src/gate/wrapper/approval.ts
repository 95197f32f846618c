import type { Readable } from "node:stream";
import type { Interruption } from "../../terraform";
import { scannerSafe } from "./scanner-safe";

export type Question = "apply" | "destroy" | "refresh-only";

interface Wording {
  readonly question: string;
  readonly explanation: string;
}

const ACTIONS = "Do you want to perform these actions?";

/** The texts of Terraform and OpenTofu (PRODUCT): cdktf recognises them and shows its Approve / Dismiss. */
const WORDING: Readonly<Record<Question, Wording>> = {
  apply: {
    question: ACTIONS,
    explanation: "  PRODUCT will perform the actions described above.\n  Only 'yes' will be accepted to approve.\n",
  },
  destroy: {
    question: "Do you really want to destroy all resources?",
    explanation:
      "  PRODUCT will destroy all your managed infrastructure, as shown above.\n  There is no undo. Only 'yes' will be accepted to confirm.\n",
  },
  "refresh-only": {
    question: "Would you like to update the PRODUCT state to reflect these detected changes?",
    explanation:
      "  PRODUCT will write these changes to the state without modifying any real infrastructure.\n  There is no undo. Only 'yes' will be accepted to confirm.\n",
  },
};

/**
 * The question as terraform asks it. cdktf does not recognise terraform's question for refresh-only and would wait
 * forever, so there the common one is asked, with the same explanation.
 */
export function wordingOf(
  question: Question,
  options: { color: boolean; forCdktf: boolean; product: "OpenTofu" | "Terraform" },
): string {
  const named = (text: string): string => text.replace("PRODUCT", options.product);
  const explanation = named(WORDING[question].explanation);
  const asked = options.forCdktf && question === "refresh-only" ? ACTIONS : named(WORDING[question].question);
  const bold = (text: string): string => (options.color ? `\u001b[1m${text}\u001b[0m` : text);
  // The answer ends this line, and cdktf would read it together with the next output, e.g. `var.x`.
  const prompt = options.forCdktf ? scannerSafe("Enter a value:") : "Enter a value:";
  return `\n${bold(asked)}\n${explanation}\n  ${bold(prompt)} `;
}

/**
 * Reads one line.
 * @param more whether another question may follow; if not the stream is destroyed, because a pipe that stays open
 *   would keep the process alive forever. @default false
 * @returns undefined when there is no answer: the input ended, or a signal came
 */
export function readAnswer(stdin: Readable, interruption: Interruption, more = false): Promise<string | undefined> {
  return new Promise((resolve) => {
    let text = "";
    let stopListening = (): void => undefined;
    const finish = (answer: string | undefined): void => {
      stopListening();
      for (const event of ["data", "end", "close", "error"]) stdin.removeAllListeners(event);
      // Errors of an input that is no longer read do not matter.
      stdin.on("error", () => undefined);
      if (more) stdin.pause();
      else stdin.destroy();
      resolve(answer);
    };
    stdin.on("data", (chunk: Buffer | string) => {
      text += chunk.toString();
      const end = text.indexOf("\n");
      if (end >= 0) finish(text.slice(0, end).trim());
    });
    stdin.on("end", () => finish(text === "" ? undefined : text.trim()));
    stdin.on("close", () => finish(undefined));
    stdin.on("error", () => finish(undefined));
    stopListening = interruption.listen(() => finish(undefined));
    // An earlier question has paused the stream: unless it is read, the process ends without a message.
    stdin.resume();
  });
}
