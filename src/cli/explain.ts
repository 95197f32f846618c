import type { Command } from "commander";
import { findRule, listRules } from "../pipeline/rules";
import type { RuleMetadata } from "../pipeline/rules";
import type { CliIo } from "./io";
import { wrapped } from "./wrap";

/** `anycast explain`: why a rule exists and how to satisfy it. */
export function registerExplain(program: Command, io: CliIo): void {
  program
    .command("explain")
    .summary("why a rule exists, and how to satisfy it")
    .description(
      "Explain a rule of the gate: what it wants, why, and how to satisfy it. Without a rule: list them all.",
    )
    .argument("[rule]", "id of the rule, e.g. binding/internal-only, or its last part")
    .addHelpText("after", "\nExamples:\n  anycast explain\n  anycast explain binding/internal-only")
    .action((id: string | undefined) => {
      io.stdout.write(id === undefined ? listText() : ruleText(findRule(id), io));
    });
}

function listText(): string {
  const rules = listRules();
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules.map((rule) => `${rule.id.padEnd(width)}  ${rule.level.padEnd(4)}  ${rule.title}\n`).join("");
}

function ruleText(rule: RuleMetadata, { color, width }: CliIo): string {
  const bold = (text: string): string => (color.stdout ? `\u001b[1m${text}\u001b[0m` : text);
  const level = rule.level === "deny" ? "refuses the plan" : "warns only";
  const locked = rule.locked ? "; cannot be switched off, only waived" : "";
  const part = (title: string, text: string): string => `${bold(title)}\n${wrapped(text, width, 2)}\n`;
  // A rule may come with an example, which keeps its line breaks.
  const { example } = rule as { example?: string };
  return [
    `${bold(rule.id)}: ${rule.title} (${level}${locked})\n`,
    part("Why", rule.why),
    part("Fix", rule.fix),
    ...(example === undefined ? [] : [`${bold("Example")}\n${example.trimEnd().replace(/^/gm, "  ")}\n`]),
    part("Source", rule.source),
  ].join("\n");
}
