/** Look-ups of what is on offer; they need nothing to exist. */
export const LOOK_UPS = `
data "alicloud_instance_types" "old_family" { instance_type_family = "ecs.sn1ne" }
data "alicloud_instance_types" "arm" {
  instance_type_family = "ecs.g8y"
  kubernetes_node_role = "Master"
}
data "alicloud_instance_types" "none" { instance_type_family = "ecs.none" }
data "alicloud_instance_types" "by_price" {
  cpu_core_count = 2
  sorted_by      = "Price"
}
data "alicloud_instance_types" "by_month" {
  cpu_core_count       = 8
  memory_size          = 16
  instance_charge_type = "PrePaid"
  sorted_by            = "Price"
}
data "alicloud_instance_types" "by_memory" {
  instance_type_family = "ecs.g7"
  eni_amount           = 4
  sorted_by            = "Memory"
}
data "alicloud_instance_types" "graphics" {
  gpu_spec   = "NVIDIA T4"
  gpu_amount = 1
}
data "alicloud_images" "windows" {
  name_regex  = "^win"
  owners      = "system"
  most_recent = true
}
data "alicloud_images" "arm" {
  owners       = "system"
  architecture = "arm64"
}
data "alicloud_images" "older" {
  name_regex = "^(centos_6|aliyun_2_1903|debian_11)"
  owners     = "system"
}
data "alicloud_images" "none" { owners = "marketplace" }
data "alicloud_zones" "disk" {
  available_disk_category     = "cloud_ssd"
  available_resource_creation = "Instance"
}
data "alicloud_zones" "no_type" { available_instance_type = "ecs.none.large" }
data "alicloud_zones" "no_disk" { available_disk_category = "local_disk" }
data "alicloud_zones" "databases" {
  available_resource_creation = "Rds"
  enable_details              = true
}
data "alicloud_zones" "type" { available_instance_type = "ecs.g7.large" }
`;
