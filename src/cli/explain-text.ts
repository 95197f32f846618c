import { posix } from "node:path";
import { exampleTitle } from "../check/rule-examples";
import type { RuleExample } from "../check/rule-examples";
import { isWaivable } from "../check/rules";
import type { RuleMetadata } from "../check/rules";
import { wrapped } from "./wrap";

export interface ExplainTextOptions {
  readonly color: boolean;
  readonly width: number;
}

/** All rules: id and level in a line, the title below where it does not fit next to them. */
export function listText(rules: readonly RuleMetadata[], { width }: ExplainTextOptions): string {
  const ids = Math.max(...rules.map(({ id }) => id.length));
  const fits = rules.every(({ title }) => ids + 8 + title.length <= width);
  return rules
    .map(({ id, level, title }) =>
      fits
        ? `${id.padEnd(ids)}  ${level.padEnd(4)}  ${title}\n`
        : `${id.padEnd(ids)}  ${level}\n${wrapped(title, width, 4)}\n`,
    )
    .join("");
}

/** What a rule requires, why, how to satisfy it, and its examples. */
export function ruleText(
  rule: RuleMetadata,
  examples: readonly RuleExample[],
  { color, width }: ExplainTextOptions,
): string {
  const bold = (text: string): string => (color ? text.replace(/^.*$/gm, "\u001b[1m$&\u001b[22m") : text);
  const part = (title: string, text: string): string => `${bold(title)}\n${wrapped(text, width, 2)}\n`;
  return [
    `${bold(wrapped(`${rule.id}: ${rule.title}`, width, 0))}\n`,
    part("Level", levelSentence(rule)),
    part("Why", rule.why),
    part("Fix", rule.fix),
    // Examples keep their line breaks: they are to be copied.
    ...shownOf(examples).map(
      (example) => `${bold(exampleTitle(example, rule))}\n${example.text.replace(/^(?=.)/gm, "  ")}\n`,
    ),
    ...(examples.length === shownOf(examples).length
      ? []
      : [part("More examples", `With --format json, and in ${posix.dirname(examples[0]!.file)}.`)]),
    part("Source", rule.source),
  ].join("\n");
}

/** One example of each kind: more would fill the terminal. */
function shownOf(examples: readonly RuleExample[]): readonly RuleExample[] {
  return examples.filter(({ verdict }, i) => examples.findIndex((other) => other.verdict === verdict) === i);
}

/** What a finding of the rule does, and what can be done about it. */
function levelSentence(rule: RuleMetadata): string {
  const does = rule.level === "deny" ? "A finding refuses the plan." : "A finding is shown as a warning.";
  const change = rule.locked
    ? "The rule cannot be switched off or lowered"
    : `anycast.yaml can change that (levels: {${rule.id}: deny, warn or off})`;
  const waive = isWaivable(rule) ? "one finding can be waived in anycast.yaml" : "nor can a finding be waived";
  return `${does} ${change}; ${waive}.`;
}
