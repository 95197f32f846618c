/**
 * Makes packages/sandbox/data/alicloud.json.gz: of the real provider's schema and behaviour, the types that the
 * sandbox simulates. The same input gives the same bytes. `--check` compares instead of writing.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { PROVIDER } from "../src/bindings/provider";
import { writeFileAtomic } from "../src/core/atomic-file";

const ROOT = join(__dirname, "..");
const VERSION = PROVIDER.version;
const SOURCE = join(ROOT, "packages/provider-alicloud/schema");
const TARGET = join(ROOT, "packages/sandbox/data/alicloud.json.gz");

const RESOURCES = [
  "alicloud_ecs_network_interface",
  "alicloud_eip",
  "alicloud_eip_address",
  "alicloud_eip_association",
  "alicloud_eipanycast_anycast_eip_address",
  "alicloud_eipanycast_anycast_eip_address_attachment",
  "alicloud_instance",
  "alicloud_network_interface",
  "alicloud_security_group",
  "alicloud_security_group_rule",
  "alicloud_slb",
  "alicloud_slb_acl",
  "alicloud_slb_acl_entry_attachment",
  "alicloud_slb_backend_server",
  "alicloud_slb_listener",
  "alicloud_slb_load_balancer",
  "alicloud_slb_master_slave_server_group",
  "alicloud_slb_rule",
  "alicloud_slb_server_certificate",
  "alicloud_slb_server_group",
  "alicloud_slb_server_group_server_attachment",
  "alicloud_vpc",
  "alicloud_vswitch",
];
const DATA_SOURCES = [
  "alicloud_account",
  "alicloud_caller_identity",
  "alicloud_eip_addresses",
  "alicloud_eipanycast_anycast_eip_addresses",
  "alicloud_eips",
  "alicloud_images",
  "alicloud_instance_types",
  "alicloud_regions",
  "alicloud_resource_manager_resource_groups",
  "alicloud_slb_load_balancers",
  "alicloud_slb_zones",
  "alicloud_slbs",
  "alicloud_vpcs",
  "alicloud_vswitches",
  "alicloud_zones",
];

type Table = Record<string, unknown>;

function read(end: string): Table {
  return JSON.parse(
    gunzipSync(readFileSync(join(SOURCE, `alicloud-${VERSION}.${end}.json.gz`))).toString("utf8"),
  ) as Table;
}

function pick(table: unknown, names: readonly string[]): Table {
  return Object.fromEntries(
    names.map((name) => {
      const found = (table as Table)[name];
      if (found === undefined) throw new Error(`Expected the provider's data to have ${name}.`);
      return [name, found];
    }),
  );
}

const schemas = (read("schema").provider_schemas ?? {}) as Record<string, Table>;
const schema = Object.values(schemas)[0] as Table;
const behaviour = read("behaviour");
const text = JSON.stringify({
  providerVersion: VERSION,
  schema: {
    provider: schema.provider,
    resource_schemas: pick(schema.resource_schemas, RESOURCES),
    data_source_schemas: pick(schema.data_source_schemas, DATA_SOURCES),
  },
  behaviour: {
    provider: behaviour.provider,
    resources: pick(behaviour.resources, RESOURCES),
    data_sources: pick(behaviour.data_sources, DATA_SOURCES),
  },
});
if (process.argv.includes("--check")) {
  // Compared unpacked: another zlib may pack the same text differently.
  if (gunzipSync(readFileSync(TARGET)).toString("utf8") !== text) {
    console.error(`Expected ${TARGET} to be up to date. Fix: npx tsx tools/sandbox-data.ts`);
    process.exit(1);
  }
} else {
  const packed = gzipSync(text, { level: 9 });
  // Byte 9 names the operating system; "unknown" keeps the file the same everywhere.
  packed[9] = 255;
  writeFileAtomic(TARGET, packed, 0o644);
  console.log(`${TARGET}: ${packed.length} bytes`);
}
