import type { Decision, PolicyFinding } from "../../src/policy";
import { strictest } from "../../src/policy";

const proof = (address: string, target: string): Decision["evidence"][number] => ({
  address,
  region: "ap-southeast-1",
  targets: [{ address: target, via: "reference", by: "lb", address_type: "intranet", vswitch: "s", region_from: "p" }],
});

const finding = (address: string, more: Partial<PolicyFinding> = {}): PolicyFinding => ({
  rule: "binding/internal-only",
  outcome: "violation",
  level: "deny",
  waived: false,
  address,
  attribute: "address_type",
  message: "m",
  fix: "f",
  ...more,
});

const decision = (more: Partial<Decision> = {}): Decision => ({
  rules: ["a", "b"],
  attachments: 2,
  findings: [],
  evidence: both,
  waivers: [],
  ...more,
});

const both = [proof("x", "lb[0]"), proof("y", "lb[0]")];
const warning = finding("x", { level: "warn" });

describe("of two decisions on one plan the stricter counts", () => {
  test.each<[string, Partial<Decision>, Partial<Decision>, Partial<Decision>]>([
    ["what both prove is proven", {}, {}, { evidence: both }],
    ["by what was seen from closer by", {}, { evidence: [proof("x", "lb[1]")] }, { evidence: [proof("x", "lb[1]")] }],
    [
      "what the closer one refuses is refused",
      {},
      { findings: [finding("x")], evidence: [proof("y", "lb[0]")] },
      { findings: [finding("x")], evidence: [proof("y", "lb[0]")] },
    ],
    [
      "what only the first refuses is too",
      { findings: [finding("x")] },
      {},
      { findings: [finding("x")], evidence: [both[1]!] },
    ],
    [
      "a plan that is refused as a whole proves nothing",
      { findings: [finding("")] },
      {},
      { findings: [finding("")], evidence: [] },
    ],
    [
      "a warning refuses nothing, and is told once",
      { findings: [warning] },
      { findings: [warning] },
      { findings: [warning], evidence: both },
    ],
    ["a rule counts that took part in both", { rules: ["a"] }, {}, { rules: ["a"] }],
    ["a waiver counts that either used", { waivers: [3, 1] }, { waivers: [1, 2] }, { waivers: [1, 2, 3] }],
  ])("%s", (_title, first, closer, expected) => {
    expect(strictest(decision(first), decision(closer))).toEqual(decision(expected));
  });
});
