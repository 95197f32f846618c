import type { Call } from "../call";
import { invalid } from "../errors";

export const SPECS = [
  "slb.s1.small",
  "slb.s2.small",
  "slb.s2.medium",
  "slb.s3.small",
  "slb.s3.medium",
  "slb.s3.large",
  "slb.s4.large",
  "slb.lcu.elastic",
] as const;

/** Given in either spelling (`paybytraffic`, `PayByTraffic`); kept as the API shows it. */
export function internetChargeType(call: Call): string | undefined {
  const text = call.params.text("InternetChargeType")?.toLowerCase();
  if (text !== undefined && text !== "paybytraffic" && text !== "paybybandwidth")
    throw invalid(
      "InternetChargeType",
      `expected paybytraffic or paybybandwidth, got "${text}".`,
      "UnsupportedOperationonfixedInternetChargeType",
    );
  return text;
}
