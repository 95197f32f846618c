/** The document that `anycast check --format json` prints, version 1 (docs/schemas/check-report.schema.json). */

export type Verdict = "allowed" | "denied" | "error";
export type Outcome = "violation" | "undetermined";
export type Level = "deny" | "warn";

/** One thing a rule found wrong, or could not prove. */
export interface Finding {
  /** Stable rule id, e.g. `binding/internal-only`. */
  readonly rule: string;
  readonly outcome: Outcome;
  /** `deny` blocks; `warn` is shown only. */
  readonly level: Level;
  /** A waived finding stays visible and does not block. */
  readonly waived: boolean;
  /** Terraform address of the resource; `""` for the plan as a whole. */
  readonly address: string;
  /** Attribute looked at, e.g. `address_type`. */
  readonly attribute?: string;
  readonly message: string;
  readonly fix: string;
  /** Path of the rule's page, relative to the project. */
  readonly doc: string;
  /** Where the construct was created, where known. */
  readonly source?: { readonly file: string; readonly line: number };
  /** CDKTF construct path, where known. */
  readonly construct?: string;
}

/** Why one binding was allowed: the proof the policy returned. */
export interface Evidence {
  /** Address of the attachment. */
  readonly address: string;
  /** The load balancers (or other sources) the binding may reach; each was proven. */
  readonly targets: readonly EvidenceTarget[];
  /** `bind_instance_region_id`. */
  readonly region: string;
}

export interface EvidenceTarget {
  /** Resource address, data source address or `live`; of a group of resources the first one. */
  readonly address: string;
  /** All addresses of a group of resources of which the plan says the same; left out for one resource. */
  readonly addresses?: readonly string[];
  /** How the target was found: `reference`, `id`, `data`, `live`. */
  readonly via: string;
  /** The reference or id followed. */
  readonly by: string;
  readonly address_type: string;
  /** The vSwitch id, or the address of the vSwitch it comes from. */
  readonly vswitch: string;
  /** Where the region came from, e.g. `provider alicloud`. */
  readonly region_from: string;
}

export interface PlanReport {
  /** File name as given, `-` for stdin. */
  readonly source: string;
  /** `sha256:…` of the bytes that were checked (the plan JSON). */
  readonly digest: string;
  readonly verdict: Verdict;
  /** Number of attachments that were proven. */
  readonly bindings: number;
  readonly findings?: readonly Finding[];
  readonly evidence?: readonly Evidence[];
  /** What the plan does, for those who review it; only where a comment is made. */
  readonly overview?: PlanOverview;
  /** What the cloud itself was asked and answered (`--live`). */
  readonly facts?: readonly LiveFact[];
  /** The acknowledgements of the stack's constructs and their states; left out when there are none. */
  readonly acknowledgements?: readonly AcknowledgementReport[];
  readonly error?: {
    readonly code: string;
    readonly message: string;
    /** Where in the user's files it comes from, where known. */
    readonly source?: { readonly file: string; readonly line: number };
  };
}

/** What a plan does, and what will be reachable from the internet. */
export interface PlanOverview {
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
  readonly import: number;
  /** There is something to apply, if only outputs. */
  readonly hasChanges: boolean;
  /** What changes, in the plan's order; `action` is terraform's word, or `replace`. */
  readonly resources: readonly { readonly address: string; readonly action: string }[];
  /** How many more there are. */
  readonly moreResources?: number;
  readonly reach: readonly Reach[];
  readonly moreReach?: number;
}

/** One way from the internet. */
export interface Reach {
  /** Address of the attachment, or of the resource that is public by itself. */
  readonly binding: string;
  /** Anycast EIPs it may be of; none for what is public by itself. */
  readonly addresses: readonly string[];
  readonly targets: readonly { readonly address: string; readonly region: string }[];
  /** The policy proved the binding. */
  readonly proven: boolean;
}

/** Something the cloud said while the plan was checked. */
export interface LiveFact {
  /** When it was asked, ISO 8601 in UTC. */
  readonly seen_at: string;
  /** API action asked, e.g. `Slb.DescribeLoadBalancers`. */
  readonly action: string;
  /** Id or area asked for. */
  readonly subject: string;
  /** The answer as far as the rules use it, or why there was none. */
  readonly answer: Readonly<Record<string, unknown>>;
}

/** The policy that decided. */
export interface PolicyReport {
  /** `sha256:…` of the policy's manifest; empty when it could not be opened. */
  readonly digest: string;
  readonly rules: number;
  /** A team's custom policies; left out when there are none. */
  readonly own?: readonly {
    /** As it was named. */
    readonly source: string;
    /** `sha256:…` of the compiled policy and its data. */
    readonly digest: string;
  }[];
}

/** The gate's report on one or more plans. */
export interface CheckReport {
  /** Version of this document. */
  readonly version: 1;
  /** The worst of all plans. */
  readonly verdict: Verdict;
  /** The policy that decided. */
  readonly policy: PolicyReport;
  /** One for each plan, in the order they were given. */
  readonly plans: readonly PlanReport[];
  /** The waivers of anycast.yaml and their states; left out when there are none. */
  readonly waivers?: readonly WaiverReport[];
  /** Where the settings came from, for `--config-from`; left out when they are those of the checkout. */
  readonly settings?: readonly SettingsReport[];
}

/** Settings that were taken from a commit instead of the checkout. */
export interface SettingsReport {
  /** The commit as it was named. */
  readonly from: string;
  /** Its full name. */
  readonly commit: string;
  /** The file, from the repository's root; left out where the commit has none and the defaults were used. */
  readonly file?: string;
  /** Where the checkout's settings differ; the differences were not used. */
  readonly changes: readonly SettingsChange[];
}

/** A settings file of the checkout that differs from the commit's. */
export interface SettingsChange {
  readonly file: string;
  readonly change: "added" | "changed" | "removed";
  /** One sentence per setting; values in backticks. */
  readonly details: readonly string[];
}

/** A waiver that lifted a finding, lifted none, or has run out. */
export interface WaiverReport {
  readonly state: "used" | "unused" | "expired";
  readonly rule: string;
  readonly address: string;
  readonly owner: string;
  readonly reason: string;
  /** Last day on which it holds, YYYY-MM-DD. */
  readonly expires: string;
  /** `file:line:column` of the waiver. */
  readonly at: string;
}

/**
 * What a construct acknowledges, and the state of that acknowledgement. `not-allowed`: it is about a finding, and anycast.yaml does not let
 * acknowledgements lift that rule.
 */
export interface AcknowledgementReport {
  readonly state: "used" | "unused" | "expired" | "not-allowed";
  readonly rule: string;
  /** CDKTF path of the construct that it is for, with everything below it. */
  readonly construct: string;
  /** Addresses of the findings it is about. */
  readonly addresses: readonly string[];
  readonly owner: string;
  readonly reason: string;
  /** Last day on which it holds, YYYY-MM-DD. */
  readonly expires: string;
  /** Where it was written, where known. */
  readonly source?: { readonly file: string; readonly line: number };
}

/** Exit code of a verdict: 0 allowed, 1 denied, 2 error. */
export function exitCodeOf(verdict: Verdict): 0 | 1 | 2 {
  return verdict === "allowed" ? 0 : verdict === "denied" ? 1 : 2;
}

/** The worst of several verdicts; none at all is an error, never allowed. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.length === 0 || verdicts.includes("error")) return "error";
  return verdicts.includes("denied") ? "denied" : "allowed";
}
