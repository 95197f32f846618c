import { densePlan } from "../../bench/dense";
import { evaluateBy, gateFor } from "../../src/check/gate-for";
import { parsePlan, projectPlan, sourcesOf } from "../../src/plan";
import { readPolicyBundle } from "../../src/policy";
import { SETTINGS } from "../gate/support/evaluate";
import { FACTS } from "../plan/support/facts";

interface Memory {
  readonly buffer: ArrayBuffer;
}
type Descriptor = { readonly initial: number };

const wasm = (globalThis as unknown as { WebAssembly: { Memory: new (of: Descriptor) => Memory } }).WebAssembly;
const PAGE = 2 ** 16;

const memories: { readonly memory: Memory; readonly initial: number }[] = [];
const { Memory: Real } = wasm;

beforeAll(() => {
  wasm.Memory = class extends Real {
    public constructor(of: Descriptor) {
      super(of);
      memories.push({ memory: this, initial: of.initial * PAGE });
    }
  };
});
afterAll(() => (wasm.Memory = Real));

test("what is checked together has its memory from the start, since adding it page by page costs its square", () => {
  const plan = densePlan({ bindings: 600, addresses: "own", reach: "any" });
  const projection = projectPlan(plan, FACTS);
  const bytes = Buffer.from(JSON.stringify(plan));
  const sources = sourcesOf({ whole: () => parsePlan(bytes, "plan.json"), at: "plan.json" });
  const gate = gateFor(readPolicyBundle(), FACTS, SETTINGS);
  const decision = gate.evaluate(evaluateBy(SETTINGS, projection, FACTS, sources));
  expect(decision.evidence).toHaveLength(600);
  // The canaries' own, and one for the plan.
  expect(memories.length).toBe(2);
  for (const { memory, initial } of memories) expect(memory.buffer.byteLength).toBe(initial);
});
