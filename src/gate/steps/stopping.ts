import { commandName } from "../../core/terraform-binary";
import type { StackRun } from "./stack-run";
import { notify } from "./stack-run";

/** The listener that explains why a signal seems to have no effect. */
export function stoppingNotice(run: StackRun): (forceAt: number, count: number) => void {
  const command = commandName(run.terraform.binary);
  return (_forceAt, count) =>
    notify(
      run,
      "warning",
      count === 1
        ? `Stopping: waiting for ${command} to finish what it has begun and to write its state.`
        : `Still waiting for ${command} to write its state. The next signal ends it at once; what it is doing may then be missing from the state.`,
    );
}
