import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPlans } from "../../src/check";
import { readPolicyBundle } from "../../src/policy";

const RULES = join(__dirname, "..", "..", "policies", "rules");
const { rules } = readPolicyBundle();
const examples = rules.flatMap((rule) =>
  readdirSync(join(RULES, rule.id, "examples")).map((file): [string, string, "deny" | "warn"] => [
    rule.id,
    file,
    rule.level,
  ]),
);

describe("every rule has examples", () => {
  it.each(rules.map((rule) => rule.id))("%s: at least one allowed and one denied", (id) => {
    const files = readdirSync(join(RULES, id, "examples"));
    expect(files.some((file) => file.startsWith("allowed-"))).toBe(true);
    expect(files.some((file) => file.startsWith("denied-"))).toBe(true);
  });

  it.each(examples)("%s: %s", async (id, file, level) => {
    const path = join(RULES, id, "examples", file);
    const report = await checkPlans([{ name: file, path }], { emit: () => undefined, cwd: tmpdir() });
    const found = report.plans[0]?.findings?.map((finding) => finding.rule) ?? ["none"];
    if (file.startsWith("allowed-")) {
      expect(found).not.toContain(id);
      expect(report.verdict).toBe("allowed");
    } else {
      expect(found).toContain(id);
      expect(report.verdict).toBe(level === "deny" ? "denied" : "allowed");
    }
  });
});
