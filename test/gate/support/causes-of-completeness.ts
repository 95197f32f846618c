import type { Cause } from "./causes";
import { ATTACHMENT, type Json } from "./plan";

interface Sign {
  readonly title: string;
  readonly made: (plan: Json) => void;
  readonly fix: RegExp;
  readonly carriedOut: (plan: Json) => void;
}

let kept: Json;

const SIGNS: readonly Sign[] = [
  {
    title: "an unknown format",
    made: (plan) => (plan.format_version = "2.0"),
    fix: /^Make the plan with Terraform 1\.8 or newer, or OpenTofu, and check the saved plan or its `show -json` output\.$/,
    carriedOut: (plan) => (plan.format_version = "1.2"),
  },
  {
    title: "a plan with errors",
    made: (plan) => (plan.errored = true),
    fix: /^Repair what `terraform plan` reports as errors, and plan again\.$/,
    carriedOut: (plan) => (plan.errored = false),
  },
  {
    title: "a partial plan",
    made: (plan) => (plan.complete = false),
    fix: /^Plan again without -target, -exclude and resources that wait for another plan, with Terraform 1\.8 or newer, or OpenTofu\.$/,
    carriedOut: (plan) => (plan.complete = true),
  },
  {
    title: "deferred changes",
    made: (plan) => (plan.deferred_changes = [{ reason: "unknown" }]),
    fix: /^Apply first what the deferred changes depend on, or plan without -allow-deferral\.$/,
    carriedOut: (plan) => delete plan.deferred_changes,
  },
  {
    title: "changes that are not a list",
    made: (plan) => {
      kept = plan.resource_changes;
      plan.resource_changes = {};
    },
    fix: /^Check the saved plan, or the output of `show -json` of it, unchanged\.$|^Plan again without -target and -exclude; where OpenTofu's/,
    carriedOut: (plan) => (plan.resource_changes = kept),
  },
  {
    title: "no configuration",
    made: (plan) => {
      kept = plan.configuration.root_module;
      delete plan.configuration.root_module;
    },
    fix: /^Check the saved plan, or the output of `show -json` of it, unchanged\.$/,
    carriedOut: (plan) => (plan.configuration.root_module = kept),
  },
  {
    title: "a binding that is configured but not planned",
    made: (plan) => {
      kept = plan.resource_changes;
      plan.resource_changes = kept.filter((one: Json) => one.type !== ATTACHMENT);
    },
    fix: /^Plan again without -target and -exclude; where OpenTofu's enabled turns the binding off, use count\.$/,
    carriedOut: (plan) => (plan.resource_changes = kept),
  },
];

/** What shows that a plan is not whole. */
export const OF_COMPLETENESS: readonly Cause[] = SIGNS.map((one) => ({ ...one, rule: "plan/complete" }));
