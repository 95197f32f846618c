import { AnycastError, messageOf } from "../../core/errors";
import { isRecord } from "../../core/is-record";
import { stopped } from "../../core/stopped";
import { ask, withoutColor } from "../../terraform";
import { terraformSaid } from "../steps/explain";
import type { Session } from "./session";
import { terraformFor } from "./session";
import { stackRun } from "./stack-run";
import type { PlannedStack } from "./types";

/** The outputs of a stack, those marked sensitive left out. */
export async function readOutputs(session: Session, { stack }: PlannedStack): Promise<Record<string, unknown>> {
  const shown = await ask(terraformFor(session, stack), ["output", "-json"]);
  if (shown.exitCode !== 0) {
    const { signal } = session.options.interruption;
    const doing = `while the outputs of ${stack.name} were read`;
    if (signal !== undefined) throw stopped("Interrupted", { signal, doing, left: "All its changes were applied." });
    throw terraformSaid(stackRun(session, stack), "output", withoutColor(shown.stderr.toString("utf8")));
  }
  try {
    const outputs: unknown = JSON.parse(shown.stdout.toString("utf8"));
    if (!isRecord(outputs)) throw new SyntaxError("they are no object");
    const open = Object.entries(outputs).filter(([, output]) => isRecord(output) && output.sensitive !== true);
    return Object.fromEntries(open.map(([name, output]) => [name, (output as { value: unknown }).value]));
  } catch (cause) {
    throw new AnycastError("TerraformFailed", `The outputs of ${stack.name} cannot be read: ${messageOf(cause)}.`, {
      cause,
    });
  }
}
