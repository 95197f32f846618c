import type { CheckOptions } from "../../../src/check";
import { check, provenBy } from "./evaluate";
import { fixture, type Json } from "./plan";

/** One edit of a real plan, and the rule (or the code of the error) that must stop it. */
export interface Refused {
  readonly title: string;
  /** @default internal-vpc, which is allowed as it is */
  readonly of?: string;
  readonly edit: (plan: Json) => void;
  /** The rule that denies, or the code of the error. */
  readonly by: string;
  readonly options?: Partial<CheckOptions>;
}

/** One edit of a real plan that leaves everything provable, and what must be proven of what. */
export interface Proven {
  readonly title: string;
  /** @default internal-vpc */
  readonly of?: string;
  readonly edit: (plan: Json) => void;
  /** `binding <- targets` of every binding. */
  readonly proof: readonly string[];
  readonly options?: Partial<CheckOptions>;
}

/** Every case of the tables that were read. */
export const tables: (Refused | Proven)[] = [];

export function refuses(cases: readonly Refused[]): void {
  tables.push(...cases);
  test.each(cases)("$title", async ({ of = "internal-vpc", edit, by, options }) => {
    const plan = fixture(of);
    edit(plan);
    const report = await check(plan, options);
    const why = report.error === undefined ? denialsOf(report.findings ?? []) : [report.error.code];
    expect(report.verdict).not.toBe("allowed");
    expect(why).toContain(by);
  });
}

export function proves(cases: readonly Proven[]): void {
  tables.push(...cases);
  test.each(cases)("$title", async ({ of = "internal-vpc", edit, proof, options }) => {
    const plan = fixture(of);
    edit(plan);
    const report = await check(plan, options);
    expect({ verdict: report.verdict, why: denialsOf(report.findings ?? []), error: report.error }).toEqual({
      verdict: "allowed",
      why: [],
      error: undefined,
    });
    expect(provenBy(report)).toEqual([...proof].sort());
  });
}

function denialsOf(findings: readonly { rule: string; level: string; waived: boolean }[]): string[] {
  return findings.filter((one) => one.level === "deny" && !one.waived).map((one) => one.rule);
}
