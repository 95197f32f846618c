import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Cause, savedWith } from "./support/causes";
import { OF_ADDRESSES } from "./support/causes-of-addresses";
import { OF_COMPLETENESS } from "./support/causes-of-completeness";
import { OF_ORDER } from "./support/causes-of-order";
import { OF_PLANS } from "./support/causes-of-plans";
import { OF_REFUSALS } from "./support/causes-of-refusals";
import { OF_REGIONS } from "./support/causes-of-regions";
import { OF_TARGETS } from "./support/causes-of-targets";
import { openEvaluator } from "./support/evaluate";
import { fixture, type Json } from "./support/plan";

const CAUSES: readonly Cause[] = [
  ...OF_TARGETS,
  ...OF_PLANS,
  ...OF_REGIONS,
  ...OF_ADDRESSES,
  ...OF_COMPLETENESS,
  ...OF_ORDER,
  ...OF_REFUSALS,
];
const ROOT = join(__dirname, "..", "..");

type Found = readonly { readonly rule: string; readonly level: string; readonly fix: string }[];

/** Findings of a plan, and of the saved plan where its source is given. */
function findings(plan: Json, settings: Cause["settings"], source: string | undefined): Found {
  const file = source === undefined ? undefined : savedWith(source);
  const { decision, why } = openEvaluator("facts", settings)(plan, file);
  if (decision === undefined) throw new Error(`Expected a decision, got ${why.join()}.`);
  return decision.findings;
}

/** The gate gives fitting facts; policies/lib/given_facts_test.rego has those that do not. */
const OF_OTHER_CALLERS = /^Give the policies the facts of this very plan/;
const VISIBLE = "plan/expressions-visible";

describe("the fix of each cause", () => {
  it.each(CAUSES)("of $title removes the finding ($rule)", ({ rule, of = "internal-vpc", made, fix, ...cause }) => {
    const plan = fixture(of);
    made(plan);
    const before = findings(plan, cause.settings, cause.source).filter((one) => one.rule === rule);
    expect(before.length).toBeGreaterThan(0);
    for (const one of before) expect(one.fix).toMatch(fix);
    cause.carriedOut(plan);
    const after = findings(plan, { ...cause.settings, ...cause.then?.settings }, cause.then?.source ?? cause.source);
    expect(after.filter((one) => one.rule === rule)).toEqual([]);
    expect(after.filter((one) => one.level === "deny" && one.rule !== VISIBLE)).toEqual([]);
  });

  /** What stands on a rule's page only: each of its findings has a fix of its own. */
  const ON_PAGES = new Set(["plan/complete", "plan/provider", "binding/region-matches-target", "binding/one-region"]);
  const rules = JSON.parse(readFileSync(join(ROOT, "policies/wasm/rules.json"), "utf8")) as {
    rules: readonly { readonly id: string; readonly fix: string }[];
  };
  const ofRules = rules.rules.filter(({ id }) => !ON_PAGES.has(id)).map((one) => one.fix);

  it.each([...new Set([...ofRules, ...writtenFixes()])])("is covered by a case above: %s", (fix) => {
    expect([...CAUSES.map((one) => one.fix), OF_OTHER_CALLERS].some((one) => one.test(fix))).toBe(true);
  });
});

/** Texts in the policies and in what makes the facts that are sentences, which only fixes are. */
function writtenFixes(): string[] {
  return ["policies/rules", "src/plan/resolve"].flatMap((directory) =>
    readdirSync(join(ROOT, directory), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.(?:rego|ts)$/.test(path) && !path.endsWith("_test.rego"))
      .flatMap((path) => {
        const text = readFileSync(join(ROOT, directory, path), "utf8").replace(/^\s*(?:#|\*|\/\*\*|\/\/).*$/gm, "");
        return [...text.matchAll(/"([A-Z](?:[^"\\\n]|\\.)*\.)"/g)].map(
          (found) => JSON.parse(`"${found[1]!}"`) as string,
        );
      }),
  );
}
