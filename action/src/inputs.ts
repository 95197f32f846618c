import { AnycastError, expected } from "../../src/core/errors";

export const MODES = ["plan", "synth", "sandbox", "deploy", "drift", "comment"] as const;
export type Mode = (typeof MODES)[number];

const FAIL_ON = ["warning", "denied", "error"] as const;

/** The inputs of a workflow, completed once. */
export interface Inputs {
  readonly mode: Mode;
  readonly plans: readonly string[];
  readonly workingDirectory: string;
  readonly stacks: readonly string[];
  readonly config: string;
  readonly configFrom: string;
  readonly comment: boolean;
  /** Path of the SARIF report, from the workspace. @default in the directory of the reports */
  readonly sarif: string;
  readonly failOn: (typeof FAIL_ON)[number];
  readonly save: string;
  /** Directory for the reports, from the workspace; for the mode comment, where they are. @default a temporary one */
  readonly reports: string;
  readonly arguments: readonly string[];
  readonly token: string;
}

/** Reads the inputs as the runner hands them over. @throws AnycastError `InputInvalid` */
export function readInputs(env: NodeJS.ProcessEnv): Inputs {
  const input = (name: string): string => (env[`INPUT_${name.toUpperCase()}`] ?? "").trim();
  const mode = oneOf("mode", input("mode") || "plan", MODES);
  const plans = lines(input("plan"));
  if (mode === "plan" && plans.length === 0) {
    throw new AnycastError("InputInvalid", "The input plan names no plan. Fix: give a path per line, or another mode.");
  }
  if (mode !== "plan" && plans.length > 0) {
    throw new AnycastError(
      "InputInvalid",
      `The input plan is for the mode plan, and the mode is ${mode}. Fix: leave one of them out.`,
    );
  }
  if (mode === "comment" && input("reports") === "") {
    throw new AnycastError(
      "InputInvalid",
      "The mode comment needs reports to tell of. Fix: name their directory with the input reports.",
    );
  }
  return {
    mode,
    plans,
    workingDirectory: input("working-directory") || ".",
    stacks: lines(input("stacks")),
    config: input("config"),
    configFrom: input("config-from"),
    comment: oneOf("comment", input("comment") || "true", ["true", "false"]) === "true",
    sarif: input("sarif"),
    failOn: oneOf("fail-on", input("fail-on") || "denied", FAIL_ON),
    save: input("save"),
    reports: input("reports"),
    arguments: lines(input("arguments")),
    token: input("token"),
  };
}

function oneOf<T extends string>(name: string, given: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === given);
  if (found !== undefined) return found;
  const rule = `one of ${choices.join(", ")}`;
  throw new AnycastError(
    "InputInvalid",
    expected({ what: `the input ${name}`, rule, got: given, fix: "name one of them." }),
  );
}

function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
