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
it("an attribute taken out of the configuration is empty in state, and the whole check is sent with the change", async () => {
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
