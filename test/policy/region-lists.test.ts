import { readFileSync } from "node:fs";
import { join } from "node:path";
import regions from "../../policies/data/regions.json";
import { readPolicyBundle } from "../../src/policy";

const CONFIGURATION = readFileSync(join(__dirname, "..", "..", "docs", "configuration.md"), "utf8");

describe("the region lists", () => {
  const { region_lists: lists, regions: ids } = regions.anycast;

  it.each(["quick_start", "current"] as const)(
    "of %s have their source and date on the rule's page and in the docs",
    (name) => {
      const { source, date } = lists[name];
      const rule = readPolicyBundle().rules.find((one) => one.id === "binding/supported-region");
      expect(rule?.source).toContain(`\`${name}\`: ${source} (${date})`);
      const row = CONFIGURATION.split("\n").find((line) => line.startsWith(`| \`${name}\``));
      expect(row?.replace(/ +/g, " ")).toContain(
        ` | ${ids[name].map(({ id }) => id).join(", ")} | ${source} | ${date} |`,
      );
    },
  );
});
