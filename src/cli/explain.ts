import { Option } from "commander";
import type { Command } from "commander";
import { examplesOf } from "../check/rule-examples";
import { findRule, listRules } from "../check/rules";
import type { RuleMetadata } from "../check/rules";
import { listText, ruleText } from "./explain-text";
import type { CliIo } from "./io";

/** `anycast explain`: why a rule exists and how to satisfy it. */
export function registerExplain(program: Command, io: CliIo): void {
  program
    .command("explain")
    .summary("why a rule exists, and how to satisfy it")
    .description(
      "Explain a rule of the gate: what it wants, why, how to satisfy it, and examples. Without a rule: list them all.",
    )
    .argument("[rule]", "id of the rule, e.g. binding/internal-only, or its last part")
    .addOption(new Option("--format <format>", "form of the result").choices(["text", "json"]).default("text"))
    .addHelpText("after", "\nExamples:\n  anycast explain\n  anycast explain binding/internal-only")
    .action((id: string | undefined, { format }: { format: "text" | "json" }) => {
      const rule = id === undefined ? undefined : findRule(id);
      io.stdout.write(format === "json" ? jsonOf(rule) : textOf(rule, io));
    });
}

function textOf(rule: RuleMetadata | undefined, io: CliIo): string {
  const options = { color: io.color.stdout, width: io.width };
  return rule === undefined ? listText(listRules(), options) : ruleText(rule, examplesOf(rule), options);
}

/** One rule with its examples, or the list of all without. */
function jsonOf(rule: RuleMetadata | undefined): string {
  const document =
    rule === undefined
      ? { version: 1, rules: listRules().map(factsOf) }
      : { version: 1, rule: { ...factsOf(rule), examples: examplesOf(rule) } };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function factsOf({ id, title, level, locked, why, fix, source }: RuleMetadata): object {
  return { id, title, level, locked, why, fix, source, doc: `docs/rules/${id}.md` };
}
