/** What the policies read of a plan, from the facts that ship with them (policies/data). */
export interface PlanFacts {
  /** Types by the part they play; those in `_data` are data sources. */
  readonly roleOf: ReadonlyMap<string, Role>;
  readonly attributes: Readonly<Record<Role, readonly string[]>>;
  /** What is read of what is there before the plan, whatever the type. */
  readonly before: readonly string[];
  readonly expressions: Readonly<Record<Role, readonly string[]>>;
  readonly providerExpressions: readonly string[];
  /** Lists that data sources give, and what is read of their items. */
  readonly seen: Readonly<Record<string, readonly string[]>>;
  /** Attributes whose values are ids: the rules compare them, also by their prefix, and do not read them further. */
  readonly ids: ReadonlySet<string>;
  /** Attributes whose values are names, of which the rules check the form alone. */
  readonly names: ReadonlySet<string>;
  /** Providers whose resource types the gate knows. */
  readonly providers: ReadonlySet<string>;
  /** Attribute of a network interface's type that holds its id. */
  readonly interfaceId: ReadonlyMap<string, string>;
  /** Values of `service_location`. */
  readonly areas: ReadonlySet<unknown>;
  /** The form of the names that the rules find in order. */
  readonly properName: RegExp;
}

export type DataRole = "address_data" | "load_balancer_data" | "vswitch_data" | "zone_data" | "region_data";

export type Role = "address" | "attachment" | "load_balancers" | "network_interfaces" | "vswitches" | "vpcs" | DataRole;

const DATA_ROLES: readonly DataRole[] = [
  "address_data",
  "load_balancer_data",
  "vswitch_data",
  "zone_data",
  "region_data",
];

interface Data {
  readonly anycast: {
    readonly terraform: {
      readonly address: string;
      readonly attachment: string;
      readonly load_balancers: readonly string[];
      readonly network_interfaces: readonly { readonly type: string; readonly attribute: string }[];
      readonly vswitches: readonly string[];
      readonly vpcs: readonly string[];
      readonly providers: readonly string[];
    } & Readonly<Record<DataRole, readonly string[]>>;
    readonly address: {
      readonly name: { readonly pattern: string };
      readonly areas: readonly { readonly id: string }[];
    };
    readonly projection: {
      readonly attributes: Readonly<Record<Role, readonly string[]>>;
      readonly before: readonly string[];
      readonly expressions: Readonly<Record<Role, readonly string[]>>;
      readonly provider_expressions: readonly string[];
      readonly seen: Readonly<Record<string, readonly string[]>>;
      readonly ids: readonly string[];
      readonly names: readonly string[];
    };
  };
}

/** @param data the policy bundle's data document */
export function planFacts(data: object): PlanFacts {
  const { terraform, address, projection } = (data as Data).anycast;
  const of = (role: Role, types: readonly string[]): [string, Role][] => types.map((type) => [type, role]);
  return {
    roleOf: new Map([
      ...of("address", [terraform.address]),
      ...of("attachment", [terraform.attachment]),
      ...of("load_balancers", terraform.load_balancers),
      ...of(
        "network_interfaces",
        terraform.network_interfaces.map((one) => one.type),
      ),
      ...of("vswitches", terraform.vswitches),
      ...of("vpcs", terraform.vpcs),
      ...DATA_ROLES.flatMap((role) => of(role, terraform[role])),
    ]),
    attributes: projection.attributes,
    before: projection.before,
    expressions: projection.expressions,
    providerExpressions: projection.provider_expressions,
    seen: projection.seen,
    ids: new Set(projection.ids),
    names: new Set(projection.names),
    providers: new Set(terraform.providers),
    interfaceId: new Map(terraform.network_interfaces.map((one) => [one.type, one.attribute])),
    areas: new Set(address.areas.map(({ id }) => id)),
    properName: new RegExp(address.name.pattern),
  };
}

/** True for the part that data sources play. */
export function isDataRole(role: Role | undefined): role is DataRole {
  return DATA_ROLES.includes(role as DataRole);
}
