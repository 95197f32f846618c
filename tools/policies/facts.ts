import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { opa } from "./opa";
import { policySources } from "./sources";

/** The directory of the facts as Rego, relative to `policies/`. */
export const FACTS_REGO = "lib/facts.rego";

/**
 * The facts of policies/data as Rego, so that the policies need no data next to them: an engine that is given only the
 * Rego (HCP Terraform, conftest) would otherwise find no bindings at all.
 */
export function factsRego(policies: string): string {
  const facts = readFacts(policies);
  const read = policySources(policies).filter((name) => name.endsWith(".rego") && name !== FACTS_REGO);
  const rego = read.map((name) => readFileSync(join(policies, name), "utf8")).join("\n");
  const rules = Object.keys(facts)
    .filter((name) => rego.includes(`lib.facts.${name}`))
    .sort()
    .map((name) => `${name} := ${JSON.stringify(facts[name])}`);
  const header = [
    "# METADATA",
    "# title: Facts",
    "# description: Generated from policies/data by tools/policies/build.ts (npm run policies). Do not edit.",
    "package anycast.lib.facts",
  ];
  return opa(["fmt"], policies, [...header, "", ...rules.flatMap((rule) => [rule, ""])].join("\n"));
}

/** Every file of policies/data, merged at the top of `anycast`. */
export function readFacts(policies: string): Record<string, unknown> {
  const directory = join(policies, "data");
  const files = readdirSync(directory)
    .filter((name) => name.endsWith(".json"))
    .sort();
  return Object.assign(
    {},
    ...files.map((name) => (JSON.parse(readFileSync(join(directory, name), "utf8")) as { anycast: object }).anycast),
  ) as Record<string, unknown>;
}
