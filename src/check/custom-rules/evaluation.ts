import { existsSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { AnycastError, messageOf } from "../../core/errors";
import { stopped } from "../../core/stopped";

/** The thread's input. */
export interface EvaluationRequest {
  readonly wasm: Uint8Array;
  readonly data: object;
  readonly entrypoint: string;
  /** @default the policy is only loaded */
  readonly plan?: Record<string, unknown>;
  /** Size of the plan's JSON, in bytes. @default 0 */
  readonly size?: number;
}

/** The thread's answer. */
export type EvaluationResult = { readonly findings: unknown } | { readonly failed: string };

/** How long custom rules may take for one plan, in milliseconds. */
export const CUSTOM_LIMIT_MS = 30_000;

export interface CustomLimits {
  /** @default CUSTOM_LIMIT_MS */
  readonly limitMs?: number | undefined;
  /** Ends the thread at once when aborted. @default nothing does */
  readonly stop?: AbortSignal | undefined;
}

const COMPILED = join(__dirname, "evaluation-thread.js");

/**
 * Evaluates custom rules in a thread of their own, and ends the thread when the time limit is over.
 * @param source the policy, as it was named
 * @throws AnycastError `OwnPolicyTooSlow`, `OwnPolicyInvalid`, `Interrupted`
 */
export function evaluateCustom(
  request: EvaluationRequest,
  source: string,
  { limitMs = CUSTOM_LIMIT_MS, stop }: CustomLimits = {},
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const thread = startThread(request);
    const timer = setTimeout(() => {
      void thread.terminate();
      reject(
        new AnycastError(
          "OwnPolicyTooSlow",
          `The custom policy gave no answer in ${limitMs / 1000} s (at ${source}). Nothing was applied. Fix: make its rules cheaper; each plan may take ${limitMs / 1000} s.`,
        ),
      );
    }, limitMs);
    const giveUp = (): void => {
      void thread.terminate();
      const signal = typeof stop?.reason === "string" ? stop.reason : "a signal";
      reject(stopped("Interrupted", { signal, doing: `while the custom policy was evaluated (at ${source})` }));
    };
    stop?.addEventListener("abort", giveUp);
    if (stop?.aborted === true) giveUp();
    const failed = (why: string, cause?: unknown): void =>
      reject(
        new AnycastError(
          "OwnPolicyInvalid",
          request.plan === undefined
            ? `The custom policy could not be loaded (at ${source}): ${why}. Fix: define \`decision\` in \`package anycast_own\` and build with -e ${request.entrypoint}.`
            : `The custom policy could not be evaluated (at ${source}): ${why}. Fix: test it with \`opa eval\` on the same plan.`,
          { cause },
        ),
      );
    thread.once("message", (answer: EvaluationResult) => {
      if ("failed" in answer) failed(answer.failed);
      else resolve(answer.findings);
      void thread.terminate();
    });
    thread.once("error", (cause) => failed(messageOf(cause), cause));
    thread.once("exit", (code) => {
      clearTimeout(timer);
      stop?.removeEventListener("abort", giveUp);
      // Settled before, unless the thread ended without an answer.
      failed(`its thread ended with exit code ${code}`);
    });
  });
}

function startThread(workerData: EvaluationRequest): Worker {
  if (existsSync(COMPILED)) return new Worker(COMPILED, { workerData });
  // In this repository's tests nothing is compiled, and a thread does not inherit the TypeScript loader.
  return new Worker(COMPILED.replace(/\.js$/, ".ts"), { workerData, execArgv: ["--require", "tsx/cjs"] });
}
