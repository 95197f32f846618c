/** The thread that evaluates custom rules: it can be ended when rules never finish. */
import { parentPort, workerData } from "node:worker_threads";
import { messageOf } from "../../core/errors";
import { loadWasmPolicy } from "../../policy";
import type { EvaluationResult, EvaluationRequest } from "./evaluation";

const { wasm, data, entrypoint, plan, size } = workerData as EvaluationRequest;
let answer: EvaluationResult;
try {
  const policy = loadWasmPolicy(wasm, data, entrypoint, size);
  answer = { findings: plan === undefined ? [] : policy.evaluate(plan).findings };
} catch (thrown) {
  answer = { failed: messageOf(thrown) };
}
parentPort?.postMessage(answer);
