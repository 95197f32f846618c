import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { SETTINGS } from "../../test/gate/support/evaluate";
import { fixture, fixtureNames } from "../../test/gate/support/plan";
import { readTables } from "./tables";

/** A plan, and what the policies must say of it; what is left out may be anything. */
export interface Case {
  readonly title: string;
  readonly plan: unknown;
  readonly settings: unknown;
  readonly denied?: boolean;
  /** Rules that must deny. */
  readonly denied_by?: readonly string[];
  /** Rules that must find something, whatever their level. */
  readonly found?: readonly string[];
  readonly not_found?: readonly string[];
  /** `binding <- targets`, sorted. */
  readonly proofs?: readonly string[];
}

/** Every plan whose right verdict is written down: the tables of test/gate, the rules' examples, the real plans. */
export function readCases(policies: string): Case[] {
  return [...tables(), ...examples(policies), ...realPlans()];
}

function tables(): Case[] {
  return readTables().flatMap(({ title, of = "internal-vpc", edit, options, ...expected }): Case[] => {
    const edited = fixture(of);
    edit(edited);
    const plan: unknown = JSON.parse(JSON.stringify(edited));
    const one = { title, plan, settings: { ...SETTINGS, region_from_env: options?.regionFromEnv ?? null } };
    if ("proof" in expected) return [{ ...one, denied: false, proofs: [...expected.proof].sort() }];
    // The code of an error is what others than the policies say.
    return expected.by.includes("/") ? [{ ...one, denied_by: [expected.by] }] : [];
  });
}

function examples(policies: string): Case[] {
  const rules = join(policies, "rules");
  return readdirSync(rules, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".plan"))
    .sort()
    .map((path) => {
      const rule = path.split("/").slice(0, 2).join("/");
      const plan: unknown = JSON.parse(readFileSync(join(rules, path), "utf8"));
      const one = { title: path, plan, settings: SETTINGS };
      return basename(path).startsWith("allowed-")
        ? { ...one, denied: false, not_found: [rule] }
        : { ...one, found: [rule] };
    });
}

function realPlans(): Case[] {
  const expected = fixture("index") as { name: string; expect: string }[];
  return fixtureNames().map((name) => ({
    title: name,
    plan: fixture(name) as unknown,
    settings: SETTINGS,
    denied: expected.find((one) => one.name === name)?.expect !== "allow",
  }));
}
