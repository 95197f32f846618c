import { isRecord } from "../core/is-record";
/** Members of a plan that rules read in addition to the facts. */
const ENVELOPE = [
  "format_version",
  "terraform_version",
  "complete",
  "errored",
  "applyable",
  "deferred_changes",
  "resource_changes",
];

/**
 * What the policies are given of a plan in addition to the facts: its envelope and its changes. Everything else is left out, so
 * a plan cannot bring facts of its own.
 */
export function policyInput(plan: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const name of ENVELOPE) if (Object.hasOwn(plan, name)) input[name] = plan[name];
  if (Object.hasOwn(plan, "configuration")) input.configuration = outline(plan.configuration);
  return input;
}

/** Of the configuration only that it is there, and who made the plan: providers are named by OpenTofu's registry or Terraform's. */
function outline(configuration: unknown): unknown {
  if (!isRecord(configuration)) return configuration;
  const { root_module: root, provider_config: providers } = configuration;
  return {
    ...(root === undefined ? {} : { root_module: isRecord(root) ? {} : root }),
    ...(providers === undefined ? {} : { provider_config: isRecord(providers) ? names(providers) : providers }),
  };
}

function names(providers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(providers).map(([key, one]) => [key, isRecord(one) ? { full_name: one.full_name ?? null } : one]),
  );
}
