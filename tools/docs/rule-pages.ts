import { readFileSync } from "node:fs";
import { join } from "node:path";
import { examplesOf, exampleTitle } from "../../src/check/rule-examples";
import type { RuleExample } from "../../src/check/rule-examples";
import { isWaivable } from "../../src/check/rules";
import type { RuleMetadata } from "../../src/check/rules";
import { BANNER } from "./pages";

/** A page per rule, and their index. The rules are those of the committed bundle, which is compared with its sources. */
export function rulePages(root: string): Map<string, string> {
  const { rules } = JSON.parse(readFileSync(join(root, "policies/wasm/rules.json"), "utf8")) as {
    rules: RuleMetadata[];
  };
  return new Map([
    ["docs/rules/README.md", indexPage(rules)],
    ...rules.map((rule): [string, string] => [`docs/rules/${rule.id}.md`, rulePage(rule, examplesOf(rule, root))]),
  ]);
}

function indexPage(rules: readonly RuleMetadata[]): string {
  const categories = [...new Set(rules.map(categoryOf))];
  return `${[
    BANNER,
    "# Rules of the gate",
    "Each rule looks at a plan and passes, finds a violation, or cannot determine; what it cannot determine refuses the " +
      "plan like a violation. `anycast explain RULE` shows a rule's page in the terminal.",
    ...categories.flatMap((category) => [
      `## ${category}`,
      [
        "| Rule | What it wants | Finding | Can be switched off |",
        "| --- | --- | --- | --- |",
        ...rules
          .filter((rule) => categoryOf(rule) === category)
          .map(
            (rule) =>
              `| [${rule.id}](${rule.id}.md) | ${cell(rule.title)} | ${rule.level === "deny" ? "refuses" : "warns"} | ${rule.locked ? "no" : "yes"} |`,
          ),
      ].join("\n"),
    ]),
  ].join("\n\n")}\n`;
}

function rulePage(rule: RuleMetadata, examples: readonly RuleExample[]): string {
  return `${[
    BANNER,
    `# ${rule.id}: ${rule.title}`,
    [
      `- **Finding**: ${rule.level === "deny" ? "refuses the plan" : "is shown as a warning"}`,
      `- **Can be switched off**: ${switchSentence(rule)}`,
      `- **Source**: ${rule.source}`,
      `- **Policy**: [policies/${rule.file}](../../../policies/${rule.file})`,
    ].join("\n"),
    "## Why",
    rule.why,
    "## Fix",
    rule.fix,
    ...(examples.length === 0 ? [] : ["## Examples", ...examples.map((example) => exampleText(example, rule))]),
    ...(isWaivable(rule) ? waiverBlocks(rule) : []),
    "[All rules](../README.md)",
  ].join("\n\n")}\n`;
}

function switchSentence({ id, level, locked }: RuleMetadata): string {
  if (locked) return `no, nor lowered to a warning${isWaivable({ id }) ? "; only waived" : ", nor waived"}`;
  const other = level === "deny" ? "warn" : "deny";
  return `yes, in anycast.yaml with \`levels: {${id}: off}\`; \`${other}\` is possible too`;
}

function exampleText(example: RuleExample, rule: RuleMetadata): string {
  const { file, language, text } = example;
  return `### ${exampleTitle(example, rule)}\n\n${fenced(language, text)}\n\n[${file.split("/").at(-1)!}](../../../${file})`;
}

function waiverBlocks({ id }: RuleMetadata): string[] {
  const yaml = [
    "waivers:",
    `  - rule: ${id}`,
    "    address: the exact address of the finding",
    "    reason: why this one is fine",
    "    owner: who answers for it",
    "    expires: 2030-12-31",
  ];
  return [
    "## Waive one finding",
    "In anycast.yaml, until a date. The finding stays visible:",
    fenced("yaml", yaml.join("\n")),
  ];
}

/** A code block whose fence is longer than any inside it. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

const categoryOf = ({ id }: RuleMetadata): string => id.slice(0, id.indexOf("/"));

const cell = (text: string): string => text.replace(/\|/g, "\\|");
