/**
 * A configuration that, made, changed and destroyed, takes the provider through nearly all of its calls. `var.phase` is 1
 * while it is made and 2 when it is changed.
 */
export const SCENARIO = `
provider "alicloud" { region = "ap-southeast-1" }
provider "alicloud" {
  alias  = "eu"
  region = "eu-central-1"
}
variable "phase" { type = number }
locals { changed = var.phase == 2 }

# In this order: both ask the same, and are sent in different ways.
data "alicloud_zones" "z" { available_resource_creation = data.alicloud_slb_zones.z.id == "" ? "" : "Slb" }
data "alicloud_slb_zones" "z" { available_slb_address_type = "vpc" }
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
data "alicloud_regions" "r" { current = true }
data "alicloud_vpcs" "v" { name_regex = "^none$" }
data "alicloud_vswitches" "s" { name_regex = "^none$" }
data "alicloud_slb_load_balancers" "l" { name_regex = "^none$" }
data "alicloud_eip_addresses" "e" { name_regex = "^none$" }
data "alicloud_eipanycast_anycast_eip_addresses" "a" { name_regex = "^none$" }

resource "alicloud_vpc" "v" {
  vpc_name              = local.changed ? "w" : "v"
  cidr_block            = "10.0.0.0/8"
  tags                  = local.changed ? { c = "d" } : { a = "b" }
  secondary_cidr_blocks = local.changed ? ["192.168.0.0/16"] : ["172.16.0.0/16"]
}
resource "alicloud_vswitch" "s" {
  vpc_id       = alicloud_vpc.v.id
  cidr_block   = "10.1.0.0/16"
  zone_id      = data.alicloud_zones.z.zones[0].id
  vswitch_name = local.changed ? "t" : "s"
  tags         = local.changed ? { c = "d" } : { a = "b" }
}
resource "alicloud_security_group" "g" {
  vpc_id              = alicloud_vpc.v.id
  security_group_name = local.changed ? "web2" : "web"
  inner_access_policy = local.changed ? "Drop" : "Accept"
  tags                = local.changed ? { c = "d" } : { a = "b" }
}
resource "alicloud_security_group_rule" "in" {
  security_group_id = alicloud_security_group.g.id
  type              = "ingress"
  ip_protocol       = "tcp"
  port_range        = "80/80"
  cidr_ip           = "0.0.0.0/0"
  description       = local.changed ? "changed" : "made"
}
resource "alicloud_security_group_rule" "out" {
  security_group_id = alicloud_security_group.g.id
  type              = "egress"
  ip_protocol       = "tcp"
  port_range        = "443/443"
  cidr_ip           = "0.0.0.0/0"
  description       = local.changed ? "changed" : "made"
}
resource "alicloud_instance" "i" {
  image_id        = data.alicloud_images.i.images[0].id
  instance_type   = local.changed ? data.alicloud_instance_types.t.ids[1] : data.alicloud_instance_types.t.ids[0]
  vswitch_id      = alicloud_vswitch.s.id
  security_groups = [alicloud_security_group.g.id]
  instance_name   = local.changed ? "web-2" : "web"
  http_tokens     = local.changed ? "required" : "optional"
  system_disk_name = local.changed ? "disk-2" : "disk"
  system_disk_size = local.changed ? 60 : 40
  tags            = local.changed ? { role = "app" } : { role = "web" }
  volume_tags     = local.changed ? { v = "x" } : { v = "w" }
  secondary_private_ip_address_count = local.changed ? 2 : 1
}
resource "alicloud_ecs_network_interface" "n" {
  vswitch_id             = alicloud_vswitch.s.id
  security_group_ids     = [alicloud_security_group.g.id]
  network_interface_name = local.changed ? "eni-2" : "eni"
  secondary_private_ip_address_count = local.changed ? 1 : 2
  tags                   = local.changed ? { c = "d" } : { a = "b" }
}
resource "alicloud_slb_load_balancer" "lb" {
  load_balancer_name = local.changed ? "lb-2" : "lb"
  address_type       = "intranet"
  vswitch_id         = alicloud_vswitch.s.id
  load_balancer_spec = local.changed ? "slb.s2.small" : "slb.s1.small"
  delete_protection  = local.changed ? "off" : "on"
  modification_protection_status = local.changed ? "NonProtection" : "ConsoleProtection"
  modification_protection_reason = local.changed ? null : "tests"
  status             = local.changed ? "inactive" : "active"
  tags               = local.changed ? { c = "d" } : { a = "b" }
}
resource "alicloud_slb_load_balancer" "public" {
  load_balancer_name   = "public"
  address_type         = "internet"
  load_balancer_spec   = "slb.s1.small"
  internet_charge_type = "PayByBandwidth"
  bandwidth            = local.changed ? 20 : 10
}
resource "alicloud_slb_backend_server" "b" {
  load_balancer_id = alicloud_slb_load_balancer.lb.id
  backend_servers {
    server_id = local.changed ? alicloud_instance.i.id : alicloud_ecs_network_interface.n.id
    type      = local.changed ? "ecs" : "eni"
    weight    = 100
  }
}
resource "alicloud_slb_backend_server" "weighed" {
  load_balancer_id = alicloud_slb_load_balancer.public.id
  backend_servers {
    server_id = alicloud_instance.i.id
    weight    = local.changed ? 50 : 100
  }
  depends_on = [alicloud_slb_backend_server.b]
}
resource "alicloud_slb_server_group" "g" {
  load_balancer_id = alicloud_slb_load_balancer.lb.id
  name             = local.changed ? "group-2" : "group"
  tags             = local.changed ? { c = "d" } : { a = "b" }
  servers {
    server_ids = [alicloud_instance.i.id]
    port       = local.changed ? 8080 : 80
    weight     = 10
  }
}
resource "alicloud_slb_server_group" "plain" {
  load_balancer_id = alicloud_slb_load_balancer.lb.id
  name             = "plain"
  depends_on       = [alicloud_slb_server_group.g]
}
resource "alicloud_slb_server_group_server_attachment" "a" {
  server_group_id = alicloud_slb_server_group.plain.id
  server_id       = alicloud_instance.i.id
  port            = 80
  weight          = 10
  depends_on      = [alicloud_slb_server_group.g]
}
resource "alicloud_slb_listener" "tcp" {
  load_balancer_id = alicloud_slb_load_balancer.lb.id
  protocol         = "tcp"
  frontend_port    = 80
  backend_port     = 80
  bandwidth        = -1
  scheduler        = local.changed ? "rr" : "wrr"
}
resource "alicloud_slb_listener" "udp" {
  load_balancer_id = alicloud_slb_load_balancer.lb.id
  protocol         = "udp"
  frontend_port    = 53
  backend_port     = 53
  depends_on       = [alicloud_slb_listener.tcp]
  bandwidth        = -1
  scheduler        = local.changed ? "rr" : "wrr"
}
resource "alicloud_slb_listener" "http" {
  load_balancer_id = alicloud_slb_load_balancer.lb.id
  protocol         = "http"
  frontend_port    = 8080
  backend_port     = 80
  bandwidth        = -1
  idle_timeout     = local.changed ? 20 : 15
  depends_on       = [alicloud_slb_listener.udp]
  server_group_id  = alicloud_slb_server_group.plain.id
}
resource "alicloud_eip_address" "e" {
  address_name         = local.changed ? "e-2" : "e"
  bandwidth            = "5"
  internet_charge_type = "PayByTraffic"
  deletion_protection  = local.changed ? false : true
  tags                 = local.changed ? { c = "d" } : { a = "b" }
}
resource "alicloud_eip_association" "e" {
  allocation_id = alicloud_eip_address.e.id
  instance_id   = alicloud_slb_load_balancer.lb.id
}
resource "alicloud_eipanycast_anycast_eip_address" "a" {
  anycast_eip_address_name = local.changed ? "demo-2" : "demo"
  service_location         = "international"
  bandwidth                = local.changed ? 300 : 200
  tags                     = local.changed ? { c = "d" } : { a = "b" }
}
resource "alicloud_eipanycast_anycast_eip_address_attachment" "t" {
  anycast_id              = alicloud_eipanycast_anycast_eip_address.a.id
  bind_instance_id        = alicloud_slb_load_balancer.lb.id
  bind_instance_type      = "SlbInstance"
  bind_instance_region_id = "ap-southeast-1"
}
data "alicloud_slb_zones" "eu" {
  provider                   = alicloud.eu
  available_slb_address_type = data.alicloud_slb_zones.z.id == "" ? "" : "vpc"
}
resource "alicloud_vpc" "eu" {
  provider   = alicloud.eu
  cidr_block = "10.0.0.0/8"
}
resource "alicloud_vswitch" "eu" {
  provider   = alicloud.eu
  vpc_id     = alicloud_vpc.eu.id
  cidr_block = "10.1.0.0/16"
  zone_id    = data.alicloud_slb_zones.eu.zones[0].id
}
resource "alicloud_slb_load_balancer" "eu" {
  provider           = alicloud.eu
  address_type       = "intranet"
  vswitch_id         = alicloud_vswitch.eu.id
  load_balancer_spec = "slb.s1.small"
}
resource "alicloud_eipanycast_anycast_eip_address_attachment" "eu" {
  anycast_id              = alicloud_eipanycast_anycast_eip_address.a.id
  bind_instance_id        = alicloud_slb_load_balancer.eu.id
  bind_instance_type      = "SlbInstance"
  bind_instance_region_id = "eu-central-1"
  association_mode        = "Normal"
  pop_locations { pop_location = local.changed ? "eu-west-1-pop" : "eu-central-1-pop" }
  depends_on              = [alicloud_eipanycast_anycast_eip_address_attachment.t]
}
`;
