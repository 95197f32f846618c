# What a team's landing zone looks like: thirty resource types in modules, one instance per service. bench/terraform.ts plans it.
terraform {
  required_providers {
    alicloud = {
      source = "aliyun/alicloud"
    }
  }
}

provider "alicloud" {
  region = "ap-southeast-1"
}

variable "services" {
  description = "How many services there are."
  type        = number
  default     = 10
}

variable "bound" {
  description = "How many of them are bound to an Anycast EIP."
  type        = number
  default     = 2
}

locals {
  zones = ["ap-southeast-1a", "ap-southeast-1b"]
  services = {
    for i in range(var.services) : "svc-${format("%05d", i)}" => {
      zone  = local.zones[i % 2]
      ports = i % 3 == 0 ? [80, 443] : [443]
      bound = i < var.bound
      team  = element(["payments", "search", "accounts", "media"], i)
    }
  }
}

resource "alicloud_vpc" "main" {
  vpc_name   = "landing-zone"
  cidr_block = "10.0.0.0/8"
}

resource "alicloud_kms_key" "main" {
  description            = "Encrypts what the services keep"
  pending_window_in_days = 7
}

module "service" {
  source   = "./service"
  for_each = local.services

  name       = each.key
  zone       = each.value.zone
  ports      = each.value.ports
  bound      = each.value.bound
  team       = each.value.team
  vpc_id     = alicloud_vpc.main.id
  kms_key_id = alicloud_kms_key.main.id
}

output "addresses" {
  value = { for name, service in module.service : name => service.address }
}
