/** What each type is made with; it is there before. */
export const GROUND = `terraform {
  required_providers {
    alicloud = { source = "aliyun/alicloud" }
  }
}
provider "alicloud" { region = "ap-southeast-1" }
data "alicloud_zones" "z" { available_resource_creation = "VSwitch" }
data "alicloud_images" "i" {
  name_regex  = "^ubuntu"
  owners      = "system"
  most_recent = true
}
data "alicloud_instance_types" "t" {
  availability_zone = data.alicloud_zones.z.zones[0].id
  cpu_core_count    = 2
  memory_size       = 4
}
resource "alicloud_vpc" "v" { cidr_block = "10.0.0.0/8" }
resource "alicloud_vswitch" "s" {
  vpc_id     = alicloud_vpc.v.id
  cidr_block = "10.1.0.0/16"
  zone_id    = data.alicloud_zones.z.zones[0].id
}
resource "alicloud_security_group" "g" { vpc_id = alicloud_vpc.v.id }
resource "alicloud_instance" "i" {
  count           = 2
  image_id        = data.alicloud_images.i.images[0].id
  instance_type   = data.alicloud_instance_types.t.ids[0]
  vswitch_id      = alicloud_vswitch.s.id
  security_groups = [alicloud_security_group.g.id]
}
resource "alicloud_slb_load_balancer" "lb" {
  load_balancer_name = "ground"
  address_type       = "intranet"
  vswitch_id         = alicloud_vswitch.s.id
  load_balancer_spec = "slb.s1.small"
}
resource "alicloud_slb_server_group" "g" {
  load_balancer_id = alicloud_slb_load_balancer.lb.id
  name             = "ground"
}
resource "alicloud_slb_listener" "http" {
  load_balancer_id = alicloud_slb_load_balancer.lb.id
  protocol         = "http"
  frontend_port    = 80
  backend_port     = 80
  bandwidth        = -1
  health_check     = "off"
  sticky_session   = "off"
}
resource "alicloud_slb_acl" "a" {
  name       = "ground"
  ip_version = "ipv4"
}
resource "alicloud_eip_address" "e" {}
resource "alicloud_eipanycast_anycast_eip_address" "a" { service_location = "international" }
`;

/** The type, the action that makes one, and a block of it named `x`. */
export type CreatedType = readonly [type: string, action: string, body: string];

const listener = (protocol: string): CreatedType => [
  "alicloud_slb_listener",
  `CreateLoadBalancer${protocol.toUpperCase()}Listener`,
  `load_balancer_id = alicloud_slb_load_balancer.lb.id
  protocol = "${protocol}"
  frontend_port = 8080
  backend_port = 80
  bandwidth = -1`,
];
const rule = (action: string, block: string): CreatedType => [
  "alicloud_security_group_rule",
  action,
  `security_group_id = alicloud_security_group.g.id
  ip_protocol = "tcp"
  port_range = "443/443"
  ${block}`,
];
const loadBalancer =
  'address_type = "intranet"\n  vswitch_id = alicloud_vswitch.s.id\n  load_balancer_spec = "slb.s1.small"';
const eni = "vswitch_id = alicloud_vswitch.s.id";

/** Every type that the sandbox simulates. */
export const CREATED_TYPES: readonly CreatedType[] = [
  ["alicloud_vpc", "CreateVpc", 'vpc_name = "mine"\n  cidr_block = "172.16.0.0/12"'],
  [
    "alicloud_vswitch",
    "CreateVSwitch",
    'vpc_id = alicloud_vpc.v.id\n  cidr_block = "10.2.0.0/16"\n  zone_id = data.alicloud_zones.z.zones[0].id',
  ],
  ["alicloud_security_group", "CreateSecurityGroup", 'vpc_id = alicloud_vpc.v.id\n  security_group_name = "mine"'],
  rule("AuthorizeSecurityGroup", 'type = "ingress"\n  cidr_ip = "10.0.0.0/8"'),
  rule("AuthorizeSecurityGroupEgress", 'type = "egress"\n  ipv6_cidr_ip = "2001:db8::/32"'),
  [
    "alicloud_instance",
    "RunInstances",
    `instance_name = "mine"
  image_id = data.alicloud_images.i.images[0].id
  instance_type = data.alicloud_instance_types.t.ids[0]
  vswitch_id = alicloud_vswitch.s.id
  security_groups = [alicloud_security_group.g.id]`,
  ],
  [
    "alicloud_ecs_network_interface",
    "CreateNetworkInterface",
    `network_interface_name = "mine"\n  ${eni}\n  security_group_ids = [alicloud_security_group.g.id]`,
  ],
  [
    "alicloud_network_interface",
    "CreateNetworkInterface",
    `network_interface_name = "mine"\n  ${eni}\n  security_group_ids = [alicloud_security_group.g.id]`,
  ],
  ["alicloud_slb_load_balancer", "CreateLoadBalancer", `load_balancer_name = "mine"\n  ${loadBalancer}`],
  ["alicloud_slb", "CreateLoadBalancer", `load_balancer_name = "mine"\n  ${loadBalancer}`],
  listener("tcp"),
  listener("udp"),
  listener("http"),
  [
    "alicloud_slb_backend_server",
    "AddBackendServers",
    `load_balancer_id = alicloud_slb_load_balancer.lb.id
  backend_servers {
    server_id = alicloud_instance.i[0].id
    weight = 100
  }`,
  ],
  [
    "alicloud_slb_server_group",
    "CreateVServerGroup",
    'load_balancer_id = alicloud_slb_load_balancer.lb.id\n  name = "mine"',
  ],
  [
    "alicloud_slb_server_group_server_attachment",
    "AddVServerGroupBackendServers",
    "server_group_id = alicloud_slb_server_group.g.id\n  server_id = alicloud_instance.i[1].id\n  port = 80\n  weight = 100",
  ],
  [
    "alicloud_slb_master_slave_server_group",
    "CreateMasterSlaveServerGroup",
    `load_balancer_id = alicloud_slb_load_balancer.lb.id
  name = "mine"
  servers {
    server_id = alicloud_instance.i[0].id
    port = 80
    server_type = "Master"
  }
  servers {
    server_id = alicloud_instance.i[1].id
    port = 80
    server_type = "Slave"
  }`,
  ],
  [
    "alicloud_slb_rule",
    "CreateRules",
    `load_balancer_id = alicloud_slb_load_balancer.lb.id
  frontend_port = alicloud_slb_listener.http.frontend_port
  url = "/mine"
  server_group_id = alicloud_slb_server_group.g.id`,
  ],
  ["alicloud_slb_acl", "CreateAccessControlList", 'name = "mine"\n  ip_version = "ipv4"'],
  [
    "alicloud_slb_acl_entry_attachment",
    "AddAccessControlListEntry",
    'acl_id = alicloud_slb_acl.a.id\n  entry = "10.9.0.0/16"',
  ],
  [
    "alicloud_slb_server_certificate",
    "UploadServerCertificate",
    `name = "mine"
  alicloud_certificate_id = "1234567"
  alicloud_certificate_name = "mine"
  alicloud_certificate_region_id = "cn-hangzhou"`,
  ],
  ["alicloud_eip_address", "AllocateEipAddress", 'address_name = "mine"'],
  ["alicloud_eip", "AllocateEipAddress", 'address_name = "mine"'],
  [
    "alicloud_eip_association",
    "AssociateEipAddress",
    "allocation_id = alicloud_eip_address.e.id\n  instance_id = alicloud_instance.i[0].id",
  ],
  [
    "alicloud_eipanycast_anycast_eip_address",
    "AllocateAnycastEipAddress",
    'anycast_eip_address_name = "mine"\n  service_location = "international"',
  ],
  [
    "alicloud_eipanycast_anycast_eip_address_attachment",
    "AssociateAnycastEipAddress",
    `anycast_id = alicloud_eipanycast_anycast_eip_address.a.id
  bind_instance_id = alicloud_slb_load_balancer.lb.id
  bind_instance_type = "SlbInstance"
  bind_instance_region_id = "ap-southeast-1"`,
  ],
];

export const blockOf = ([type, , body]: CreatedType): string => `resource "${type}" "x" {\n  ${body}\n}\n`;

/** Entries by a computed key, and an object whose name holds the id of another one, behind an output. */
export const TOGETHER = `module "inner" { source = "./inner" }
resource "alicloud_slb_acl_entry_attachment" "x" {
  for_each = toset(["a", "b"])
  acl_id   = module.inner.lists[each.key]
  entry    = "10.9.0.0/16"
}
resource "alicloud_security_group" "x" {
  vpc_id              = alicloud_vpc.v.id
  security_group_name = "group-of-\${module.inner.lists["a"]}"
}
`;
export const INNER = `terraform {
  required_providers {
    alicloud = { source = "aliyun/alicloud" }
  }
}
resource "alicloud_slb_acl" "l" {
  for_each   = toset(["a", "b"])
  name       = "list-\${each.key}"
  ip_version = "ipv4"
}
output "lists" { value = { for key, one in alicloud_slb_acl.l : key => one.id } }
`;
