import type { ConstructError } from "../errors";
import { misuse } from "../errors";

/** What the name of a state begins with that `anycast sandbox --keep-backend` keeps; the gate knows it by that. */
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
