/** A block of Terraform configuration: a keyword with labels, attributes as expressions, and blocks inside of it. */
export interface Block {
  readonly head: readonly string[];
  readonly attributes: Attributes;
  readonly inner?: readonly Block[];
}
export type Attributes = Readonly<Record<string, string>>;

/** Blocks by the directory that they are in, `""` for that of the trial's own module. */
export type Files = Readonly<Record<string, readonly Block[]>>;

export const REGION = "ap-southeast-1";
export const OTHER_REGION = "cn-hongkong";
export const MAINLAND_REGION = "cn-hangzhou";
export const LB = "alicloud_slb_load_balancer";
export const ADDRESS = "alicloud_eipanycast_anycast_eip_address";
export const BINDING = `${ADDRESS}_attachment`;

export function resource(type: string, name: string, attributes: Attributes, ...inner: Block[]): Block {
  return { head: ["resource", type, name], attributes, ...(inner.length === 0 ? {} : { inner }) };
}

export function data(type: string, name: string, attributes: Attributes): Block {
  return { head: ["data", type, name], attributes };
}

export function balancer(name: string, attributes: Attributes, ...inner: Block[]): Block {
  return resource(LB, name, { ...attributes, instance_charge_type: '"PayByCLCU"' }, ...inner);
}

/** A load balancer that can be bound. */
export function internal(name: string, vswitch = "var.vswitch", attributes: Attributes = {}): Block {
  return balancer(name, { ...attributes, address_type: '"intranet"', vswitch_id: vswitch });
}

export function address(name: string, location = '"international"', attributes: Attributes = {}): Block {
  return resource(ADDRESS, name, { service_location: location, ...attributes });
}

/** A binding in Singapore to an address `a`, unless the attributes say otherwise. */
export function binding(name: string, attributes: Attributes, ...inner: Block[]): Block {
  const usual = {
    anycast_id: `${ADDRESS}.a.id`,
    bind_instance_type: '"SlbInstance"',
    bind_instance_region_id: `"${REGION}"`,
  };
  return resource(BINDING, name, { ...usual, ...attributes }, ...inner);
}

export const lifecycle = (attributes: Attributes): Block => ({ head: ["lifecycle"], attributes });
