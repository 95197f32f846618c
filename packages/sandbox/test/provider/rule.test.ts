import { Workspace } from "./support/workspace";

jest.setTimeout(120_000);

const configuration = (settings: string): string => `
resource "alicloud_slb_load_balancer" "lb" { load_balancer_spec = "slb.s1.small" }
resource "alicloud_slb_server_group" "g" { load_balancer_id = alicloud_slb_load_balancer.lb.id }
resource "alicloud_slb_listener" "l" {
  load_balancer_id = alicloud_slb_load_balancer.lb.id
  protocol         = "http"
  frontend_port    = 80
  backend_port     = 80
  bandwidth        = 10
}
resource "alicloud_slb_rule" "r" {
  load_balancer_id = alicloud_slb_load_balancer.lb.id
  frontend_port    = alicloud_slb_listener.l.frontend_port
  server_group_id  = alicloud_slb_server_group.g.id
  domain           = "www.example.com"
  ${settings}
}
`;
const OWN = `
  listener_sync         = "off"
  scheduler             = "rr"
  health_check_interval = 7
  sticky_session        = "on"
  sticky_session_type   = "insert"
  cookie_timeout        = 60`;

it("a forwarding rule is created, updated, imported and destroyed, with empty plans in between", async () => {
  const work = await Workspace.open();
  try {
    await work.configure(configuration(""));
    await work.apply();
    expect((await work.plan()).changes).toEqual([]);
    expect(work.values("alicloud_slb_rule.r")).toMatchObject({ name: "tf-slb-rule", listener_sync: "on" });

    await work.configure(configuration(OWN));
    const { changes } = await work.plan();
    expect(changes.map(({ address, change }) => [address, change.actions])).toEqual([
      ["alicloud_slb_rule.r", ["update"]],
    ]);
    await work.apply();
    const own = { listener_sync: "off", scheduler: "rr", health_check_interval: 7, cookie_timeout: 60 };
    expect(work.values("alicloud_slb_rule.r")).toMatchObject(own);
    expect((await work.plan()).changes).toEqual([]);

    const { id } = work.values("alicloud_slb_rule.r");
    await work.succeed("state", "rm", "alicloud_slb_rule.r");
    await work.succeed("import", "-input=false", "alicloud_slb_rule.r", String(id));
    expect(work.values("alicloud_slb_rule.r")).toMatchObject(own);

    await work.succeed("destroy", "-input=false", "-auto-approve");
    expect(work.sandbox.status().objects.map(({ kind }) => kind)).toEqual(["resource-group"]);
  } finally {
    await work.close();
  }
});

it("a sticky session of a rule needs its type, and a rule needs a domain or a path", async () => {
  const work = await Workspace.open();
  try {
    await work.configure(configuration('listener_sync = "off"\n  sticky_session = "on"'));
    expect((await work.terraform("apply", "-input=false", "-auto-approve")).text).toContain(
      "'sticky_session_type': required field is not set when the sticky_session is 'on'.",
    );
    await work.configure(configuration("").replace(/ {2}domain .*\n/, ""));
    expect((await work.terraform("validate")).text).toMatch(/one of `domain,url` must be\s+specified/);
  } finally {
    await work.close();
  }
});
