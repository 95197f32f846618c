import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectPlan } from "../../src/plan";
import { makeFacts, type BindingFacts, type FactsDocument, type TargetFacts } from "../../src/plan/resolve";
import { readPolicyBundle } from "../../src/policy";
import { readTypes } from "../../src/pipeline/check/read-types";
import { readCases } from "../../tools/mutate-policies/cases";
import { opa } from "../../tools/policies/opa";
import { samplePlans } from "../gate/model/sample";
import { openJudge } from "../gate/support/judge";
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

/** The same in one form: the policies keep an address type and a region of a wrong type as they are. */
const inOneForm = (target: Json): Json => ({
  ...target,
  ...(target.address_type === undefined
    ? {}
    : { address_type: { ...target.address_type, value: textOf(target.address_type.value) } }),
  region: { ...target.region, value: typeof target.region.value === "string" ? target.region.value : null },
});

const texts = (origins: readonly Json[]): Json => {
  const [only] = origins;
  return origins.length === 1 && typeof only === "string" ? only : "not told";
};

function compare(plan: Json, expected: Json): void {
  const facts = bySource(plan);
  const bindings = new Map<Json, Json>(expected.bindings.map((one: Json) => [one.address, one]));
  for (const binding of facts.bindings) {
    const witness = bindings.get(binding.address);
    bindings.delete(binding.address);
    if (witness === undefined || !saysAnything(witness))
      expect({ plan, refused: isRefused(binding) }).toEqual({ plan, refused: true });
    else {
      const found = {
        targets: asSet(binding.targets.flatMap(each)),
        problems: asSet(binding.problems),
        of: texts(binding.anycast),
      };
      const wanted = {
        targets: asSet(witness.targets.map(inOneForm)),
        problems: asSet(witness.problems),
        of: texts(witness.anycast),
      };
      expect({ plan, found }).toEqual({ plan, found: wanted });
    }
  }
  // What has no address is refused by the count.
  expect([...bindings.keys()].filter((address) => typeof address === "string")).toEqual([]);
  expect([...facts.unplanned].sort()).toEqual(expected.unplanned);
  const unknown = new Set(
    Object.values(plan.resource_changes ?? {})
      .filter(isBandwidthUnknown)
      .map((one: Json) => one.address),
  );
  expect(asSet(facts.configured)).toEqual(asSet(expected.configured.filter((one: Json) => unknown.has(one.address))));
}

/** Of what the policies cannot even look for they say nothing, and of what has no address nothing that counts. */
function saysAnything({ targets, problems }: Json): boolean {
  return targets.length + problems.length > 0 && targets.every((one: Json) => typeof one.address === "string");
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

describe.each<[string, () => Json[]]>([
  ["plans whose verdict is written down", written],
  ["plans of generated models", () => samplePlans(400, 11)],
  ["mutants of real plans", () => mutants(400, 11)],
])("%s", (_name, make) => {
  it("have the facts that the policies make themselves with opa eval", () => {
    const whole = openJudge("whole", { today: SETTINGS.today });
    // A plan on which opa itself gives up has nothing to compare; it is refused everywhere.
    const plans = make().filter((plan) => isReadable(plan) && whole(plan).decision !== undefined);
    const expected = byOpa(plans);
    expect(expected.length).toBe(plans.length);
    expect(plans.length).toBeGreaterThan(300);
    plans.forEach((plan, i) => compare(plan, expected[i]!));
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
