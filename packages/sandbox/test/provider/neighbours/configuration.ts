import { makeCertificate } from "../../../src/openapi/certificate";
import type { StateFile } from "../support/comparable-state";
import { comparableState } from "../support/comparable-state";
import { LOOKUPS } from "../support/whole";

/** What stands around a load balancer: lists of addresses, a certificate, a pair of servers. */
export async function neighbours(): Promise<string> {
  const { cert, key } = await makeCertificate();
  return `${LOOKUPS}
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
  address_type       = "intranet"
  vswitch_id         = alicloud_vswitch.s.id
  load_balancer_spec = "slb.s1.small"
}
resource "alicloud_slb_acl" "a" {
  name       = "allowed"
  ip_version = "ipv4"
  tags       = { a = "b" }
}
resource "alicloud_slb_acl_entry_attachment" "a" {
  count   = 2
  acl_id  = alicloud_slb_acl.a.id
  entry   = "10.\${count.index}.0.0/16"
  comment = "net \${count.index}"
}
resource "alicloud_slb_acl" "listed" {
  name = "listed"
  entry_list {
    entry   = "192.168.0.0/16"
    comment = "inside"
  }
}
resource "alicloud_slb_server_certificate" "c" {
  name               = "www"
  tags               = { a = "b" }
  server_certificate = <<-PEM
${cert.trim().replace(/^/gm, "    ")}
  PEM
  private_key        = <<-PEM
${key.trim().replace(/^/gm, "    ")}
  PEM
}
resource "alicloud_slb_listener" "https" {
  load_balancer_id      = alicloud_slb_load_balancer.lb.id
  protocol              = "https"
  frontend_port         = 443
  backend_port          = 80
  bandwidth             = -1
  server_certificate_id = alicloud_slb_server_certificate.c.id
  acl_status            = "on"
  acl_type              = "white"
  acl_id                = alicloud_slb_acl.a.id
}
resource "alicloud_slb_listener" "http" {
  load_balancer_id = alicloud_slb_load_balancer.lb.id
  protocol         = "http"
  frontend_port    = 80
  listener_forward = "on"
  forward_port     = alicloud_slb_listener.https.frontend_port
}
resource "alicloud_slb_master_slave_server_group" "p" {
  load_balancer_id = alicloud_slb_load_balancer.lb.id
  name             = "pair"
  servers {
    server_id   = alicloud_instance.i[0].id
    port        = 8080
    weight      = 100
    server_type = "Master"
  }
  servers {
    server_id   = alicloud_instance.i[1].id
    port        = 8080
    weight      = 100
    server_type = "Slave"
  }
}
resource "alicloud_slb_listener" "tcp" {
  load_balancer_id             = alicloud_slb_load_balancer.lb.id
  protocol                     = "tcp"
  frontend_port                = 8080
  bandwidth                    = -1
  master_slave_server_group_id = alicloud_slb_master_slave_server_group.p.id
}
`;
}

const OF = /^alicloud_slb_(acl|server_certificate|listener|master_slave)/;

/** The state of the neighbours, without ids, which differ, and the certificate, which is made for each run. */
export function neighboursIn(state: StateFile): Readonly<Record<string, unknown>> {
  const text = JSON.stringify(comparableState(state))
    .replace(/\b(acl)-[a-z0-9]{6,}/g, "<$1>")
    .replace(/\d{16}_[0-9a-f]{20}/g, "<certificate>");
  const found = JSON.parse(text) as Record<string, Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(found)
      .filter(([address]) => OF.test(address))
      .map(([address, { server_certificate: _cert, private_key: _key, ...others }]) => [address, others]),
  );
}
