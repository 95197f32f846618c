import { all, type Cause, plans, removes } from "./causes";
import { addDataSource, ATTACHMENT, CLB, type Json } from "./plan";

const seen = { id: "lb-made0000", address_type: "intranet", vswitch_id: "vsw-1", network_type: "vpc" };
const reads = (status: string) => (plan: Json) => {
  removes("data.alicloud_slb_load_balancers", "d")(plan);
  addDataSource(plan, [{ ...seen, status }]);
};

/** What the cloud refuses in the middle of an apply, although all else is as it should be. */
export const OF_REFUSALS: readonly Cause[] = [
  {
    title: "a load balancer that is not active",
    rule: "binding/active-target",
    made: plans(CLB, { status: "inactive" }),
    fix: /^Set status = "active" on the load balancer, or bind another one\.$/,
    carriedOut: plans(CLB, { status: "active" }),
  },
  {
    title: "a load balancer of another configuration that is not active",
    rule: "binding/active-target",
    made: all(plans(ATTACHMENT, { bind_instance_id: seen.id }), reads("inactive")),
    fix: /^Activate the load balancer where it is managed, and plan again\. Or bind another one\.$/,
    carriedOut: reads("active"),
  },
];
