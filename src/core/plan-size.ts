import type { AnycastError } from "./errors";
import { expectationError } from "./errors";
import { bytesAsText, MOST_PLAN } from "./limits";

/** A plan above the limit, in a file or on stdin. @param got how large it is, as far as it was read */
export function planTooLarge(got: string, at: string): AnycastError {
  return expectationError("PlanTooLarge", {
    what: "the plan",
    rule: `at most ${bytesAsText(MOST_PLAN)}`,
    got,
    at,
    fix: "split the stack.",
  });
}

/**
 * Most characters that the rules evaluate together, 64 MiB: about ten thousand bindings and load balancers that are all
 * connected with each other. The policy needs many times as much memory, and can have no more than 4 GiB.
 */
const MOST_PART = 64 * 2 ** 20;

/**
 * @param length of the JSON in characters, or of the part that is written so far
 * @throws AnycastError `PlanPartTooLarge`
 */
export function provePartSize(length: number): void {
  if (length > MOST_PART) throw tooLarge(length);
}

function tooLarge(length: number): AnycastError {
  return expectationError("PlanPartTooLarge", {
    what: "what the rules must look at together",
    rule: `at most ${bytesAsText(MOST_PART)}`,
    got: `${String(length)} bytes or more`,
    fix: "split the stack, so that fewer bindings share an address or may reach the same load balancers.",
  });
}
