import { basename } from "node:path";
import type { Emit } from "../../core/events";
import { configFor, regionFromEnvironment } from "../../terraform/project";
import { abortedBy } from "../../terraform";
import { signingKey } from "../receipt";
import { placeIn } from "../recovery";
import type { StackRun } from "../steps/stack-run";
import type { CheckSettings } from "./context";
import { isDrivenByCdktf } from "./context";
import type { GatedRun } from "./gated-run";
import { destroys, directoryOf } from "./gated-run";
import { listenToApply, listenToPlan } from "./outputs";

/**
 * The stack that terraform was called for, shown as terraform shows it.
 * @param out the name that the user gave to the plan file. @default the file is ours
 */
export function stackRun(run: GatedRun, out?: string): StackRun {
  const { context, messages, options, terraform } = run;
  const { env, interruption } = context;
  const directory = directoryOf(run);
  const settings: CheckSettings = {
    env,
    cwd: directory,
    config: configFor(directory, env),
    regionFromEnv: regionFromEnvironment(env),
  };
  const kinds = [...(destroys(run) ? ["-destroy"] : []), ...(options.refreshOnly ? ["-refresh-only"] : [])];
  const emit: Emit = (event) => {
    if (event.type === "notice") messages.notice(event.message);
  };
  return {
    name: basename(directory),
    label: stackNameOf(directory),
    directory,
    env,
    terraform,
    place: placeIn(directory, env),
    passed: { plan: [...kinds, ...options.passed.plan], apply: options.passed.apply },
    // Behind cdktf a question about a variable cannot be answered, and it would wait forever: fail at once instead.
    input: options.input ?? !isDrivenByCdktf(env),
    operation: destroys(run) ? "destroy" : "deploy",
    mayOnlyRefresh: true,
    check: context.check,
    checkOptions: {
      ...settings,
      emit: (event) => {
        if (event.type === "notice" && event.level === "warning") emit(event);
      },
      stop: abortedBy(interruption),
    },
    signKey: () => signingKey(undefined, env),
    front: {
      emit,
      reportError: (error) => messages.failed(error, ""),
      listen: (step) => (step === "plan" ? listenToPlan(run, settings, out) : listenToApply(run)),
    },
  };
}

/** The displayed name of the plan: `cdktf.out/stacks/NAME`. */
function stackNameOf(directory: string): string {
  return /[\\/]stacks[\\/]([^\\/]+)[\\/]?$/.exec(directory)?.[1] ?? "plan";
}
