import type { SandboxError } from "../../errors";
import { expectationError } from "../../errors";

/** What can be made to go wrong, as text: `KIND:ACTION[:DETAIL][:COUNT]`. */
export const FAULT_KINDS = {
  throttle: "the call is refused with Throttling.User",
  "500": "the call is refused with InternalError and HTTP status 500, before anything is done",
  slow: "the answer comes late; DETAIL is the delay, e.g. 200ms or 3s",
  "lost-response": "the action is done, but its answer is lost",
  stuck: "the status that the action sets never passes on",
  "partial-tags": "only half of the tags are put on, then the call fails",
  interruption:
    "written `interruption=800ms`: associating an address interrupts the service of what it is bound to for that long",
  crash: "the process dies by SIGKILL; DETAIL is before, after or torn (in the middle of writing)",
} as const;
export type FaultKind = keyof typeof FAULT_KINDS;
export type CrashPoint = "before" | "after" | "torn";

export interface FaultRule {
  readonly kind: FaultKind;
  /** Action name, `Product.Action`, or `*`. */
  readonly action: string;
  /** Milliseconds, for `slow` and `interruption`. */
  readonly delay: number;
  /** For `crash`. */
  readonly point: CrashPoint;
  /** How many calls it hits; Infinity for all. */
  readonly count: number;
  /** As written. */
  readonly text: string;
}

const EVERY_CALL: readonly FaultKind[] = ["slow", "stuck"];
/** What interrupts the service. */
const ASSOCIATE = "AssociateAnycastEipAddress";

/**
 * Reads a fault rule such as `throttle:CreateVpc:2`, `slow:*:200ms`, `crash:AssociateAnycastEipAddress:after`.
 * COUNT is a number or `*` for every call. @default 1, for `slow` and `stuck` every call
 * @throws SandboxError `FaultNotUnderstood`
 */
export function parseFault(text: string): FaultRule {
  const [, interruption] = /^interruption=(.*)$/.exec(text) ?? [];
  if (interruption !== undefined) {
    const delay = delayOf(text, interruption);
    return { kind: "interruption", action: ASSOCIATE, delay, point: "after", count: Infinity, text };
  }
  const [kind = "", action = "", ...rest] = text.split(":");
  if (kind === "interruption") throw notUnderstood(text, "a duration, as in interruption=800ms");
  if (!(kind in FAULT_KINDS)) throw notUnderstood(text, `one of ${Object.keys(FAULT_KINDS).join(", ")} first`);
  if (!/^(\*|([A-Z][A-Za-z]+\.)?[A-Z][A-Za-z0-9]+)$/.test(action))
    throw notUnderstood(text, "an action, Product.Action or * second");
  const fault = kind as FaultKind;
  const detail = fault === "slow" || fault === "crash" ? rest.shift() : undefined;
  const count = rest.shift();
  if (rest.length > 0) throw notUnderstood(text, "at most KIND:ACTION:DETAIL:COUNT");
  return {
    kind: fault,
    action,
    delay: fault === "slow" ? delayOf(text, detail) : 0,
    point: fault === "crash" ? pointOf(text, detail) : "after",
    count: countOf(text, fault, count),
    text,
  };
}

function delayOf(text: string, detail: string | undefined): number {
  const [, number, unit] = /^(\d+)(ms|s)$/.exec(detail ?? "") ?? [];
  if (number === undefined) throw notUnderstood(text, "a time such as 200ms or 3s");
  return Number(number) * (unit === "s" ? 1000 : 1);
}

function pointOf(text: string, detail: string | undefined): CrashPoint {
  if (detail === undefined) return "after";
  if (detail !== "before" && detail !== "after" && detail !== "torn")
    throw notUnderstood(text, "before, after or torn third");
  return detail;
}

function countOf(text: string, kind: FaultKind, count: string | undefined): number {
  if (count === "*") return Infinity;
  if (count === undefined) return EVERY_CALL.includes(kind) ? Infinity : 1;
  if (!/^[1-9]\d*$/.test(count)) throw notUnderstood(text, "a whole number or * as count");
  return Number(count);
}

const notUnderstood = (text: string, rule: string): SandboxError =>
  expectationError("FaultNotUnderstood", {
    what: "a fault rule",
    rule: `KIND:ACTION[:DETAIL][:COUNT] with ${rule}`,
    got: text,
    fix: "write for example throttle:CreateVpc:2 or crash:AssociateAnycastEipAddress:after.",
  });
