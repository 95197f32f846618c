import { ANYCAST_FACTS } from "cdktf-alicloud-anycast";
import { STATE_SCHEMA } from "./state-schema";

const { address, regions } = ANYCAST_FACTS;
const CIDR = "^(\\d{1,3}\\.){3}\\d{1,3}/([89]|1\\d|2\\d)$";

const text = (description: string, rest: object = {}): object => ({ type: "string", description, ...rest });
const whole = (description: string, minimum: number, maximum: number, rest: object = {}): object => ({
  type: "integer",
  description,
  minimum,
  maximum,
  ...rest,
});
const group = (description: string, properties: Record<string, object>): object => ({
  type: "object",
  description,
  properties,
  additionalProperties: false,
  default: {},
});
const ids = (list: readonly { readonly id: string }[]): string[] => list.map((one) => one.id);
/** `patternErrorMessage` says a pattern in words: editors show it, and so do our messages. */
const pattern = (expression: string, rule: string): object => ({ pattern: expression, patternErrorMessage: rule });

const anycast = group("The Anycast EIP.", {
  name: text("Name of the address; `NAME-anycast` when left out.", pattern(address.name.pattern, address.name.rule)),
  area: text("Where users come from.", { enum: ids(address.areas), default: address.default_area }),
  spec: text("Specification.", { enum: address.specs, default: address.default_spec }),
  internetChargeType: text("Billing of the traffic.", {
    enum: address.internet_charge_types,
    default: address.default_internet_charge_type,
  }),
  paymentType: text("Billing of the address.", {
    enum: address.payment_types,
    default: address.default_payment_type,
  }),
  bandwidth: whole("Peak bandwidth in Mbit/s.", address.bandwidth_mbps.min, address.bandwidth_mbps.max),
  description: text("Shown in the console.", { maxLength: address.description.max_length, default: "" }),
  quantity: whole("Number of addresses; the first is bound.", 1, address.quota.addresses_per_account, { default: 1 }),
});

/** JSON Schema of `settings.yaml`; published as docs/schemas/settings.schema.json. */
export const SETTINGS_SCHEMA = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "Settings of the Anycast EIP quick start",
  type: "object",
  required: ["region", "name"],
  additionalProperties: false,
  properties: {
    region: text("Region of the servers and the load balancer.", { enum: ids(regions.current) }),
    zone: text("Zone; one with load balancers is looked up when left out.", { minLength: 1 }),
    name: text(
      "Prefix of every name.",
      // Room for the longest suffix.
      pattern(
        "^[A-Za-z][A-Za-z0-9_-]{1,99}$",
        "2 to 100 characters: letters, digits, `_` and `-`, starting with a letter",
      ),
    ),
    resourceGroupId: text("Resource group.", pattern("^rg-[A-Za-z0-9]+$", "an id that starts with `rg-`")),
    tags: {
      type: "object",
      description: "Tags of everything that takes tags.",
      additionalProperties: { type: "string", maxLength: address.tags.value_max_length },
      maxProperties: address.tags.max_count,
      default: {},
    },
    state: STATE_SCHEMA,
    network: group("The VPC.", {
      cidr: text("Address block of the VPC.", {
        default: "10.0.0.0/16",
        ...pattern(CIDR, "a block such as 10.0.0.0/16"),
      }),
      vswitchCidr: text("Address block of the vSwitch.", {
        default: "10.0.1.0/24",
        ...pattern(CIDR, "a block such as 10.0.1.0/24"),
      }),
    }),
    servers: group("The ECS instances.", {
      count: whole("Number of instances.", 1, 20, { default: 2 }),
      instanceType: text(
        "Instance type; one is looked up when left out.",
        pattern("^ecs\\..+", "a type such as ecs.g7.large"),
      ),
      cpus: whole("Cores, when the type is looked up.", 1, 128, { default: 2 }),
      memory: whole("GiB of memory, when the type is looked up.", 1, 1024, { default: 4 }),
      imageName: text("Regular expression of the system image's name.", {
        default: "^aliyun_3_x64_20G_alibase",
        minLength: 1,
      }),
      diskCategory: text("Category of the system disk.", {
        enum: ["cloud_essd", "cloud_efficiency", "cloud_ssd", "cloud_auto", "cloud_essd_entry"],
        default: "cloud_essd",
      }),
    }),
    service: group("The application.", {
      protocol: text("Protocol of the listener.", { enum: ["tcp", "http"], default: "http" }),
      port: whole("Port users connect to.", 1, 65535, { default: 80 }),
      serverPort: whole("Port of the application on the servers.", 1, 65535, { default: 80 }),
    }),
    plainEip: group("The ordinary EIP, for comparison.", {
      bandwidth: whole("Peak bandwidth in Mbit/s.", 1, 200, { default: 100 }),
    }),
    anycast,
  },
} as const;
