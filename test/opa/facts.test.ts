import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectPlan } from "../../src/plan";
import { makeFacts, type BindingFacts, type FactsDocument, type TargetFacts } from "../../src/plan/resolve";
import { readPolicyBundle } from "../../src/policy";
import { readTypes } from "../../src/check/read-types";
import { readCases } from "../../tools/mutate-policies/cases";
import { opa } from "../../tools/policies/opa";
import { samplePlans } from "../gate/model/sample";
import { openEvaluator } from "../gate/support/evaluate";
import { mutants } from "../gate/support/mutants";
import type { Json } from "../gate/support/plan";

const POLICIES = join(__dirname, "..", "..", "policies");
const SETTINGS = {
  today: "2026-11-22",
  region_from_env: "cn-hongkong",
  live: {
    load_balancers: [
      { id: "lb-gs5abcdefgh", address_type: "intranet", vswitch_id: "vsw-1", region: "cn-hongkong", seen_at: "today" },
    ],
  },
};

const QUERY = "[document | some plan in input; document := data.anycast.lib.by_reference.document with input as plan]";

/** What the policies make of each plan themselves, when nobody gives them facts: the witness. */
function byOpa(plans: readonly Json[]): Json[] {
  const work = mkdtempSync(join(tmpdir(), "anycast-opa-"));
  try {
    const input = join(work, "plans.json");
    writeFileSync(input, JSON.stringify(plans));
    const settings = join(work, "settings.json");
    writeFileSync(settings, JSON.stringify({ anycast_settings: SETTINGS }));
    const rego = ["main.rego", "lib", "rules"].flatMap((name) => ["-d", join(POLICIES, name)]);
    const answer = opa(["eval", "-f", "json", ...rego, "-d", settings, "-i", input, QUERY], POLICIES);
    return (JSON.parse(answer) as { result: { expressions: { value: Json[] }[] }[] }).result[0]!.expressions[0]!.value;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const types = readTypes(readPolicyBundle());

function bySource(plan: Json): FactsDocument {
  const projection = projectPlan(plan, types);
  return makeFacts(projection, types, { live: SETTINGS.live, regionFromEnv: SETTINGS.region_from_env });
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => [name, sorted(part)]),
  );
}

const asSet = (list: readonly Json[]): string[] => [...new Set(list.map((one) => JSON.stringify(sorted(one))))].sort();

const each = (target: TargetFacts): Json[] => {
  const { addresses, ...rest } = target;
  return (addresses ?? [target.address]).map((address) => ({ ...rest, address }));
};

const textOf = (value: Json): Json =>
  value === null || typeof value === "string" ? value : JSON.stringify(sorted(value));

const withTexts = (target: Json): Json => ({
  ...target,
  ...(target.address_type === undefined
    ? {}
    : { address_type: { ...target.address_type, value: textOf(target.address_type.value) } }),
  region: { ...target.region, value: typeof target.region.value === "string" ? target.region.value : null },
});

interface Compared {
  same: number;
  /** Refused where the policies by themselves see something, which only plans that Terraform did not make are. */
  stricter: number;
}

function compare(plan: Json, expected: Json, compared: Compared): void {
  const facts = bySource(plan);
  const bindings = new Map<Json, Json>(expected.bindings.map((one: Json) => [one.address, one]));
  for (const binding of facts.bindings) {
    const witness = bindings.get(binding.address);
    bindings.delete(binding.address);
    const found = inOneForm(binding);
    const wanted = witness && inOneForm(witness);
    if (JSON.stringify(found) === JSON.stringify(wanted)) compared.same++;
    else if (isRefused(binding)) compared.stricter++;
    else expect({ plan, found }).toEqual({ plan, found: wanted });
  }
  // What has no address is refused by the count.
  expect([...bindings.keys()].filter((address) => typeof address === "string")).toEqual([]);
  expect(facts.unplanned).toEqual(expect.arrayContaining(expected.unplanned));
  if (facts.unplanned.length > expected.unplanned.length) compared.stricter++;
  const unknown = new Set(
    Object.values(plan.resource_changes ?? {})
      .filter(isBandwidthUnknown)
      .map((one: Json) => one.address),
  );
  const configured = expected.configured.filter((one: Json) => unknown.has(one.address));
  expect(asSet(facts.configured)).toEqual(expect.arrayContaining(asSet(configured)));
}

/** Groups one by one, and values of a wrong type, which the policies keep as they are, as texts. */
function inOneForm({ targets, problems, anycast, area, held, unbound }: BindingFacts): Json {
  const [only] = anycast;
  return {
    area,
    held: sorted(held),
    unbound,
    // What has no address is refused by the count.
    targets: asSet(
      targets
        .filter(({ address }) => typeof address === "string")
        .flatMap(each)
        .map(withTexts),
    ),
    problems: asSet(problems),
    of: anycast.length === 1 && typeof only === "string" ? only : "not told",
  };
}

function isRefused({ targets, problems }: BindingFacts): boolean {
  return problems.length > 0 || targets.length === 0;
}

const FIXTURES = join(__dirname, "..", "fixtures", "plans");

function written(): Json[] {
  const names = readdirSync(FIXTURES).filter((name) => name.endsWith(".json") && name !== "index.json");
  const fixtures = names.map((name) => JSON.parse(readFileSync(join(FIXTURES, name), "utf8")) as Json);
  return [...fixtures, ...readCases(POLICIES).map((one) => one.plan as Json)];
}

describe.each<[string, number, () => Json[]]>([
  ["plans with a recorded verdict", 0.05, written],
  ["generated plans", 0, () => samplePlans(400, 11)],
  ["mutants of real plans", 0.1, () => mutants(400, 11)],
])("%s", (_name, mostStricter, make) => {
  it("have the same facts as the policies derive with opa eval", () => {
    const whole = openEvaluator("plan", { today: SETTINGS.today });
    // A plan on which opa itself gives up has nothing to compare; it is refused everywhere.
    const plans = make().filter((plan) => isReadable(plan) && whole(plan).decision !== undefined);
    expect(plans.length).toBeGreaterThan(300);
    const expected = byOpa(plans);
    expect(expected.length).toBe(plans.length);
    const compared = { same: 0, stricter: 0 };
    plans.forEach((plan, i) => compare(plan, expected[i], compared));
    expect(compared.same).toBeGreaterThan(300);
    expect(compared.stricter).toBeLessThanOrEqual(compared.same * mostStricter);
  });
});

/** What no plan reader takes has no facts. */
function isReadable(plan: Json): boolean {
  try {
    bySource(plan);
    return true;
  } catch (thrown) {
    expect(["AddressListedTwice", "PlanNumberNotExact", "PlanTooDeep"]).toContain((thrown as { code?: string }).code);
    return false;
  }
}

/** What is known needs no configuration to tell whether it is set. */
function isBandwidthUnknown(entry: Json): boolean {
  const marks = entry?.change?.after_unknown;
  return marks === undefined ? false : typeof marks !== "object" || ![undefined, false].includes(marks?.bandwidth);
}
