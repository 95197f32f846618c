import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CheckReport, Finding, PlanReport } from "../../../src/core/check-report";
import { checkPlans } from "../../../src/check";

export const PLANS = join(__dirname, "../../fixtures/plans");

/** Every plan of the fixtures by name. */
export const PLAN_NAMES = (JSON.parse(readFileSync(join(PLANS, "index.json"), "utf8")) as { name: string }[]).map(
  ({ name }) => name,
);

/** The digest of the policy changes whenever a rule does; nothing here is about it. */
export const POLICY = { digest: `sha256:${"0".repeat(64)}`, rules: 16 };

/** What the gate says about plans of the fixtures. */
export async function checked(...names: readonly string[]): Promise<CheckReport> {
  const sources = names.map((name) => ({ name, path: join(PLANS, name) }));
  return withPolicy(await checkPlans(sources, { emit: () => undefined, cwd: PLANS, env: {} }));
}

/** What the gate says about a plan that is an edit of one of the fixtures' texts. */
export async function checkedEdit(name: string, edit: (text: string) => string): Promise<CheckReport> {
  const json = Buffer.from(edit(readFileSync(join(PLANS, name), "utf8")));
  return withPolicy(await checkPlans([{ name, json }], { emit: () => undefined, cwd: PLANS, env: {} }));
}

function withPolicy(report: CheckReport): CheckReport {
  return { ...report, policy: POLICY };
}

export const DIGEST = `sha256:${"a".repeat(64)}`;

export function finding(change: Partial<Finding> = {}): Finding {
  return {
    rule: "binding/vpc-only",
    outcome: "violation",
    level: "deny",
    waived: false,
    address: "alicloud_x.t",
    attribute: "vswitch_id",
    message: "Expected A to be B, got `c` (at alicloud_x.t).",
    fix: "Give it one.",
    doc: "docs/rules/binding/vpc-only.md",
    ...change,
  };
}

/** A report with one plan; `error` leaves out what an error leaves out. */
export function reportWith(change: Partial<PlanReport>, rest: Partial<CheckReport> = {}): CheckReport {
  const findings = change.findings ?? [];
  const denied = findings.some(({ level, waived }) => level === "deny" && !waived);
  const base = { source: "plan.json", digest: DIGEST };
  const plan: PlanReport =
    change.error === undefined
      ? {
          ...base,
          verdict: denied ? "denied" : "allowed",
          bindings: change.evidence?.length ?? 0,
          findings,
          evidence: [],
          ...change,
        }
      : { ...base, verdict: "error", bindings: 0, ...change };
  return { version: 1, verdict: plan.verdict, policy: POLICY, plans: [plan], ...rest };
}

/** One of everything a report can hold. */
export const EVERYTHING: CheckReport = reportWith(
  {
    evidence: [
      {
        address: "alicloud_x.p",
        targets: [
          {
            address: "live",
            via: "live",
            by: "lb-1",
            address_type: "intranet",
            vswitch: "vsw-1",
            region_from: "the cloud",
          },
        ],
        region: "cn-hongkong",
      },
    ],
    findings: [
      finding({ source: { file: "stacks/a.ts", line: 12 }, construct: "app/a" }),
      finding({ address: "alicloud_x.u", outcome: "undetermined" }),
      finding({ address: "alicloud_x.w", level: "warn", rule: "change/interruption" }),
      finding({ address: "alicloud_x.y", waived: true }),
    ],
    facts: [
      {
        seen_at: "2026-01-02T03:04:05.000Z",
        action: "Slb.DescribeLoadBalancers",
        subject: "lb-1",
        answer: { AddressType: "intranet" },
      },
    ],
  },
  {
    waivers: (["used", "unused", "expired"] as const).map((state, i) => ({
      state,
      rule: "binding/vpc-only",
      address: `alicloud_x.${"yno"[i]!}`,
      owner: "ops",
      reason: "migration",
      expires: "2026-03-01",
      at: `anycast.yaml:${i + 3}:5`,
    })),
  },
);

/** Texts that try to be more than text, in every place a plan can put one. */
export const HOSTILE =
  "\u001b[31mred\u001b]8;;http://evil\u0007\u009b2J\r\n::error::pwned ::set-output name=x::y ##[error]x ##vso[task.x]y " +
  "\u202eoverride\u200b\u2066 a|b <script>alert(1)</script> <!-- ]]> & \" ' `code` *b* _i_ [l](javascript:x) ![i](http://e) " +
  "@someone #1 https://evil.example www.evil.example $x$ ~~s~~ \\ % : , \u{e0041}\ud800\ufffe\u3000|";

/** A report in which every text that may come from a plan is hostile. */
export function hostileReport(text: string = HOSTILE): CheckReport {
  return reportWith(
    {
      source: text,
      findings: [
        finding({
          address: text,
          message: text,
          fix: text,
          attribute: text,
          construct: text,
          source: { file: text, line: 1 },
        }),
        finding({ address: text, waived: true, rule: "change/interruption" }),
      ],
      evidence: [
        {
          address: text,
          region: text,
          targets: [{ address: text, via: text, by: text, address_type: text, vswitch: text, region_from: text }],
        },
      ],
      acknowledgements: [
        {
          state: "not-allowed",
          rule: text,
          construct: text,
          addresses: [text],
          owner: text,
          reason: text,
          expires: "2026-03-01",
          source: { file: text, line: 1 },
        },
      ],
      facts: [{ seen_at: "2026-01-02T03:04:05.000Z", action: text, subject: text, answer: { [text]: text } }],
    },
    {
      waivers: [
        { state: "expired", rule: text, address: text, owner: text, reason: text, expires: "2026-03-01", at: text },
      ],
    },
  );
}
