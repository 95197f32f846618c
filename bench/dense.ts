import { generatePlan } from "./generate";

type Json = Record<string, unknown>;

const ADDRESS = "alicloud_eipanycast_anycast_eip_address";
const ATTACHMENT = `${ADDRESS}_attachment`;
const CLB = "alicloud_slb_load_balancer";

export interface Dense {
  /** How many load balancers there are, all instances of one block, and as many bindings. */
  readonly bindings: number;
  /** Whether each binding has an Anycast EIP of its own, or all have the same one, which the gate refuses. */
  readonly addresses: "own" | "one";
  /** Whether each binding takes the load balancer with its key, or any of them: the key that chooses is not in the plan's JSON. */
  readonly reach: "own" | "any";
}

/** A plan in which everything may have to do with everything. Its cost must grow with the resources, not with the pairs. */
export function densePlan({ bindings, addresses, reach }: Dense): Json {
  // Only its envelope, its vSwitch and its blocks are taken.
  const plan = generatePlan({ resources: 1, bindings: 0 }) as { resource_changes: Json[]; configuration: Json };
  const blocks = blocksOf(plan);
  const changes = [...plan.resource_changes];
  for (let i = 0; i < bindings; i++) {
    const key = `k${String(i)}`;
    const [index, suffix] = [{ index: key }, `["${key}"]`];
    if (addresses === "own") changes.push(created(ADDRESS, "a", suffix, index, { service_location: "international" }));
    changes.push(
      created(CLB, "lb", suffix, index, { address_type: "intranet", instance_charge_type: "PayByCLCU" }, [
        "vswitch_id",
      ]),
      created(
        ATTACHMENT,
        "t",
        suffix,
        index,
        { bind_instance_region_id: "ap-southeast-1", bind_instance_type: "SlbInstance" },
        ["anycast_id", "bind_instance_id", "association_mode"],
      ),
    );
  }
  if (addresses === "one") {
    changes.push(created(ADDRESS, "a", "", {}, { service_location: "international" }));
    delete blocks.get(ADDRESS)!.for_each_expression;
    expressionsOf(blocks.get(ATTACHMENT)!).anycast_id = { references: [`${ADDRESS}.a.id`, `${ADDRESS}.a`] };
  }
  if (reach === "any")
    expressionsOf(blocks.get(ATTACHMENT)!).bind_instance_id = { references: [`${CLB}.lb`, "var.chosen"] };
  return { ...plan, variables: { chosen: { value: "k0" } }, resource_changes: changes };
}

/** The blocks with `for_each`, by type; `generatePlan` writes them into every plan. */
function blocksOf({ configuration }: { readonly configuration: Json }): ReadonlyMap<string, Json> {
  const { resources } = configuration.root_module as { resources: Json[] };
  return new Map(resources.map((block) => [block.type as string, block]));
}

function expressionsOf(block: Json): Json {
  return block.expressions as Json;
}

function created(
  type: string,
  name: string,
  suffix: string,
  index: Json,
  after: Json,
  unknown: readonly string[] = [],
): Json {
  return {
    address: `${type}.${name}${suffix}`,
    mode: "managed",
    type,
    name,
    ...index,
    provider_name: "registry.terraform.io/aliyun/alicloud",
    change: {
      actions: ["create"],
      before: null,
      after,
      after_unknown: Object.fromEntries(["id", ...unknown].map((attribute) => [attribute, true])),
      before_sensitive: false,
      after_sensitive: {},
    },
  };
}
