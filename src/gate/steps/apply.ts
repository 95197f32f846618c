import { asStep } from "../../core/events";
import { followRecorded } from "../recovery";
import type { FollowResult } from "../../terraform";
import { explainApply } from "./explain";
import { refuseUnsettled } from "./recover";
import { refuseOtherPlan } from "./receipt";
import type { CheckedPlan, StackRun } from "./stack-run";
import { notify, throwIfStopped } from "./stack-run";
import { stoppingNotice } from "./stopping";

/**
 * `terraform apply` of exactly the checked plan file, on record.
 * @param onBegun called when terraform is about to begin: from here on a part of it may be done
 * @throws AnycastError `TerraformFailed`, `TerraformKilled`, `StateLocked`, `StateNotSaved`, `StateIncomplete`, `ApplyInterrupted`
 */
export function apply(
  run: StackRun,
  checked: Pick<CheckedPlan, "planFile" | "receipt">,
  onBegun: () => void,
): Promise<void> {
  throwIfStopped(run, `before ${run.name} was applied`);
  const applied = async (): Promise<void> => {
    await refuseUnsettled(run, true);
    refuseOtherPlan(checked);
    const output = run.front.listen("apply");
    const isDone = ({ exitCode }: FollowResult): boolean => {
      const { isDone: hasSaidSo, failed } = output.end();
      return exitCode === 0 && hasSaidSo && !failed;
    };
    const ended = await followRecorded(
      run.terraform,
      ["apply", "-input=false", ...run.passed.apply, checked.planFile],
      {
        place: run.place,
        planFile: checked.planFile,
        isDone,
        onBegun,
        onNotice: (message) => notify(run, "warning", message),
        onStopping: stoppingNotice(run),
        onStdout: output.out,
        onStderr: output.err,
      },
    ).finally(() => output.end());
    if (!isDone(ended)) throw await explainApply(run, ended, output.end());
  };
  return asStep(run.front.emit, "apply", applied, run.name);
}
