import { regionFromEnvironment } from "../../terraform/project";
import type { OrderedStack } from "../../terraform/project";
import { abortedBy } from "../../terraform";
import { recordPlace } from "../recovery";
import type { StackRun, StepOutput } from "../steps/stack-run";
import { TerraformStream } from "./json-lines";
import type { Session } from "./session";
import { configOf, destroys, lockWaitFor, signingKeyOf, terraformFor } from "./session";
import type { Changes } from "./types";

export interface StackRunOptions {
  /** Where the configuration is when the run has ended. @default the stack's directory */
  readonly origin?: string | undefined;
  /** The planned changes, to show the progress of the apply. @default not known yet */
  readonly changes?: Changes;
}

/** One stack of a run over the project, shown as events. */
export function stackRun(session: Session, stack: OrderedStack, { origin, changes }: StackRunOptions = {}): StackRun {
  const { options } = session;
  const { name, directory } = stack;
  const { env, emit, projectDirectory, passed = { plan: [], apply: [] } } = options;
  return {
    name,
    directory,
    origin,
    env,
    terraform: terraformFor(session, stack),
    place: recordPlace(stack, env, projectDirectory, origin),
    passed: {
      plan: ["-json", ...(destroys(options) ? ["-destroy"] : []), ...passed.plan],
      apply: ["-json", ...passed.apply],
    },
    operation: destroys(options) ? "destroy" : "deploy",
    isSettledElsewhere: session.isInitialized === true,
    check: options.check,
    checkOptions: {
      emit,
      env,
      cwd: projectDirectory,
      config: configOf(options),
      regionFromEnv: regionFromEnvironment(env),
      stop: abortedBy(options.interruption),
      ...options.gate,
    },
    repository: projectDirectory,
    signKey: () => signingKeyOf(options),
    front: {
      emit,
      reportError: ({ message, code }) =>
        emit({ type: "notice", level: "warning", message: `${message} [${code}]`, stack: name }),
      listen: (step) => listenTo(session, stack, step, changes),
    },
  };
}

/** Verbs for the progress of slow actions. */
const DOING: Readonly<Record<string, string>> = {
  create: "creating",
  update: "changing",
  delete: "destroying",
  read: "reading",
};

/** Reads terraform's `-json` lines, and reports the progress. */
function listenTo(session: Session, stack: OrderedStack, step: "plan" | "apply", changes?: Changes): StepOutput {
  const { emit } = session.options;
  const wait = lockWaitFor(session, stack);
  const total = Object.values(changes ?? {}).reduce((sum: number, count: number) => sum + count, 0);
  let done = 0;
  let errors = "";
  const progress = (detail: string): void => {
    if (step === "apply") emit({ type: "progress", step, stack: stack.name, done, total, detail });
  };
  const stream = new TerraformStream({
    onWaiting: (waits) => (waits ? wait.begin() : wait.end()),
    onStill: (address, action, seconds) => progress(`${DOING[action] ?? action} ${address}, ${seconds} s`),
    onDone: (count, detail) => {
      done = count;
      progress(detail);
    },
    onWarning: (message) => emit({ type: "notice", level: "warning", message, stack: stack.name }),
  });
  return {
    out: (text) => stream.push(text),
    err: (text) => void (errors += text),
    end: () => {
      wait.end();
      const { applied, errors: said, ...rest } = stream.end();
      return { ...rest, isDone: applied, errors: [...said, errors].filter(Boolean).join("\n") };
    },
  };
}
