terraform {
  required_providers {
    alicloud = {
      source = "aliyun/alicloud"
    }
  }
}

variable "name" { type = string }
variable "zone" { type = string }
variable "vswitch_id" { type = string }
variable "vpc_id" { type = string }
variable "kms_key_id" { type = string }
variable "tags" { type = map(string) }

resource "alicloud_oss_bucket" "this" {
  bucket = "acme-${var.name}"
  tags   = var.tags
}

resource "alicloud_oss_bucket_object" "page" {
  for_each = toset(["index.html", "404.html", "robots.txt"])

  bucket  = alicloud_oss_bucket.this.bucket
  key     = each.value
  content = "<html><body>${var.name}: ${each.value}</body></html>"
}

resource "alicloud_db_instance" "this" {
  engine           = "MySQL"
  engine_version   = "8.0"
  instance_type    = "mysql.n2.medium.1"
  instance_storage = 100
  instance_name    = var.name
  vswitch_id       = var.vswitch_id
  tags             = var.tags
}

resource "alicloud_db_database" "this" {
  instance_id = alicloud_db_instance.this.id
  name        = replace(var.name, "-", "_")
}

resource "alicloud_redis_tair_instance" "cache" {
  instance_class = "tair.rdb.1g"
  instance_type  = "tair_rdb"
  vpc_id         = var.vpc_id
  vswitch_id     = var.vswitch_id
  zone_id        = var.zone
}

resource "alicloud_log_project" "this" {
  project_name = var.name
  description  = "Logs of ${var.name}"
}

resource "alicloud_log_store" "access" {
  project_name     = alicloud_log_project.this.project_name
  logstore_name    = "access"
  retention_period = 30
}

resource "alicloud_kms_alias" "this" {
  alias_name = "alias/${var.name}"
  key_id     = var.kms_key_id
}

resource "alicloud_message_service_queue" "jobs" {
  queue_name = "${var.name}-jobs"
}

resource "alicloud_message_service_topic" "events" {
  topic_name = "${var.name}-events"
}

resource "alicloud_ots_instance" "this" {
  name        = var.name
  description = "Tables of ${var.name}"
}
