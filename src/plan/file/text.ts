import { isUtf8 } from "node:buffer";
import { AnycastError, expectationError, showValue } from "../../core/errors";
import { bytesAsText, MOST_TEXT } from "../../core/limits";
import { foreignLine } from "../../core/foreign-line";
import { JsonScanner, MAXIMUM_DEPTH } from "./scan/json-scanner";
import { ScanError } from "./scan/scan-error";

/** Some editors put it in front of UTF-8. */
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** The fix in all messages about an input that is no plan. */
export const FIX =
  "make the plan with `terraform plan -out=plan.tfplan` and pass that file, or the output of `terraform show -json plan.tfplan`.";

/**
 * Proves that the bytes are text and hands them to `read`; `from` is where the text begins.
 * @throws AnycastError `PlanEmpty`, `PlanNotText`, `PlanNotJson`, `DuplicateKey`, `PlanTooDeep`, `PlanTooLarge`, `PlanNumberNotExact`
 */
export function scanText(bytes: Uint8Array, at: string, read: (text: Buffer, from: number) => unknown): unknown {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  proveText(text, at);
  const from = text.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  const begin = new JsonScanner(text, from);
  if (begin.peek() === undefined)
    throw new AnycastError("PlanEmpty", `The plan is an empty file (at ${at}). Fix: ${FIX}`);
  try {
    return read(text, from);
  } catch (thrown) {
    throw thrown instanceof ScanError ? refusal(thrown, text, at) : thrown;
  }
}

/** The position at which a document is invalid; never its content there, because plans contain secrets. */
function refusal(error: ScanError, text: Buffer, at: string): AnycastError {
  const where = `byte ${String(error.position)} of ${String(text.length)}`;
  const refuse = (code: string, rule: string, got: string): AnycastError =>
    expectationError(code, { what: "the plan", rule, got, at, fix: FIX }, error);
  switch (error.problem) {
    case "DuplicateKey":
      return refuse("DuplicateKey", "JSON whose objects name each member once", `the same name again at ${where}`);
    case "TooDeep":
      return refuse("PlanTooDeep", `JSON of at most ${String(MAXIMUM_DEPTH)} levels`, `more at ${where}`);
    case "TooLarge":
      return expectationError(
        "PlanTooLarge",
        {
          what: "a part of the plan that is read as a whole",
          rule: `at most ${bytesAsText(MOST_TEXT)}`,
          got: `more, from ${where} on`,
          at,
          fix: "split the stack.",
        },
        error,
      );
    case "LongNumber":
      return refuse("PlanNumberNotExact", "JSON with numbers of at most 15 digits", `a longer one at ${where}`);
    case "NotJson": {
      const line = foreignLine(text);
      if (line !== undefined && error.position <= text.indexOf("{")) {
        return new AnycastError(
          "PlanNotJson",
          `The plan's JSON does not begin at once: the first line is ${showValue(line)} (at ${at}). Fix: leave out what a wrapper or a log prints in front of it; run terraform itself (with setup-terraform: \`terraform_wrapper: false\`), and Terragrunt with --tf-forward-stdout.`,
          { cause: error },
        );
      }
      const ended = error.position >= text.length;
      return refuse(
        "PlanNotJson",
        "whole JSON",
        `text that is not: ${ended ? "its end is missing" : `it breaks at ${where}`}`,
      );
    }
  }
}

function proveText(text: Buffer, at: string): void {
  const [first, second] = text;
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  // JSON begins with an ASCII character, of which UTF-16 makes two bytes.
  const hasNone = second !== undefined && (first === 0) !== (second === 0);
  if (hasMark || hasNone) {
    throw expectationError("PlanNotText", {
      what: "the plan",
      rule: "UTF-8 text",
      got: "UTF-16 text, which PowerShell's > writes",
      at,
      // Windows PowerShell 5.1 has no utf8NoBOM, and its pipes change bytes; cmd writes terraform's output unchanged.
      fix: 'write it with `cmd /c "terraform show -json plan.tfplan > plan.json"`.',
    });
  }
  if (!isUtf8(text))
    throw expectationError("PlanNotText", {
      what: "the plan",
      rule: "UTF-8 text",
      got: "bytes that are not",
      at,
      fix: FIX,
    });
}
