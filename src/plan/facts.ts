/** What the policies read of a plan, from the facts that ship with them (policies/data). */
export interface PlanFacts {
  /** Types by the part they play; `load_balancer_data` are data sources. */
  readonly roleOf: ReadonlyMap<string, Role>;
  readonly attributes: Readonly<Record<Role, readonly string[]>>;
  readonly expressions: Readonly<Record<Role, readonly string[]>>;
  readonly providerExpressions: readonly string[];
  /** Of a load balancer that a data source lists. */
  readonly seenAttributes: readonly string[];
  /** Attributes whose values are ids: the rules tell them apart, and by their prefix, but do not read them further. */
  readonly ids: ReadonlySet<string>;
  /** Attributes whose values are names, of which the rules check the form alone. */
  readonly names: ReadonlySet<string>;
  /** Providers whose resource types the gate knows. */
  readonly providers: ReadonlySet<string>;
  /** Attribute of a network interface's type that holds its id. */
  readonly interfaceId: ReadonlyMap<string, string>;
  /** The form of the names that the rules find in order. */
  readonly properName: RegExp;
}

export type Role =
  "address" | "attachment" | "load_balancers" | "network_interfaces" | "vswitches" | "load_balancer_data";

interface Data {
  readonly anycast: {
    readonly terraform: {
      readonly address: string;
      readonly attachment: string;
      readonly load_balancers: readonly string[];
      readonly load_balancer_data: readonly string[];
      readonly network_interfaces: readonly { readonly type: string; readonly attribute: string }[];
      readonly vswitches: readonly string[];
      readonly providers: readonly string[];
    };
    readonly address: { readonly name: { readonly pattern: string } };
    readonly projection: {
      readonly attributes: Readonly<Record<Role, readonly string[]>>;
      readonly expressions: Readonly<Record<Role, readonly string[]>>;
      readonly provider_expressions: readonly string[];
      readonly seen_load_balancer: readonly string[];
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
      ...of("load_balancer_data", terraform.load_balancer_data),
    ]),
    attributes: projection.attributes,
    expressions: projection.expressions,
    providerExpressions: projection.provider_expressions,
    seenAttributes: projection.seen_load_balancer,
    ids: new Set(projection.ids),
    names: new Set(projection.names),
    providers: new Set(terraform.providers),
    interfaceId: new Map(terraform.network_interfaces.map((one) => [one.type, one.attribute])),
    properName: new RegExp(address.name.pattern),
  };
}
