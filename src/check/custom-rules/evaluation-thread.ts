/** The thread that custom rules are evaluated in: rules without an end cannot hold up the run there. */
import { parentPort, workerData } from "node:worker_threads";
import { messageOf } from "../../core/errors";
import { loadWasmPolicy } from "../../policy";
import type { OwnAnswer, OwnQuestion } from "./evaluation";

const { wasm, data, entrypoint, plan, size } = workerData as OwnQuestion;
let answer: OwnAnswer;
try {
  const policy = loadWasmPolicy(wasm, data, entrypoint, size);
  answer = { findings: plan === undefined ? [] : policy.evaluate(plan).findings };
} catch (thrown) {
  answer = { failed: messageOf(thrown) };
}
parentPort?.postMessage(answer);
