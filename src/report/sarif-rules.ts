import { defined } from "../core/defined";
import type { Finding } from "../core/check-report";
import { docLink } from "./doc-link";
import { mdSentence } from "./markdown-text";
import type { RuleText } from "./rule-text";

/** A rule as SARIF describes it. */
export interface ReportingDescriptor {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription?: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly helpUri?: string;
  readonly defaultConfiguration: { readonly level: "error" | "warning" };
  readonly properties: object;
}

/**
 * Describes a rule from its METADATA, or a custom rule from its findings.
 * @param docsUrl absolute URL that doc paths are relative to; without one there is no helpUri
 */
export function descriptorOf(
  id: string,
  rule: RuleText | undefined,
  found: Finding | undefined,
  docsUrl: string | undefined,
): ReportingDescriptor {
  const fix = rule?.fix ?? found?.fix ?? "";
  const level = rule?.level ?? found?.level ?? "deny";
  const doc = rule === undefined ? (found?.doc ?? "") : `docs/rules/${id}.md`;
  const uri = docLink(doc, docsUrl);
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: rule?.title ?? id },
    ...(rule === undefined ? {} : { fullDescription: { text: rule.why } }),
    help: {
      text: paragraphs([rule?.why, `Fix: ${fix}`, rule === undefined ? undefined : `Source: ${rule.source}`]),
      markdown:
        rule === undefined
          ? `**Fix**: ${mdSentence(fix)}`
          : paragraphs([rule.why, `**Fix**: ${rule.fix}`, `**Source**: ${rule.source}`]),
    },
    ...defined({ helpUri: uri }),
    defaultConfiguration: { level: level === "deny" ? "error" : "warning" },
    properties: {
      tags: ["terraform", "alicloud", ...(id.includes("/") ? [id.slice(0, id.indexOf("/"))] : [])],
      ...defined({ locked: rule?.locked }),
    },
  };
}

function paragraphs(texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined).join("\n\n");
}

/** `binding/internal-only` is `BindingInternalOnly` for tools that show names. */
function nameOf(id: string): string {
  return id
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join("");
}
