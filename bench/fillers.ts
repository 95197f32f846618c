type Json = Record<string, unknown>;

/** A resource that has nothing to do with bindings. */
export interface Filler {
  readonly type: string;
  readonly after: (i: number) => Json;
  readonly unknown: Json;
  readonly expressions: (i: number) => Json;
}

const TAGS = { app: "demo", team: "network", cost_center: "4711" };
const USER_DATA = "#!/bin/sh\n" + "apt-get install --yes nginx && systemctl enable --now nginx\n".repeat(5);
const VSWITCH_ID = { references: ["alicloud_vswitch.s0.id", "alicloud_vswitch.s0"] };

/** What large plans are made of: instances, rules, records and buckets. */
export const fillers: readonly Filler[] = [
  {
    type: "alicloud_instance",
    after: (i) => ({
      instance_name: `web-${String(i)}`,
      image_id: "ubuntu_22_04_x64_20G_alibase_20240101.vhd",
      instance_type: "ecs.g7.large",
      system_disk_category: "cloud_essd",
      user_data: USER_DATA,
      description: null,
      tags: TAGS,
      security_groups: ["sg-1", "sg-2"],
    }),
    unknown: {
      id: true,
      public_ip: true,
      private_ip: true,
      status: true,
      vswitch_id: true,
      network_interface_id: true,
    },
    expressions: (i) => ({ instance_name: { constant_value: `web-${String(i)}` }, vswitch_id: VSWITCH_ID }),
  },
  {
    type: "alicloud_security_group_rule",
    after: (i) => ({
      type: "ingress",
      ip_protocol: "tcp",
      port_range: `${String(i % 60000)}/${String(i % 60000)}`,
      cidr_ip: "10.0.0.0/8",
      policy: "accept",
      priority: 1,
      description: "Lets the service's neighbours in. ".repeat(6),
    }),
    unknown: { id: true, security_group_id: true, nic_type: true },
    expressions: () => ({
      security_group_id: { references: ["alicloud_security_group.g.id", "alicloud_security_group.g"] },
    }),
  },
  {
    type: "alicloud_alidns_record",
    after: (i) => ({
      domain_name: "example.com",
      rr: `r${String(i)}`,
      type: "A",
      value: "192.0.2.1",
      ttl: 600,
      line: "default",
      remark: "x".repeat(200),
    }),
    unknown: { id: true, status: true },
    expressions: (i) => ({ rr: { constant_value: `r${String(i)}` }, type: { constant_value: "A" } }),
  },
  {
    type: "alicloud_oss_bucket_object",
    after: (i) => ({
      bucket: "assets",
      key: `static/${String(i)}.json`,
      acl: "private",
      content: JSON.stringify({ list: Array.from({ length: 40 }, (_, n) => n) }),
      content_type: "application/json",
      tags: TAGS,
    }),
    unknown: { id: true, etag: true, version_id: true, content_length: true },
    expressions: (i) => ({ key: { constant_value: `static/${String(i)}.json` } }),
  },
];
