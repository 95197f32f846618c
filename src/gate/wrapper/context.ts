import type { Readable } from "node:stream";
import type { CheckReport } from "../../core/check-report";
import type { Checker } from "../../check/checker";
import type { Interruption } from "../../terraform";

/** The input of a check in addition to the plan. */
export interface CheckSettings {
  readonly env: NodeJS.ProcessEnv;
  /** The stack's directory. */
  readonly cwd: string;
  /** Path of anycast.yaml, if there is one. */
  readonly config: string | undefined;
  readonly regionFromEnv: string | undefined;
}

/** The wrapper's environment. The wrapper prints, as terraform would, but only through these functions. */
export interface WrapperContext {
  readonly check: Checker;
  /** Called while terraform plans: time to load what the check needs. @default nothing is prepared */
  readonly prepare?: (settings: CheckSettings) => void;
  /** The report as text. */
  readonly render: (report: CheckReport) => string;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly writeOut: (text: string) => void;
  readonly writeErr: (text: string) => void;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly interruption: Interruption;
  /** Id of the parent process: it identifies a cdktf that deploys several stacks. @default none */
  readonly parent?: number;
}

/** cdktf and cdktn name themselves in the user agent that they set for terraform. */
export function isDrivenByCdktf(env: NodeJS.ProcessEnv): boolean {
  return /^cdk(tf|tn|terrain)\b/.test(env.TF_APPEND_USER_AGENT ?? "");
}
