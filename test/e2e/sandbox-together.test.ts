import { existsSync } from "node:fs";
import { startSandbox } from "alicloud-sandbox";
import { Workspace } from "../../packages/sandbox/test/provider/support/workspace";

jest.setTimeout(120_000);

const COUNT = 25;

describe("concurrent work", () => {
  it("applies and destroys bound addresses with 50 parallel operations", async () => {
    const work = await Workspace.open({ quotas: { anycastEips: COUNT, loadBalancers: COUNT } });
    try {
      await work.configure(`
resource "alicloud_vpc" "v" {
  cidr_block = "10.0.0.0/8"
}
resource "alicloud_vswitch" "s" {
  vpc_id     = alicloud_vpc.v.id
  cidr_block = "10.1.0.0/16"
  zone_id    = "ap-southeast-1a"
}
resource "alicloud_slb_load_balancer" "lb" {
  count              = ${COUNT}
  address_type       = "intranet"
  load_balancer_spec = "slb.s1.small"
  vswitch_id         = alicloud_vswitch.s.id
}
resource "alicloud_eipanycast_anycast_eip_address" "a" {
  count            = ${COUNT}
  service_location = "international"
}
resource "alicloud_eipanycast_anycast_eip_address_attachment" "t" {
  count                   = ${COUNT}
  anycast_id              = alicloud_eipanycast_anycast_eip_address.a[count.index].id
  bind_instance_id        = alicloud_slb_load_balancer.lb[count.index].id
  bind_instance_type      = "SlbInstance"
  bind_instance_region_id = "ap-southeast-1"
}
`);
      await work.apply("-parallelism=50");
      const { bindings } = work.sandbox.status();
      expect(new Set(bindings.map((one) => one.anycastId)).size).toBe(COUNT);
      expect(new Set(bindings.map((one) => one.instanceId)).size).toBe(COUNT);
      expect((await work.plan("-parallelism=50")).changes).toEqual([]);
      await work.succeed("destroy", "-input=false", "-auto-approve", "-parallelism=50");
      expect(work.sandbox.status().bindings).toEqual([]);
    } finally {
      await work.close();
    }
  });

  it("keeps the regions of several provider configurations separate in one process", async () => {
    const work = await Workspace.open();
    try {
      await work.configure(
        ["cn-hongkong", "eu-central-1"]
          .map(
            (region) => `
provider "alicloud" {
  alias  = "${region}"
  region = "${region}"
}
resource "alicloud_vpc" "${region}" {
  provider   = alicloud.${region}
  cidr_block = "10.0.0.0/8"
}
data "alicloud_regions" "${region}" {
  provider = alicloud.${region}
  current  = true
}
`,
          )
          .join("") + 'resource "alicloud_vpc" "own" {\n  cidr_block = "10.0.0.0/8"\n}\n',
      );
      await work.apply();
      expect(work.values("alicloud_vpc.cn-hongkong").region_id).toBe("cn-hongkong");
      expect(work.values("alicloud_vpc.eu-central-1").region_id).toBe("eu-central-1");
      expect(work.values("alicloud_vpc.own").region_id).toBe("ap-southeast-1");
      expect(work.values("data.alicloud_regions.cn-hongkong").ids).toEqual(["cn-hongkong"]);
    } finally {
      await work.close();
    }
  });

  it("runs several independent sandboxes side by side, and leaves nothing behind", async () => {
    const [one, other] = await Promise.all([startSandbox(), startSandbox()]);
    await one!.cloud.call("Vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8" }, { region: "cn-hongkong" });
    const vpcs = (sandbox: typeof one): number =>
      sandbox!.status().objects.filter((object) => object.kind === "vpc").length;
    expect([vpcs(one), vpcs(other)]).toEqual([1, 0]);
    expect(one!.status().simulated).toBe(true);
    const sockets = [one, other].map((sandbox) => {
      const attach = JSON.parse(sandbox!.env.TF_REATTACH_PROVIDERS!) as Record<string, { Addr: { String: string } }>;
      expect(Object.keys(attach).sort()).toEqual([
        "registry.opentofu.org/aliyun/alicloud",
        "registry.terraform.io/aliyun/alicloud",
      ]);
      return attach["registry.terraform.io/aliyun/alicloud"]!.Addr.String;
    });
    expect(sockets.every((path) => existsSync(path) && path.length < 100)).toBe(true);
    await Promise.all([one!.stop(), other!.stop()]);
    expect([...sockets, one!.directory, other!.directory].filter((path) => existsSync(path))).toEqual([]);
  });
});
