/** One configuration with every simulated resource type in it, split as tests need it. */
import type { Workspace } from "./workspace";

/** Look-ups that need nothing to exist. */
export const LOOKUPS = `data "alicloud_zones" "z" { available_resource_creation = "VSwitch" }
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
data "alicloud_resource_manager_resource_groups" "g" {}
data "alicloud_account" "me" {}
data "alicloud_caller_identity" "me" {}
data "alicloud_regions" "r" { current = true }
data "alicloud_slb_zones" "z" { available_slb_address_type = "vpc" }
`;

export const RESOURCES = `resource "alicloud_vpc" "v" {
  vpc_name   = "v"
  cidr_block = "10.0.0.0/8"
  tags       = { a = "b", c = "d" }
}
resource "alicloud_vswitch" "s" {
  vpc_id       = alicloud_vpc.v.id
  cidr_block   = "10.1.0.0/16"
  zone_id      = data.alicloud_zones.z.zones[0].id
  vswitch_name = "s"
  tags         = { a = "b" }
}
resource "alicloud_security_group" "g" {
  vpc_id              = alicloud_vpc.v.id
  security_group_name = "web"
  description         = "the group"
}
resource "alicloud_security_group_rule" "r" {
  security_group_id = alicloud_security_group.g.id
  type              = "ingress"
  ip_protocol       = "tcp"
  port_range        = "80/80"
  cidr_ip           = "0.0.0.0/0"
}
resource "alicloud_instance" "i" {
  count           = 2
  image_id        = data.alicloud_images.i.images[0].id
  instance_type   = data.alicloud_instance_types.t.ids[0]
  vswitch_id      = alicloud_vswitch.s.id
  security_groups = [alicloud_security_group.g.id]
  instance_name   = "web-\${count.index}"
  tags            = { role = "web" }
}
resource "alicloud_slb_load_balancer" "lb" {
  load_balancer_name = "lb"
  address_type       = "intranet"
  vswitch_id         = alicloud_vswitch.s.id
  load_balancer_spec = "slb.s1.small"
  tags               = { a = "b" }
}
resource "alicloud_slb_backend_server" "b" {
  load_balancer_id = alicloud_slb_load_balancer.lb.id
  dynamic "backend_servers" {
    for_each = alicloud_instance.i
    content {
      server_id = backend_servers.value.id
      weight    = 100
    }
  }
}
resource "alicloud_slb_listener" "tcp" {
  load_balancer_id = alicloud_slb_load_balancer.lb.id
  protocol         = "tcp"
  frontend_port    = 80
  backend_port     = 80
  bandwidth        = -1
  depends_on       = [alicloud_slb_backend_server.b]
}
resource "alicloud_slb_listener" "http" {
  load_balancer_id = alicloud_slb_load_balancer.lb.id
  protocol         = "http"
  frontend_port    = 8080
  backend_port     = 80
  bandwidth        = -1
  sticky_session   = "on"
  sticky_session_type = "insert"
  cookie_timeout   = 100
  x_forwarded_for {
    retrive_slb_ip = true
  }
  server_group_id = alicloud_slb_server_group.g.id
}
resource "alicloud_slb_server_group" "g" {
  load_balancer_id = alicloud_slb_load_balancer.lb.id
  name             = "group"
}
resource "alicloud_slb_server_group_server_attachment" "a" {
  count           = 2
  server_group_id = alicloud_slb_server_group.g.id
  server_id       = alicloud_instance.i[count.index].id
  port            = 80
  weight          = 10
}
resource "alicloud_eip_address" "e" {
  address_name         = "e"
  bandwidth            = "5"
  internet_charge_type = "PayByTraffic"
  tags                 = { a = "b" }
}
resource "alicloud_eip_association" "e" {
  allocation_id = alicloud_eip_address.e.id
  instance_id   = alicloud_slb_load_balancer.lb.id
}
resource "alicloud_ecs_network_interface" "n" {
  vswitch_id             = alicloud_vswitch.s.id
  security_group_ids     = [alicloud_security_group.g.id]
  network_interface_name = "eni"
  tags                   = { a = "b" }
}
resource "alicloud_eipanycast_anycast_eip_address" "a" {
  anycast_eip_address_name = "demo"
  service_location         = "international"
  tags                     = { a = "b" }
}
resource "alicloud_eipanycast_anycast_eip_address_attachment" "t" {
  anycast_id              = alicloud_eipanycast_anycast_eip_address.a.id
  bind_instance_id        = alicloud_slb_load_balancer.lb.id
  bind_instance_type      = "SlbInstance"
  bind_instance_region_id = "ap-southeast-1"
}
`;

/** Look-ups of what RESOURCES makes. */
export const LOOKUPS_AFTER = `data "alicloud_eipanycast_anycast_eip_addresses" "a" {
  ids        = [alicloud_eipanycast_anycast_eip_address.a.id]
  depends_on = [alicloud_eipanycast_anycast_eip_address_attachment.t]
}
data "alicloud_vpcs" "v" { ids = [alicloud_vpc.v.id] }
data "alicloud_vswitches" "v" { ids = [alicloud_vswitch.s.id] }
data "alicloud_slb_load_balancers" "v" {
  ids            = [alicloud_slb_load_balancer.lb.id]
  enable_details = true
}
data "alicloud_eip_addresses" "v" {
  ids        = [alicloud_eip_address.e.id]
  depends_on = [alicloud_eip_association.e]
}
`;

/** Import blocks for every resource that the state of a workspace holds. */
export async function importBlocks(work: Workspace): Promise<string> {
  const addresses = (await work.succeed("state", "list")).split("\n").filter((line) => /^alicloud_/.test(line));
  return addresses.map((to) => `import {\n  to = ${to}\n  id = "${String(work.values(to).id)}"\n}\n`).join("");
}
