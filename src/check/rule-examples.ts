import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PACKAGE_ROOT } from "../core/package-root";
import { parsePlan } from "../plan";
import { planExcerpt } from "./plan-excerpt";
import type { RuleMetadata } from "./rules";

/** An example that ships with a rule. */
export interface RuleExample {
  /** Path of its file, relative to the package, with `/`. */
  readonly file: string;
  /** The gate's verdict, from the file's name. */
  readonly verdict: "allowed" | "denied";
  /** What it is about, from its name: `denied-left-out.plan` is about "left out". */
  readonly about: string;
  readonly language: "hcl" | "typescript" | "rego";
  readonly text: string;
}

const LANGUAGES: Readonly<Record<string, RuleExample["language"]>> = {
  // Not .json: OPA would load that as data next to the policies.
  plan: "hcl",
  tf: "hcl",
  hcl: "hcl",
  ts: "typescript",
  rego: "rego",
};

/** The examples in a rule's folder, denied ones first; a plan is shown as the configuration it was made of. */
export function examplesOf(rule: RuleMetadata, root: string = PACKAGE_ROOT): RuleExample[] {
  const folder = join(dirname(join("policies", rule.file)), "examples");
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .sort()
    .flatMap((name): RuleExample[] => {
      const [, verdict, about, extension] = /^(allow|den)[a-z]*[-_.]?(.*?)\.([a-z]+)$/.exec(name) ?? [];
      const language = LANGUAGES[extension ?? ""];
      if (verdict === undefined || about === undefined || language === undefined) return [];
      const file = `${folder.replace(/\\/g, "/")}/${name}`;
      const bytes = readFileSync(join(root, folder, name));
      const text = extension === "plan" ? planExcerpt(parsePlan(bytes, file)) : bytes.toString("utf8").trimEnd();
      return [
        {
          file,
          verdict: verdict === "den" ? "denied" : "allowed",
          about: about.replace(/[-_]+/g, " "),
          language,
          text,
        },
      ];
    })
    .sort((a, b) => (a.verdict === b.verdict ? 0 : a.verdict === "denied" ? -1 : 1));
}

/** What an example shows, in words: a rule that only warns denies nothing. */
export function exampleTitle({ verdict, about }: RuleExample, { level }: Pick<RuleMetadata, "level">): string {
  const says = verdict === "allowed" ? "Allowed" : level === "deny" ? "Denied" : "Warned about";
  return about === "" ? says : `${says}: ${about}`;
}
