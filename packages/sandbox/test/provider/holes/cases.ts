import { REQUIRED } from "../support/workspace";
import type { PlanJson } from "../support/workspace";

type Attributes = Readonly<Record<string, unknown>>;

/** A resource whose state tells less than it might: redacted, or written by an older version. */
export interface Hole {
  readonly type: string;
  /** The configuration, without the name. */
  readonly body: string;
  readonly state: Attributes;
}

const block = (name: string, fields: Attributes): string =>
  `${name} {\n${Object.entries(fields)
    .map(([key, value]) => `  ${key} = ${JSON.stringify(value)}`)
    .join("\n")}\n}`;

/** Every hole of one field, and of all at once, in a nested block that is whole otherwise. */
function holes(
  type: string,
  id: string,
  top: Attributes,
  name: string,
  configured: Attributes,
  held: Attributes,
): Hole[] {
  const body = `${Object.entries(top)
    .map(([key, value]) => `${key} = ${JSON.stringify(value)}`)
    .join("\n")}\n${block(name, configured)}`;
  const fields = Object.keys(held);
  const without = (...gone: readonly string[]): Hole => {
    const element = Object.fromEntries(
      Object.entries(held).map(([key, value]) => [key, gone.includes(key) ? null : value]),
    );
    return { type, body, state: { id, ...top, [name]: [element] } };
  };
  return [without(), ...fields.map((field) => without(field)), without(...fields)];
}

const INSTANCE = {
  image_id: "m-abc",
  instance_type: "ecs.c6.large",
  security_groups: ["sg-abc"],
  vswitch_id: "vsw-abc",
};

export const HOLES: readonly Hole[] = [
  ...holes(
    "alicloud_instance",
    "i-abc",
    INSTANCE,
    "data_disks",
    { size: 40, name: "disk" },
    {
      size: 40,
      name: "disk",
      category: "cloud_efficiency",
      delete_with_instance: true,
      encrypted: false,
      device: "",
      description: "",
      kms_key_id: "",
      snapshot_id: "",
      auto_snapshot_policy_id: "",
      performance_level: "",
    },
  ),
  ...holes(
    "alicloud_instance",
    "i-abc",
    INSTANCE,
    "maintenance_time",
    { start_time: "02:00:00", end_time: "03:00:00" },
    { start_time: "02:00:00", end_time: "03:00:00" },
  ),
  ...holes(
    "alicloud_slb_server_group",
    "rsp-abc",
    { load_balancer_id: "lb-abc", name: "g" },
    "servers",
    { server_ids: ["i-abc"], port: 80 },
    { server_ids: ["i-abc"], port: 80, weight: 100, type: "ecs" },
  ),
  ...holes(
    "alicloud_slb_backend_server",
    "lb-abc",
    { load_balancer_id: "lb-abc" },
    "backend_servers",
    { server_id: "i-abc", weight: 100 },
    { server_id: "i-abc", weight: 100, type: "ecs", server_ip: "" },
  ),
  ...holes(
    "alicloud_slb_listener",
    "lb-abc:http:80",
    { load_balancer_id: "lb-abc", protocol: "http", frontend_port: 80, backend_port: 80, bandwidth: 10 },
    "x_forwarded_for",
    { retrive_slb_ip: true },
    { retrive_client_ip: true, retrive_slb_ip: true, retrive_slb_id: false, retrive_slb_proto: false },
  ),
  ...holes(
    "alicloud_eipanycast_anycast_eip_address_attachment",
    "aeip-abc:lb-abc:cn-hongkong:SlbInstance",
    {
      anycast_id: "aeip-abc",
      bind_instance_id: "lb-abc",
      bind_instance_region_id: "cn-hongkong",
      bind_instance_type: "SlbInstance",
      association_mode: "Normal",
    },
    "pop_locations",
    { pop_location: "us-west-1-pop" },
    { pop_location: "us-west-1-pop" },
  ),
];

/** All of them in one configuration with its state. */
export const HOLES_FILES: Readonly<Record<string, string>> = {
  "main.tf": `${REQUIRED}provider "alicloud" { region = "cn-hongkong" }\n${HOLES.map(
    ({ type, body }, at) => `resource "${type}" "x${at}" {\n${body}\n}\n`,
  ).join("")}`,
  "terraform.tfstate": JSON.stringify({
    version: 4,
    terraform_version: "1.11.4",
    serial: 1,
    lineage: "holes",
    outputs: {},
    resources: HOLES.map(({ type, state }, at) => ({
      mode: "managed",
      type,
      name: `x${at}`,
      provider: 'provider["registry.terraform.io/aliyun/alicloud"]',
      instances: [{ schema_version: 0, attributes: state, dependencies: [] }],
    })),
  }),
};

/** What a plan does with each of them: the actions, what is replaced, and the attributes that differ afterwards. */
export function plannedOf(plan: PlanJson): readonly unknown[] {
  return HOLES.map((_, at) => {
    const found = (plan.resource_changes ?? []).find(({ address }) => address.endsWith(`.x${at}`))!;
    const { actions, before, after, after_unknown: unknown, replace_paths: paths } = found.change;
    const differs = (name: string): boolean => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]);
    const changed = Object.fromEntries(Object.entries(after ?? {}).filter(([name]) => differs(name)));
    return {
      actions,
      ...(paths === undefined ? {} : { replaced: paths.map((path) => JSON.stringify(path)).sort() }),
      ...(actions.includes("no-op") ? {} : { changed, unknown }),
    };
  });
}
