terraform {
  required_providers {
    alicloud = {
      source = "aliyun/alicloud"
    }
  }
}

variable "name" { type = string }
variable "zone" { type = string }
variable "team" { type = string }
variable "ports" { type = list(number) }
variable "bound" { type = bool }
variable "vpc_id" { type = string }
variable "kms_key_id" { type = string }

locals {
  number = tonumber(substr(var.name, 4, 5))
  tags = {
    service = var.name
    team    = var.team
    managed = "terraform"
  }
}

resource "alicloud_vswitch" "this" {
  vswitch_name = var.name
  vpc_id       = var.vpc_id
  zone_id      = var.zone
  cidr_block   = cidrsubnet("10.0.0.0/8", 16, local.number)
  tags         = local.tags
}

resource "alicloud_security_group" "this" {
  security_group_name = var.name
  vpc_id              = var.vpc_id
  tags                = local.tags
}

resource "alicloud_security_group_rule" "in" {
  for_each = toset([for port in var.ports : tostring(port)])

  type              = "ingress"
  ip_protocol       = "tcp"
  port_range        = "${each.value}/${each.value}"
  cidr_ip           = "10.0.0.0/8"
  security_group_id = alicloud_security_group.this.id
}

resource "alicloud_instance" "web" {
  count = 2

  instance_name        = "${var.name}-${count.index}"
  image_id             = "ubuntu_22_04_x64_20G_alibase_20240101.vhd"
  instance_type        = "ecs.g7.large"
  security_groups      = [alicloud_security_group.this.id]
  vswitch_id           = alicloud_vswitch.this.id
  system_disk_category = "cloud_essd"
  user_data            = <<-EOT
    #!/bin/sh
    apt-get install --yes nginx
    echo "${var.name}" > /var/www/html/index.html
    systemctl enable --now nginx
  EOT
  tags                 = local.tags
}

resource "alicloud_ecs_network_interface" "second" {
  network_interface_name = "${var.name}-second"
  vswitch_id             = alicloud_vswitch.this.id
  security_group_ids     = [alicloud_security_group.this.id]
}

resource "alicloud_ecs_disk" "data" {
  disk_name = "${var.name}-data"
  zone_id   = var.zone
  size      = 40
  category  = "cloud_essd"
  tags      = local.tags
}

resource "alicloud_ecs_disk_attachment" "data" {
  disk_id     = alicloud_ecs_disk.data.id
  instance_id = alicloud_instance.web[0].id
}

resource "alicloud_ecs_key_pair" "this" {
  key_pair_name = var.name
}

resource "alicloud_ram_role" "this" {
  role_name                   = var.name
  assume_role_policy_document = jsonencode({ Version = "1", Statement = [{ Action = "sts:AssumeRole", Effect = "Allow", Principal = { Service = ["ecs.aliyuncs.com"] } }] })
}

resource "alicloud_ram_user" "deploys" {
  name     = "${var.name}-deploys"
  comments = "Deploys ${var.name}"
}

resource "alicloud_ram_role_policy_attachment" "this" {
  policy_name = "AliyunOSSReadOnlyAccess"
  policy_type = "System"
  role_name   = alicloud_ram_role.this.role_name
}

module "data" {
  source = "./data"

  name       = var.name
  zone       = var.zone
  vswitch_id = alicloud_vswitch.this.id
  vpc_id     = var.vpc_id
  kms_key_id = var.kms_key_id
  tags       = local.tags
}

module "traffic" {
  source = "./traffic"

  name       = var.name
  ports      = var.ports
  bound      = var.bound
  vswitch_id = alicloud_vswitch.this.id
  servers    = alicloud_instance.web[*].id
  tags       = local.tags
}

output "address" {
  value = module.traffic.address
}
