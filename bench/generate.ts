/** Makes plans of any size: `node --import tsx bench/generate.ts RESOURCES BINDINGS FILE`. */
import { writeFileSync } from "node:fs";
import { fillers } from "./fillers";

const PROVIDER = "registry.terraform.io/aliyun/alicloud";
const ADDRESS = "alicloud_eipanycast_anycast_eip_address";
const ATTACHMENT = `${ADDRESS}_attachment`;
const CLB = "alicloud_slb_load_balancer";
const VSWITCH = "alicloud_vswitch";

type Json = Record<string, unknown>;

export interface PlanSize {
  readonly resources: number;
  readonly bindings: number;
}

/** How a third of the bindings each is written: under a name of its own, with a key of for_each, in a module instance. */
const WRITINGS = ["named", "keyed", "module"] as const;

class Generator {
  public readonly changes: Json[] = [];
  public readonly values: Json[] = [];
  public readonly blocks: Json[] = [];
  private readonly moduleBlocks: Json[] = [];

  public add(
    type: string,
    name: string,
    after: Json,
    unknown: Json,
    place: { key?: string; module?: string } = {},
  ): void {
    const { key, module } = place;
    const base = module === undefined ? `${type}.${name}` : `module.service["${module}"].${type}.${name}`;
    const address = key === undefined ? base : `${base}["${key}"]`;
    const identity = {
      address,
      ...(module === undefined ? {} : { module_address: `module.service["${module}"]` }),
      mode: "managed",
      type,
      name,
      ...(key === undefined ? {} : { index: key }),
      provider_name: PROVIDER,
    };
    this.values.push({ ...identity, schema_version: 0, values: after, sensitive_values: {} });
    const change = { actions: ["create"], before: null, after, after_unknown: unknown, before_sensitive: false };
    this.changes.push({ ...identity, change: { ...change, after_sensitive: {} } });
  }

  public block(type: string, name: string, expressions: Json, extra: Json = {}, inModule = false): void {
    (inModule ? this.moduleBlocks : this.blocks).push({
      address: `${type}.${name}`,
      mode: "managed",
      type,
      name,
      provider_config_key: "alicloud",
      expressions,
      schema_version: 0,
      ...extra,
    });
  }

  /** Four resources: vSwitches are shared, the others are the binding's own. */
  public binding(i: number): void {
    const writing = WRITINGS[i % WRITINGS.length]!;
    const place =
      writing === "keyed" ? { key: `k${String(i)}` } : writing === "module" ? { module: `m${String(i)}` } : {};
    const [address, balancer, attachment] =
      writing === "named" ? [`a${String(i)}`, `lb${String(i)}`, `t${String(i)}`] : ["a", "lb", "t"];
    this.add(ADDRESS, address!, addressAfter(i), { id: true, bandwidth: true }, place);
    this.add(
      CLB,
      balancer!,
      {
        address_type: "intranet",
        load_balancer_name: `lb${String(i)}`,
        delete_protection: "off",
        bandwidth: null,
        instance_charge_type: "PayByCLCU",
      },
      { id: true, vswitch_id: true, tags: true },
      place,
    );
    this.add(
      ATTACHMENT,
      attachment!,
      { bind_instance_region_id: "ap-southeast-1", bind_instance_type: "SlbInstance", pop_locations: [] },
      { anycast_id: true, bind_instance_id: true, association_mode: true, id: true },
      place,
    );
    if (writing === "named") this.bindingBlocks(address!, balancer!, attachment!);
  }

  public bindingBlocks(address: string, balancer: string, attachment: string, keyed = false, inModule = false): void {
    const extra = keyed ? { for_each_expression: { references: ["var.services"] } } : {};
    const vswitch = inModule
      ? { references: ["var.vswitch_id"] }
      : { references: [`${VSWITCH}.s0.id`, `${VSWITCH}.s0`] };
    const of = (type: string, name: string): Json =>
      keyed
        ? { references: [`${type}.${name}`, "each.key"] }
        : { references: [`${type}.${name}.id`, `${type}.${name}`] };
    this.block(ADDRESS, address, { service_location: { constant_value: "international" } }, extra, inModule);
    this.block(CLB, balancer, { address_type: { constant_value: "intranet" }, vswitch_id: vswitch }, extra, inModule);
    this.block(
      ATTACHMENT,
      attachment,
      {
        anycast_id: of(ADDRESS, address),
        bind_instance_id: of(CLB, balancer),
        bind_instance_region_id: { constant_value: "ap-southeast-1" },
        bind_instance_type: { constant_value: "SlbInstance" },
      },
      extra,
      inModule,
    );
  }

  public plan(): Json {
    const region = { region: { constant_value: "ap-southeast-1" } };
    return {
      format_version: "1.2",
      terraform_version: "1.11.4",
      planned_values: { root_module: { resources: this.values } },
      resource_changes: this.changes,
      configuration: {
        provider_config: {
          alicloud: { name: "alicloud", full_name: PROVIDER, version_constraint: "1.289.0", expressions: region },
        },
        root_module: {
          resources: this.blocks,
          module_calls: {
            service: {
              source: "./service",
              expressions: { vswitch_id: { references: [`${VSWITCH}.s0.id`, `${VSWITCH}.s0`] } },
              for_each_expression: { references: ["var.modules"] },
              module: { resources: this.moduleBlocks, variables: { vswitch_id: {} } },
            },
          },
          variables: { services: {}, modules: {} },
        },
      },
      timestamp: "2026-01-01T00:00:00Z",
      applyable: true,
      complete: true,
      errored: false,
    };
  }
}

function addressAfter(i: number): Json {
  return {
    anycast_eip_address_name: `demo${String(i)}`,
    service_location: "international",
    internet_charge_type: "PayByTraffic",
    payment_type: "PayAsYouGo",
    description: null,
    tags: { app: "demo" },
  };
}

/** A plan that is allowed, of so many resources with so many bindings among them. */
export function generatePlan({ resources, bindings }: PlanSize): Json {
  const generator = new Generator();
  generator.add(VSWITCH, "s0", { cidr_block: "10.0.0.0/16", zone_id: "ap-southeast-1a" }, { id: true });
  generator.block(VSWITCH, "s0", { cidr_block: { constant_value: "10.0.0.0/16" } });
  for (let i = 0; i < bindings; i++) generator.binding(i);
  generator.bindingBlocks("a", "lb", "t", true);
  generator.bindingBlocks("a", "lb", "t", false, true);
  for (let i = 0; generator.changes.length < resources; i++) {
    const { type, after, unknown, expressions } = fillers[i % fillers.length]!;
    const name = `r${String(i)}`;
    generator.add(type, name, after(i), unknown);
    generator.block(type, name, expressions(i));
  }
  return generator.plan();
}

if (require.main === module) {
  const [resources, bindings, file] = process.argv.slice(2);
  writeFileSync(file!, JSON.stringify(generatePlan({ resources: Number(resources), bindings: Number(bindings) })));
}
