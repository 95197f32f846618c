import { address, balancer, binding, data, internal, LB, lifecycle } from "../block";
import type { Kind } from "../trial-type";

/** Load balancers of another configuration that this plan imports. */

const KEPT = lifecycle({ ignore_changes: "[address_type, vswitch_id]" });

/** What is there, what the configuration says, whether that is kept out of the plan, and whether it can be bound then. */
const WAYS: readonly (readonly [is: string, says: string, isKept: boolean, good: boolean])[] = [
  ["intranet", "intranet", true, true],
  ["intranet", "intranet", false, true],
  ["intranet", "internet", true, true],
  ["intranet", "internet", false, false],
  ["internet", "internet", false, false],
  ["internet", "intranet", true, false],
  ["internet", "intranet", false, true],
];

export const imported: Kind = ({ name, dice, wrap }) => {
  const [is, says, isKept, good] = dice.pick(WAYS);
  const expression = wrap(`${LB}.x.id`, `${LB}.y.id`);
  const named = { load_balancer_name: `"${name}-there"` };
  const [inside, outside] = [
    { ...named, address_type: '"intranet"' },
    { ...named, address_type: '"internet"' },
  ];
  const isInside = says === "intranet";
  return {
    good,
    expression: `${is} ${says} ${isKept ? "kept" : "changed"} ${expression}`,
    elsewhere: [
      balancer(`${name}-there`, is === "intranet" ? { ...inside, vswitch_id: "alicloud_vswitch.s.id" } : outside),
    ],
    root: [
      data(`${LB}s`, name, { name_regex: `"^${name}-there$"` }),
      { head: ["import"], attributes: { to: `module.${name}.${LB}.x`, id: `data.${LB}s.${name}.ids[0]` } },
    ],
    blocks: [
      balancer("x", isInside ? { ...inside, vswitch_id: "var.vswitch" } : outside, ...(isKept ? [KEPT] : [])),
      internal("y"),
      address("a"),
      binding("t", { bind_instance_id: expression }),
    ],
  };
};
