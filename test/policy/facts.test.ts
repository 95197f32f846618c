import type { FactsDocument } from "../../src/plan/resolve/facts-document";
import { loadWasmPolicy, readDecision, readPolicyBundle, type Decision } from "../../src/policy";
import { CANARIES, type Canary } from "../../src/policy/canary";

const bundle = readPolicyBundle();

function decide(input: object, facts: boolean): Decision {
  const data = { ...bundle.data, anycast_settings: { facts } };
  return readDecision(loadWasmPolicy(bundle.wasm, data, bundle.entrypoint).evaluate(input));
}

function denials({ findings }: Decision): string[] {
  return findings.filter((one) => one.level === "deny").map((one) => one.rule);
}

const [bad, good] = CANARIES("ap-southeast-1") as [Canary, Canary];

const [badFacts, goodFacts] = [bad.facts, good.facts] as unknown as [FactsDocument, FactsDocument];

/** A plan with facts whose configuration is left out, as the gate gives it. */
function given({ plan }: Canary, { facts }: { readonly facts: unknown }): Record<string, unknown> {
  return { ...plan, configuration: { root_module: {} }, anycast_facts: facts };
}

describe("facts that the gate gives to the policies", () => {
  it.each([
    ["of an internal CLB prove its binding", good, []],
    ["of an internet-facing CLB refuse its binding", bad, ["binding/internal-only"]],
  ])("%s", (_title, canary, expected) => {
    const decision = decide(given(canary, canary), true);
    expect(denials(decision)).toEqual(expected);
    expect(decision.evidence).toHaveLength(canary.allowed ? 1 : 0);
  });

  it("take precedence over the references in the plan", () => {
    expect(denials(decide({ ...good.plan, anycast_facts: bad.facts }, true))).toEqual(["binding/internal-only"]);
  });

  it("are ignored where the caller does not provide them", () => {
    expect(denials(decide({ ...bad.plan, anycast_facts: good.facts }, false))).toEqual(["binding/internal-only"]);
  });

  it.each<[string, unknown]>([
    ["are missing", undefined],
    ["have another version", { ...goodFacts, version: 2 }],
    ["lack the binding", { ...goodFacts, bindings: [] }],
  ])("refuse the plan where they %s", (_title, facts) => {
    const decision = decide(given(good, { facts }), true);
    expect(denials(decision)).toContain("plan/complete");
    expect(decision.evidence).toEqual([]);
    expect(decision.attachments).toBe(1);
  });

  it("give one finding or one piece of evidence for a group of load balancers", () => {
    const addresses = Array.from({ length: 150 }, (_, i) => `alicloud_slb_load_balancer.lb[${String(i)}]`);
    const grouped = (document: FactsDocument): FactsDocument => ({
      ...document,
      bindings: document.bindings.map((binding) => ({
        ...binding,
        targets: binding.targets.map((target) => ({ ...target, address: addresses[0]!, addresses })),
      })),
    });
    const refused = decide(given(bad, { facts: grouped(badFacts) }), true);
    expect(refused.findings.map((one) => one.message)).toEqual([
      "Expected the address_type of alicloud_slb_load_balancer.lb[0] and 149 more to be `intranet`, got `internet` (at alicloud_slb_load_balancer.lb[0]).",
    ]);
    const proven = decide(given(good, { facts: grouped(goodFacts) }), true);
    expect(proven.evidence.map(({ targets }) => targets)).toMatchObject([[{ address: addresses[0], addresses }]]);
  });
});
