type Json = Record<string, unknown>;

/** The plan with one load balancer in its middle made internet-facing. */
export function refusedOf(plan: Json): Json {
  const changes = plan.resource_changes as { type: string; change: { after: Json } }[];
  const balancers = changes.filter(({ type }) => type === "alicloud_slb_load_balancer");
  balancers[Math.floor(balancers.length / 2)]!.change.after.address_type = "internet";
  return plan;
}
