import type { ConstructError } from "../errors";
import { misuse } from "../errors";

/** Prefix of the names of states that `anycast sandbox --keep-backend` keeps, by which the gate recognises them. */
export const SANDBOX_NAME = "anycast-sandbox";

/** @param why the sandbox cannot use the place, as a clause */
export function notKept(at: string, kind: string, why: string): ConstructError {
  return misuse({
    code: "StateNotKept",
    what: "the place of the state",
    rule: `one that \`anycast sandbox --keep-backend\` can use; ${why}`,
    got: kind,
    at,
    fix: "leave --keep-backend out: the state then stays in a local file.",
  });
}
