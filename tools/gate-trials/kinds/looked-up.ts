import { ADDRESS, address, balancer, binding, type Block, data, internal, LB } from "../block";
import type { Kind } from "../trial-type";

/** Things of another configuration, by data source. */

const BALANCERS = `data.${LB}s`;
const ADDRESSES = `data.${ADDRESS}es`;

const TARGETS: readonly (readonly [expression: string, good: boolean])[] = [
  [`${BALANCERS}.inside.ids[0]`, true],
  [`${BALANCERS}.inside.balancers[0].id`, true],
  [`one(${BALANCERS}.inside.balancers).load_balancer_id`, true],
  [`one(${BALANCERS}.inside.balancers[*].id)`, true],
  [`one([for b in ${BALANCERS}.both.balancers : b.id if b.address_type == "intranet"])`, true],
  [`{ for b in ${BALANCERS}.both.balancers : b.load_balancer_name => b.id }["\${local.name}-inside"]`, true],
  [`${BALANCERS}.outside.ids[0]`, false],
  [`${BALANCERS}.outside.slbs[0].id`, false],
  [`one([for b in ${BALANCERS}.both.balancers : b.id if b.address_type != "intranet"])`, false],
  [`{ for b in ${BALANCERS}.both.balancers : b.load_balancer_name => b.id }["\${local.name}-outside"]`, false],
];

export const balancerRead: Kind = ({ name, dice, wrap }) => {
  const [expression, good] = dice.pick(TARGETS);
  const wrapped = wrap(expression, dice.pick(TARGETS.filter(([, one]) => one !== good))[0]);
  return {
    good,
    expression: wrapped,
    elsewhere: [
      internal(`${name}-inside`, "alicloud_vswitch.s.id", { load_balancer_name: `"${name}-inside"` }),
      balancer(`${name}-outside`, { address_type: '"internet"', load_balancer_name: `"${name}-outside"` }),
    ],
    blocks: [
      { head: ["locals"], attributes: { name: `"${name}"` } },
      data(`${LB}s`, "both", { name_regex: `"^${name}-"` }),
      data(`${LB}s`, "inside", { name_regex: '"^${local.name}-inside$"' }),
      data(`${LB}s`, "outside", { name_regex: `"^${name}-outside$"` }),
      address("a"),
      binding("t", { bind_instance_id: wrapped }),
    ],
  };
};

const EIPS: readonly (readonly [expression: string, good: boolean])[] = [
  [`${ADDRESSES}.near.ids[0]`, true],
  [`${ADDRESSES}.near.addresses[0].id`, true],
  [`one(${ADDRESSES}.near.addresses).anycast_id`, true],
  [`one([for a in ${ADDRESSES}.both.addresses : a.id if a.service_location == "international"])`, true],
  [`${ADDRESSES}.far.ids[0]`, false],
  [`one([for a in ${ADDRESSES}.both.addresses : a.id if a.service_location == "ChineseMainland"])`, false],
];

export const addressRead: Kind = ({ name, dice, wrap }) => {
  const [expression, good] = dice.pick(EIPS);
  const wrapped = wrap(expression, dice.pick(EIPS.filter(([, one]) => one !== good))[0]);
  const named = (part: string): Readonly<Record<string, string>> => ({
    anycast_eip_address_name: `"${name}-${part}"`,
  });
  return {
    good,
    expression: wrapped,
    elsewhere: [
      address(`${name}-near`, '"international"', named("near")),
      address(`${name}-far`, '"ChineseMainland"', named("far")),
    ],
    blocks: [
      ...["near", "far"].map((part) => data(`${ADDRESS}es`, part, { name_regex: `"^${name}-${part}$"` })),
      data(`${ADDRESS}es`, "both", { name_regex: `"^${name}-"` }),
      internal("x"),
      binding("t", { anycast_id: wrapped, bind_instance_id: `${LB}.x.id` }),
    ],
  };
};

/** A vSwitch that was read in the load balancer's region, or in another. */
export const vswitchRead: Kind = ({ dice, wrap }) => {
  const good = dice.chance(0.5);
  const ways = [".ids[0]", ".vswitches[0].id", ".vswitches[0].vswitch_id"];
  const [here, there] = [
    `data.alicloud_vswitches.here${dice.pick(ways)}`,
    `data.alicloud_vswitches.there${dice.pick(ways)}`,
  ];
  const expression = good ? wrap(here, there) : wrap(there, here);
  const read = (name: string, attributes: Readonly<Record<string, string>>): Block =>
    data("alicloud_vswitches", name, { name_regex: '"^elsewhere$"', ...attributes });
  return {
    good,
    expression,
    providers: ["hk"],
    elsewhere: [],
    blocks: [
      read("here", {}),
      read("there", { provider: "alicloud.hk" }),
      internal("x", expression),
      address("a"),
      binding("t", { bind_instance_id: `${LB}.x.id` }),
    ],
  };
};
