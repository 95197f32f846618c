import { Fn } from "cdktf";
import type { ITerraformIterator, TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { CmsAlarm } from "@cdktf/provider-alicloud/lib/cms-alarm";
import { isUnknown } from "./checks";
import { asTyped, misuse } from "./errors";
import { perKey } from "./for-each";

/** When CloudMonitor reports unhealthy servers, and to whom. */
export interface AlarmOptions {
  /** Names of the contact groups of CloudMonitor that are notified. */
  readonly contactGroups: readonly string[];
  /** Number of unhealthy servers from which on the alarm is raised. @default 1 */
  readonly unhealthyServers?: number;
  /** Evaluations in a row that must find it. @default 3 */
  readonly times?: number;
  /** Period of one evaluation, in seconds. @default 60 */
  readonly period?: number;
}

/**
 * An alarm of CloudMonitor for the servers behind a load balancer (`UnhealthyServerCount` of `acs_slb_dashboard`).
 * @throws ConstructError `InvalidAlarm`
 */
export function addAlarm(
  scope: Construct,
  id: string,
  { contactGroups, unhealthyServers = 1, times = 3, period = 60 }: AlarmOptions,
  alarm: {
    readonly name: string;
    readonly loadBalancerId: string;
    readonly forEach: ITerraformIterator | undefined;
    readonly provider: TerraformProvider | undefined;
  },
): CmsAlarm {
  const wrong = (what: string, rule: string, got: unknown, fix: string): Error =>
    misuse({ code: "InvalidAlarm", what, rule, got, at: scope.node.path, fix });
  if (!Array.isArray(contactGroups) || contactGroups.length === 0) {
    throw wrong(
      "the contact groups of an alarm",
      "a list of at least one",
      contactGroups,
      "name a contact group of CloudMonitor.",
    );
  }
  const unnamed = contactGroups.find(
    (one: unknown) => !isUnknown(one) && (typeof one !== "string" || one.trim() === ""),
  );
  if (contactGroups.includes(unnamed as string)) {
    throw wrong("a contact group of an alarm", "a name", asTyped(unnamed), "name a contact group of CloudMonitor.");
  }
  const counts = { unhealthyServers, times, period };
  for (const [name, value] of Object.entries(counts)) {
    if (isUnknown(value) || (Number.isInteger(value) && value >= 1)) continue;
    throw wrong(`${name} of an alarm`, "a whole number from 1", asTyped(value), "give such a number, or leave it out.");
  }
  if (!isUnknown(period) && period !== 15 && period % 60 !== 0) {
    throw wrong("period of an alarm", "15 or a multiple of 60 seconds", period, "give 60, or leave it out.");
  }
  return perKey(
    new CmsAlarm(scope, id, {
      name: alarm.name,
      project: "acs_slb_dashboard",
      metric: "UnhealthyServerCount",
      metricDimensions: Fn.jsonencode([{ instanceId: alarm.loadBalancerId }]),
      contactGroups: [...contactGroups],
      period,
      escalationsCritical: {
        statistics: "Average",
        comparisonOperator: ">=",
        threshold: String(unhealthyServers),
        times,
      },
      forEach: alarm.forEach,
      provider: alarm.provider,
    }),
  );
}
