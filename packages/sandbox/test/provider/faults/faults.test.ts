import { readFileSync } from "node:fs";
import { join } from "node:path";
import { WAYS } from "../../../src/provider/api/calls";
import type { Step } from "./run-step";
import { Stage, STEPS } from "./run-step";

jest.setTimeout(240_000);

interface Recorded {
  readonly step: Step;
  readonly fault: string;
  readonly exitCode: number;
  readonly errors?: readonly string[];
  readonly state?: readonly string[];
}

/** How each step ended under each single fault with the released provider (tools/record). */
const RECORDED = JSON.parse(readFileSync(join(__dirname, "../fixtures/faults.json"), "utf8")) as readonly Recorded[];
const KINDS = ["throttle", "500", "lost-response"];

const of = (step: Step, kind: string, fails: boolean): readonly Recorded[] =>
  RECORDED.filter((one) => one.step === step && one.fault.startsWith(`${kind}:`) && (one.exitCode !== 0) === fails);

/**
 * Of each call whose fault ends a step, one kind of fault in turn: each takes a run of terraform. All of them with
 * `ANYCAST_TEST_FAULTS=all`.
 */
function ending(): readonly Recorded[] {
  const all = STEPS.flatMap((step) => KINDS.flatMap((kind) => of(step, kind, true)));
  if (process.env.ANYCAST_TEST_FAULTS === "all") return all;
  const byCall = new Map<string, Recorded[]>();
  for (const one of all) {
    const call = `${one.step} ${one.fault.replace(/^[^:]*:/, "")}`;
    byCall.set(call, [...(byCall.get(call) ?? []), one]);
  }
  return [...byCall.values()].map((kinds, turn) => kinds[turn % kinds.length]!);
}

describe("a fault of a single call", () => {
  const stage = new Stage();
  let called: Readonly<Record<Step, ReadonlySet<string>>>;
  beforeAll(async () => {
    called = await stage.prepare();
  });
  afterAll(() => stage.close());

  it.each(STEPS)("is recorded for every call that %s makes", (step) => {
    const seen = new Set(RECORDED.map(({ fault }) => fault.replace(/^[^:]*:/, "")));
    expect([...called[step]].filter((action) => !seen.has(action))).toEqual([]);
  });

  /** They do not end the run, so that all of them can be had in one. */
  it.each(STEPS.flatMap((step) => KINDS.map((kind) => [step, kind] as const)))(
    "is retried where the released provider retries (%s, %s)",
    async (step, kind) => {
      const faults = of(step, kind, false).map(({ fault }) => `${fault}:1`);
      const ended = await stage.play(step, faults);
      expect(ended.errors).toEqual([]);
      expect(ended.exitCode).toBe(0);
      expect(faults.filter((fault) => !ended.hit.has(fault))).toEqual([]);
    },
  );

  it.each(ending().map((one) => [one.step, one.fault, one] as const))(
    "fails %s as with the released provider: %s",
    async (step, fault, { exitCode, errors, state }) => {
      const ended = await stage.play(step, [`${fault}:1`]);
      expect(ended.exitCode).toBe(exitCode);
      expect([...ended.errors].sort()).toEqual([...errors!].sort());
      expect(ended.state).toEqual(state);
    },
  );
});

it("every action in the recordings of the released provider has an entry that says how it is sent", () => {
  const listed = new Set(
    Object.values(WAYS).flatMap((actions) => Object.keys(actions).map((name) => name.split(" ")[0]!)),
  );
  const seen = new Set(RECORDED.map(({ fault }) => fault.replace(/^.*\./, "")));
  expect([...seen].filter((action) => !listed.has(action))).toEqual([]);
});
