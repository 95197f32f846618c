/** A plan whose verdict is known beforehand; each run of the gate puts both through the same path as real plans. */
export interface Canary {
  readonly allowed: boolean;
  readonly plan: Record<string, unknown>;
  /** The facts of the plan's one binding, a `FactsDocument` of src/plan/resolve. */
  readonly facts: Record<string, unknown>;
}

const PROVIDER = "registry.terraform.io/aliyun/alicloud";

export function CANARIES(region: string): readonly Canary[] {
  return [
    { allowed: false, plan: canaryPlan(region, "internet"), facts: canaryFacts(region, "internet") },
    { allowed: true, plan: canaryPlan(region, "intranet"), facts: canaryFacts(region, "intranet") },
  ];
}

function canaryFacts(region: string, addressType: string): Canary["facts"] {
  const target = {
    address: "alicloud_slb_load_balancer.canary",
    via: "reference",
    by: "alicloud_slb_load_balancer.canary.id",
    address_type: { state: "known", value: addressType },
    vswitch: { state: "given", value: "vsw-canary" },
    shown_address_type: addressType,
    region: { value: region, from: "provider alicloud" },
    outside: [],
    type: "alicloud_slb_load_balancer",
    trusted: true,
    exists: false,
  };
  const address = "alicloud_eipanycast_anycast_eip_address_attachment.canary";
  return {
    version: 1,
    bindings: [{ address, anycast: [null], targets: [target], problems: [], visible: true }],
    unplanned: [],
  };
}

function canaryPlan(region: string, addressType: string): Record<string, unknown> {
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    complete: true,
    errored: false,
    planned_values: {},
    resource_changes: [
      created(
        "alicloud_eipanycast_anycast_eip_address_attachment",
        { bind_instance_region_id: region, bind_instance_type: "SlbInstance" },
        { bind_instance_id: true },
      ),
      created("alicloud_slb_load_balancer", { address_type: addressType, vswitch_id: "vsw-canary" }, { id: true }),
    ],
    configuration: {
      provider_config: {
        alicloud: { name: "alicloud", full_name: PROVIDER, expressions: { region: { constant_value: region } } },
      },
      root_module: {
        resources: [
          block("alicloud_eipanycast_anycast_eip_address_attachment", {
            // As JSON configuration is shown, so that nothing is hidden.
            bind_instance_id: {
              constant_value: "${alicloud_slb_load_balancer.canary.id}",
              references: ["alicloud_slb_load_balancer.canary.id", "alicloud_slb_load_balancer.canary"],
            },
          }),
          block("alicloud_slb_load_balancer", { address_type: { constant_value: addressType } }),
        ],
      },
    },
  };
}

function created(type: string, after: object, unknown: object): object {
  return {
    address: `${type}.canary`,
    mode: "managed",
    type,
    name: "canary",
    provider_name: PROVIDER,
    change: {
      actions: ["create"],
      before: null,
      after,
      after_unknown: unknown,
      before_sensitive: false,
      after_sensitive: {},
    },
  };
}

function block(type: string, expressions: object): object {
  return {
    address: `${type}.canary`,
    mode: "managed",
    type,
    name: "canary",
    provider_config_key: "alicloud",
    expressions,
    schema_version: 0,
  };
}
