import { Workspace } from "./support/workspace";

jest.setTimeout(60_000);

const configuration = (group: string): string => `
resource "alicloud_slb_load_balancer" "lb" {
  load_balancer_spec = "slb.s1.small"
}
resource "alicloud_slb_server_group" "g" {
  load_balancer_id = alicloud_slb_load_balancer.lb.id
}
resource "alicloud_slb_listener" "l" {
  load_balancer_id = alicloud_slb_load_balancer.lb.id
  protocol         = "tcp"
  frontend_port    = 80
  backend_port     = 80
  bandwidth        = 10
  ${group}
}
`;

/** Values that the released provider 1.289.0 had in state after the same two applies. */
it("removing an attribute from the configuration empties it in state, and the update sends the whole health check", async () => {
  const work = await Workspace.open();
  try {
    await work.configure(configuration("server_group_id = alicloud_slb_server_group.g.id"));
    await work.apply();
    const { id } = work.values("alicloud_slb_server_group.g");
    expect(work.values("alicloud_slb_listener.l")).toMatchObject({ server_group_id: id, health_check_http_code: null });
    await work.configure(configuration(""));
    await work.apply();
    expect(work.values("alicloud_slb_listener.l")).toMatchObject({
      server_group_id: "",
      health_check_http_code: "http_2xx",
      health_check: "on",
      health_check_timeout: 5,
    });
    expect((await work.plan()).changes).toEqual([]);
  } finally {
    await work.close();
  }
});

const NETWORK = `
resource "alicloud_vpc" "v" { cidr_block = "10.0.0.0/8" }
data "alicloud_zones" "z" { available_resource_creation = "VSwitch" }
resource "alicloud_vswitch" "s" {
  vpc_id     = alicloud_vpc.v.id
  cidr_block = "10.1.0.0/24"
  zone_id    = data.alicloud_zones.z.zones[0].id
}
`;

const INTERNAL = `${NETWORK}
resource "alicloud_slb_load_balancer" "a" {
  address_type         = "intranet"
  vswitch_id           = alicloud_vswitch.s.id
  internet_charge_type = "PayByBandwidth"
  bandwidth            = 10
}
`;

/** Observed: planned as 10, the call does not carry it, and 1 is read back. */
it("a planned value whose difference is suppressed at apply time is not sent", async () => {
  const work = await Workspace.open();
  try {
    await work.configure(INTERNAL);
    const { changes } = await work.plan();
    expect(changes.find((one) => one.type === "alicloud_slb_load_balancer")?.change.after).toMatchObject({
      bandwidth: 10,
    });
    await work.succeed("apply", "-input=false", "plan");
    expect(work.values("alicloud_slb_load_balancer.a").bandwidth).toBe(1);
  } finally {
    await work.close();
  }
});

const INSTANCES = `${NETWORK}
data "alicloud_images" "i" { owners = "system" }
resource "alicloud_security_group" "g" { vpc_id = alicloud_vpc.v.id }
resource "alicloud_instance" "named" {
  image_id              = data.alicloud_images.i.ids[0]
  instance_type         = "ecs.c6.large"
  vswitch_id            = alicloud_vswitch.s.id
  security_groups       = [alicloud_security_group.g.id]
  secondary_private_ips = ["10.1.0.60"]
  tags                  = { a = "b" }
  volume_tags           = { v = "w" }
}
resource "alicloud_instance" "counted" {
  image_id                           = data.alicloud_images.i.ids[0]
  instance_type                      = "ecs.c6.large"
  vswitch_id                         = alicloud_vswitch.s.id
  security_groups                    = [alicloud_security_group.g.id]
  secondary_private_ip_address_count = 2
}
`;

it("a new instance has its secondary addresses and its disks' tags at once, as with the released provider", async () => {
  const work = await Workspace.open();
  try {
    await work.configure(INSTANCES);
    await work.apply();
    expect(work.values("alicloud_instance.named")).toMatchObject({
      secondary_private_ips: ["10.1.0.60"],
      secondary_private_ip_address_count: 1,
      volume_tags: { v: "w" },
    });
    expect(work.values("alicloud_instance.counted")).toMatchObject({ secondary_private_ip_address_count: 2 });
    expect((await work.plan()).changes).toEqual([]);
  } finally {
    await work.close();
  }
});
