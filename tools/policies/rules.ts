import { opa } from "./opa";

/** What a rule's METADATA says; the one place its prose is written. */
export interface RuleMetadata {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly source: string;
  readonly level: "deny" | "warn";
  /** A locked rule cannot be switched off or lowered, only waived. */
  readonly locked: boolean;
  /** Path of the Rego file, relative to `policies/`. */
  readonly file: string;
}

interface Annotation {
  readonly location: { readonly file: string };
  readonly annotations: {
    readonly scope: string;
    readonly title?: string;
    readonly description?: string;
    readonly custom?: {
      readonly id?: string;
      readonly level?: "deny" | "warn";
      readonly locked?: boolean;
      readonly fix?: string;
      readonly source?: string;
    };
  };
}

/** The rules of the policies, sorted by id, read from their METADATA by opa. */
export function rulesOf(policies: string): RuleMetadata[] {
  const inspected = JSON.parse(opa(["inspect", "-a", "-f", "json", "rules"], policies)) as {
    annotations?: Annotation[];
  };
  const rules: RuleMetadata[] = [];
  for (const { location, annotations } of inspected.annotations ?? []) {
    const custom = annotations.custom;
    if (annotations.scope !== "package" || !custom?.id) continue;
    const missing = (["level", "fix", "source"] as const).filter((name) => !custom[name]);
    if (missing.length > 0 || !annotations.title || !annotations.description) {
      throw new Error(
        `Expected the METADATA of ${custom.id} to have title, description, level, fix and source (at ${location.file}).`,
      );
    }
    rules.push({
      id: custom.id,
      title: annotations.title,
      why: annotations.description.trim(),
      fix: custom.fix!.trim(),
      source: custom.source!.trim(),
      level: custom.level!,
      locked: custom.locked === true,
      file: location.file,
    });
  }
  return rules.sort((a, b) => (a.id < b.id ? -1 : 1));
}
