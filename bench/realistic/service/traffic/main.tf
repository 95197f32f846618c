terraform {
  required_providers {
    alicloud = {
      source = "aliyun/alicloud"
    }
  }
}

variable "name" { type = string }
variable "ports" { type = list(number) }
variable "bound" { type = bool }
variable "vswitch_id" { type = string }
variable "servers" { type = list(string) }
variable "tags" { type = map(string) }

resource "alicloud_slb_acl" "office" {
  name = var.name
}

resource "alicloud_slb_acl_entry_attachment" "office" {
  acl_id  = alicloud_slb_acl.office.id
  entry   = "192.0.2.0/24"
  comment = "office"
}

resource "alicloud_slb_load_balancer" "this" {
  load_balancer_name   = var.name
  address_type         = "intranet"
  vswitch_id           = var.vswitch_id
  instance_charge_type = "PayByCLCU"
  tags                 = var.tags
}

resource "alicloud_slb_server_group" "web" {
  load_balancer_id = alicloud_slb_load_balancer.this.id
  name             = var.name
}

resource "alicloud_slb_server_group_server_attachment" "web" {
  count = 2

  server_group_id = alicloud_slb_server_group.web.id
  server_id       = var.servers[count.index]
  port            = 8080
}

resource "alicloud_slb_listener" "this" {
  for_each = { for port in var.ports : tostring(port) => port }

  load_balancer_id = alicloud_slb_load_balancer.this.id
  frontend_port    = each.value
  backend_port     = 8080
  protocol         = "tcp"
  bandwidth        = -1
  server_group_id  = alicloud_slb_server_group.web.id
}

resource "alicloud_eip_address" "out" {
  address_name = var.name
  tags         = var.tags
}

resource "alicloud_eipanycast_anycast_eip_address" "this" {
  count = var.bound ? 1 : 0

  anycast_eip_address_name = "a${replace(var.name, "-", "_")}"
  service_location         = "international"
}

resource "alicloud_eipanycast_anycast_eip_address_attachment" "this" {
  count = var.bound ? 1 : 0

  anycast_id              = alicloud_eipanycast_anycast_eip_address.this[0].id
  bind_instance_id        = alicloud_slb_load_balancer.this.id
  bind_instance_region_id = "ap-southeast-1"
  bind_instance_type      = "SlbInstance"
}

resource "alicloud_alidns_record" "this" {
  domain_name = "example.com"
  rr          = var.name
  type        = "A"
  value       = alicloud_eip_address.out.ip_address
}

resource "alicloud_cms_alarm" "traffic" {
  name           = "${var.name}-traffic"
  project        = "acs_slb_dashboard"
  metric         = "TrafficTXNew"
  contact_groups = ["network"]

  escalations_critical {
    statistics          = "Average"
    comparison_operator = ">="
    threshold           = "90"
    times               = 3
  }
}

output "address" {
  value = one(alicloud_eipanycast_anycast_eip_address.this[*].id)
}
