import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { planResource } from "../../../src/provider/plan/plan";
import { resourceTypes } from "../../../src/provider/resources";
import { loadCovered } from "../../../src/provider/schema/load";
import { conform } from "../../../src/provider/values/convert";
import type { CtyType, Value } from "../../../src/provider/values/value";
import { canonical, isArray, isObject, UNKNOWN } from "../../../src/provider/values/value";

/** Plans that the released provider made of random states and configurations (tools/record). Fields that are null are left out. */
interface Recorded {
  readonly type: string;
  readonly prior: unknown;
  readonly proposed: unknown;
  readonly planned: unknown;
  readonly replace: readonly unknown[];
}

const RECORDED = JSON.parse(
  gunzipSync(readFileSync(join(__dirname, "../fixtures/sdk-plans.json.gz"))).toString("utf8"),
) as readonly Recorded[];

/** `{"$":"unknown"}` stands for what is known after apply. */
function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Record<string, unknown>;
  if (fields.$ === "unknown") return UNKNOWN;
  return Object.fromEntries(Object.entries(fields).map(([key, one]) => [key, revive(one)]));
}

/** Sets in one order, so that equal ones look equal. */
function ordered(type: CtyType, value: Value): Value {
  if (typeof type === "string") return value;
  if (isArray(value)) {
    const items = value.map((one) => ordered(type[1] as CtyType, one));
    return type[0] === "set" ? items.sort((one, other) => (canonical(one) < canonical(other) ? -1 : 1)) : items;
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      ordered(type[0] === "object" ? (type[1][key] as CtyType) : (type[1] as CtyType), one),
    ]),
  );
}

const TYPES = [...new Set(RECORDED.map((one) => one.type))];

it("there are recorded plans of every simulated resource type", () => {
  expect([...TYPES].sort()).toEqual([...resourceTypes.keys()].sort());
});

it.each(TYPES)("plans of %s equal those of the released provider", (name) => {
  const schema = loadCovered().resources.get(name)!;
  const plan = resourceTypes.get(name)!.plan ?? {};
  const rules = typeof plan === "function" ? plan({ region: "", accountId: "", replaceOnImageUpdate: false }) : plan;
  const read = (value: unknown): Value => conform(schema.type, revive(value));
  for (const one of RECORDED.filter((recorded) => recorded.type === name)) {
    const mine = planResource(schema, rules, read(one.prior), read(one.proposed));
    expect(ordered(schema.type, mine.state)).toEqual(ordered(schema.type, read(one.planned)));
    const sorted = (paths: readonly unknown[]): readonly string[] =>
      [...new Set(paths.map((path) => JSON.stringify(path)))].sort();
    // Terraform asks for these only where there is something to replace.
    if (one.prior !== null) expect(sorted(mine.replace)).toEqual(sorted(one.replace));
  }
});
