/** The prose of a rule, from its METADATA; some formats show it. */
export interface RuleText {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly source: string;
  readonly level: "deny" | "warn";
  /** A locked rule cannot be switched off or lowered, only waived. */
  readonly locked: boolean;
}
