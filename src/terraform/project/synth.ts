import { AnycastError } from "../../core/errors";
import type { Emit } from "../../core/events";
import { endGroup } from "../../core/end-group";
import { asStep } from "../../core/events";
import type { RunResult } from "../../core/process";
import { run } from "../../core/process";
import { appFailure } from "./app-failure";
import type { Interruption } from "../interruption";
import type { CdktfConfig } from "./cdktf-json";
import { isRecord } from "../../core/is-record";
import { stopped } from "../../core/stopped";
import type { StackUnit } from "./manifest";
import { manifestStamp, readManifest } from "./manifest";

export interface SynthOptions {
  readonly config: CdktfConfig;
  readonly env: NodeJS.ProcessEnv;
  readonly emit: Emit;
  readonly interruption: Interruption;
}

/**
 * Runs the app in a process of its own, as cdktf does, and reads the stacks it wrote.
 * @throws AnycastError `SynthesisFailed`, `SynthesisInvalid`, `Interrupted`
 */
export function synthesize(options: SynthOptions): Promise<readonly StackUnit[]> {
  return asStep(options.emit, "synth", async () => {
    const { config, emit, interruption } = options;
    const before = manifestStamp(config.outdir);
    const stop: (() => void)[] = [];
    const ended = await run(config.app, [], {
      shell: true,
      cwd: config.root,
      env: appEnvironment(options),
      // Its own process group: the shell's children end with it when we are stopped.
      detached: true,
      onSpawn: (pid) => {
        stop.push(interruption.listen(() => stop.push(endGroup(pid))));
      },
    });
    for (const one of stop) one();
    if (interruption.signal !== undefined) {
      throw stopped("Interrupted", { signal: interruption.signal, doing: "while the app ran" });
    }
    tell(emit, ended.stdout, "stdout");
    tell(emit, ended.stderr, "stderr");
    if (ended.exitCode !== 0) {
      throw synthesisFailed(config, ended);
    }
    if (manifestStamp(config.outdir) === before) {
      throw new AnycastError(
        "SynthesisInvalid",
        `The app \`${config.app}\` ended well but wrote no stacks into ${config.outdir}. Fix: make sure that it calls app.synth().`,
      );
    }
    return acceptManifest(config.outdir, emit);
  });
}

/** The app's own error message, and the line of the project that threw it. */
function synthesisFailed(
  { app, root }: CdktfConfig,
  { exitCode, signal, stderr }: Pick<RunResult, "exitCode" | "signal" | "stderr">,
): AnycastError {
  const text = stderr.toString("utf8");
  const { sentence, source } = appFailure(text, root);
  const at = source === undefined ? "" : ` (at ${source.file}:${source.line})`;
  const said = sentence === "" ? "" : `: ${sentence}${/[.!?]$/.test(sentence) ? "" : "."}`;
  const how = signal === null ? `ended with exit code ${exitCode}` : `was ended by ${signal}`;
  return new AnycastError(
    "SynthesisFailed",
    `The app \`${app}\` ${how}${at}${said} Fix: run it alone in ${root} and correct what it says.`,
    { cause: new Error(text), source },
  );
}

/** An error annotation stops the deployment; the app itself was set to continue, so that all of them are shown. */
function acceptManifest(outdir: string, emit: Emit): readonly StackUnit[] {
  const { stacks, annotations } = readManifest(outdir);
  for (const { level, message, construct, stack } of annotations) {
    if (level !== "error") emit({ type: "notice", level, message: `${message} (${construct})`, stack });
  }
  const errors = annotations.filter(({ level }) => level === "error");
  if (errors.length > 0) {
    const text = errors.map(({ message, construct }) => `${message} (at ${construct})`).join("; ");
    throw new AnycastError(
      "SynthesisRefused",
      `The app marks ${errors.length === 1 ? "an error" : "errors"} in its stacks: ${text}`,
    );
  }
  if (stacks.length === 0) {
    throw new AnycastError("SynthesisInvalid", `The app wrote no stack into ${outdir}. Fix: add a stack to the app.`);
  }
  return stacks;
}

/** What cdktf gives the app (no terraform variables, the output directory, the context), and a variable that says the gate runs it. */
export function appEnvironment({ config, env }: Pick<SynthOptions, "config" | "env">): NodeJS.ProcessEnv {
  const rest = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("TF_VAR_")));
  return {
    ...rest,
    NODE_OPTIONS: env.NODE_OPTIONS || "--max-old-space-size=4096",
    CDKTF_OUTDIR: config.outdir,
    CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "true",
    CDKTF_CONTEXT_JSON: JSON.stringify({
      ...config.context,
      ...contextOf(env),
      cdktfRelativeModules: config.relativeModules,
    }),
    SYNTH_HCL_OUTPUT: "false",
    ANYCAST_GATE: "1",
  };
}

class NotAnObject extends Error {}

function contextOf(env: NodeJS.ProcessEnv): Record<string, unknown> {
  if (env.CDKTF_CONTEXT_JSON === undefined || env.CDKTF_CONTEXT_JSON === "") return {};
  try {
    const context: unknown = JSON.parse(env.CDKTF_CONTEXT_JSON);
    if (isRecord(context)) return context;
    throw new NotAnObject();
  } catch (cause) {
    // The error of JSON.parse quotes the value, which may hold a secret: neither the message nor the cause has it.
    throw new AnycastError(
      "EnvironmentInvalid",
      `Expected CDKTF_CONTEXT_JSON to be a JSON object, got ${cause instanceof NotAnObject ? "JSON of another kind" : "text that is no JSON"}. Fix: correct or unset it.`,
    );
  }
}

function tell(emit: Emit, output: Buffer, stream: "stdout" | "stderr"): void {
  for (const line of output.toString("utf8").split("\n").filter(Boolean))
    emit({ type: "output", source: "app", stream, line });
}
