import { loadWasmPolicy, readPolicyBundle } from "../../../src/policy";
import { SETTINGS } from "../../gate/support/evaluate";

/** Inputs that take more than 4 MiB of the policy's memory: V8 finds that out of the one, the policy of the other. */
export const LARGE = {
  "one long text": { text: "x".repeat(5 * 2 ** 20) },
  "many small objects": { many: Array.from({ length: 20_000 }, (_, i) => ({ i })) },
} as const;

/** Evaluates the rules where WebAssembly has 4 MiB of memory in the place of 4 GiB. */
export function evaluateInLittleMemory(input: object): unknown {
  const { WebAssembly: wasm } = globalThis as unknown as { WebAssembly: { Memory: new (of: object) => object } };
  const { Memory } = wasm;
  wasm.Memory = class extends Memory {
    public constructor() {
      super({ initial: 64, maximum: 64 });
    }
  };
  try {
    const bundle = readPolicyBundle();
    const policy = loadWasmPolicy(bundle.wasm, { ...bundle.data, anycast_settings: SETTINGS }, bundle.entrypoint);
    return policy.evaluate(input);
  } finally {
    wasm.Memory = Memory;
  }
}
