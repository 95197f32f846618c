import { opa } from "../policies/opa";

interface Parsed {
  readonly package: { readonly path: readonly { readonly value: string }[] };
  readonly rules?: readonly { readonly head: { readonly name?: string } }[];
}

/** Names of the tests in these files, as `opa test` finds them: `data.anycast.main_test.test_it`. */
export function testNames(policies: string, files: readonly string[]): string[] {
  return files.flatMap((file) => {
    const { package: home, rules = [] } = JSON.parse(opa(["parse", "-f", "json", file], policies)) as Parsed;
    const path = home.path.map(({ value }) => value).join(".");
    const names = rules.map(({ head }) => head.name ?? "").filter((name) => name.startsWith("test_"));
    return [...new Set(names)].map((name) => `${path}.${name}`);
  });
}

/** A policy that tells of each test whether it passes. */
export function passedRego(tests: readonly string[]): string {
  return ["package mutation_tests", ...tests.map((name) => `passed["${name}"] if ${name}`)].join("\n\n");
}
