import { Fn } from "cdktf";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { CmsAlarm } from "@cdktf/provider-alicloud/lib/cms-alarm";
import { misuse } from "./errors";

/** Whom CloudMonitor tells of unhealthy servers, and when. */
export interface AlarmOptions {
  /** Names of the contact groups of CloudMonitor that are told. */
  readonly contactGroups: readonly string[];
  /** Servers that are unhealthy at once from which on it is said. @default 1 */
  readonly unhealthyServers?: number;
  /** Times in a row that this must be seen. @default 3 */
  readonly times?: number;
  /** Seconds of one look. @default 60 */
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
  alarm: { readonly name: string; readonly loadBalancerId: string; readonly provider: TerraformProvider | undefined },
): CmsAlarm {
  if (contactGroups.length === 0) {
    throw misuse({
      code: "InvalidAlarm",
      what: "the contact groups of an alarm",
      rule: "at least one",
      got: "none",
      at: scope.node.path,
      fix: "name a contact group of CloudMonitor.",
    });
  }
  return new CmsAlarm(scope, id, {
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
    provider: alarm.provider,
  });
}
