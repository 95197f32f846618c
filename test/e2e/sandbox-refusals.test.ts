import { startSandbox } from "alicloud-sandbox";
import { Workspace } from "../../packages/sandbox/test/provider/support/workspace";

jest.setTimeout(60_000);

/** An address bound to a load balancer of the given kind. */
const binding = (balancer: string, region = "ap-southeast-1"): string => `
resource "alicloud_vpc" "v" {
  cidr_block = "10.0.0.0/8"
}
resource "alicloud_vswitch" "s" {
  vpc_id     = alicloud_vpc.v.id
  cidr_block = "10.1.0.0/16"
  zone_id    = "${region}a"
}
resource "alicloud_slb_load_balancer" "lb" {
  load_balancer_spec = "slb.s1.small"
${balancer}
}
resource "alicloud_eipanycast_anycast_eip_address" "a" {
  service_location = "international"
}
resource "alicloud_eipanycast_anycast_eip_address_attachment" "t" {
  anycast_id              = alicloud_eipanycast_anycast_eip_address.a.id
  bind_instance_id        = alicloud_slb_load_balancer.lb.id
  bind_instance_type      = "SlbInstance"
  bind_instance_region_id = "${region}"
}
`;

describe("what the sandbox refuses", () => {
  let work: Workspace;

  beforeEach(async () => {
    work = await Workspace.open();
  });
  afterEach(() => work.close());

  it.each([
    ["an internet-facing load balancer", '  address_type = "internet"'],
    ["a load balancer outside any VPC", '  address_type = "intranet"'],
  ])("binding %s, with the cloud's code, message and request id", async (_, balancer) => {
    await work.configure(binding(balancer));
    const { code, text } = await work.terraform("apply", "-input=false", "-auto-approve");
    expect(code).toBe(1);
    const flat = text.replace(/\s+[│|]?\s*/g, " ");
    expect(flat).toMatch(
      /terraform-provider-alicloud\/alicloud\/resource_alicloud_eipanycast_anycast_eip_address_attachment\.go .*: Resource alicloud_eipanycast_anycast_eip_address_attachment AssociateAnycastEipAddress Failed!!! \[SDK alibaba-cloud-sdk-go ERROR\]/,
    );
    expect(flat).toMatch(/StatusCode: 4\d\d Code: [A-Za-z.]+ Message: code: 4\d\d, .+ request id: [0-9A-F-]{36}/);
    expect(flat).toContain("simulated by the sandbox");
    expect(work.sandbox.status().bindings).toEqual([]);
    expect(() => work.values("alicloud_eipanycast_anycast_eip_address_attachment.t")).toThrow();
    // What was made before stays in state, so that it can be put right or destroyed.
    await work.succeed("destroy", "-input=false", "-auto-approve");
    expect(work.sandbox.status().objects.filter((one) => one.kind !== "resource-group")).toEqual([]);
  });

  it.each([
    [
      "a value that is not on the list",
      'resource "alicloud_slb_load_balancer" "x" {\n  address_type = "inner"\n}',
      "expected address_type to be one of [internet intranet], got inner",
      "address_type",
    ],
    [
      "a missing required argument",
      'resource "alicloud_eipanycast_anycast_eip_address" "x" {}',
      'The argument "service_location" is required',
      "alicloud_eipanycast_anycast_eip_address",
    ],
    [
      "arguments that exclude each other",
      'resource "alicloud_vpc" "x" {\n  vpc_name = "a"\n  name = "b"\n}',
      '"vpc_name": conflicts with name',
      "vpc_name",
    ],
    [
      "none of several arguments of which one is required",
      'resource "alicloud_vswitch" "x" {\n  vpc_id = "vpc-1"\n  cidr_block = "10.0.0.0/8"\n}',
      "one of `availability_zone,zone_id` must be specified",
      "x",
    ],
    [
      "a number out of range",
      'resource "alicloud_slb_listener" "x" {\n  load_balancer_id = "lb-1"\n  protocol = "tcp"\n  frontend_port = 70000\n}',
      "expected frontend_port to be in the range (1 - 65535), got 70000",
      "frontend_port",
    ],
    [
      "a removed argument",
      'resource "alicloud_slb_load_balancer" "x" {\n  internet = true\n}',
      "[REMOVED] Field 'internet' has been removed",
      "internet",
    ],
    [
      "an invalid timeout",
      'resource "alicloud_vpc" "x" {\n  timeouts {\n    create = "soon"\n  }\n}',
      'invalid duration "soon"',
      "create",
    ],
  ])("a configuration with %s", async (_, resource, message, where) => {
    await work.configure(resource);
    const { code, text } = await work.terraform("validate", "-json");
    const report = JSON.parse(text.slice(text.indexOf("{"))) as {
      diagnostics: { severity: string; summary: string; detail: string; snippet?: { code: string } }[];
    };
    const found = report.diagnostics.filter((one) => one.severity === "error");
    expect(code).toBe(1);
    expect(found.map((one) => `${one.summary} ${one.detail}`).join("\n")).toContain(message);
    expect(found[0]?.snippet?.code).toContain(where);
  });

  it("warns about a deprecated argument", async () => {
    await work.configure('resource "alicloud_vpc" "x" {\n  name = "b"\n}');
    const { code, text } = await work.terraform("validate");
    expect(code).toBe(0);
    expect(text).toContain("Warning: \"name\": [DEPRECATED] Field 'name' has been deprecated");
  });

  it.each([
    ["resource", "alicloud_oss_bucket"],
    ["resource", "alicloud_db_instance"],
    ["resource", "alicloud_alb_load_balancer"],
    ["data", "alicloud_kms_keys"],
    ["data", "alicloud_cs_managed_kubernetes_clusters"],
  ])("makes terraform name the unsupported %s %s", async (kind, type) => {
    await work.configure(`${kind} "${type}" "x" {}`);
    const { code, text } = await work.terraform("plan", "-input=false");
    expect(code).toBe(1);
    expect(text.replace(/\s+[│|]?\s*/g, " ")).toContain(
      `The provider aliyun/alicloud does not support ${kind === "data" ? "data source" : "resource type"} "${type}"`,
    );
  });

  it("refuses a region that the real provider does not know", async () => {
    await work.configure('resource "alicloud_vpc" "x" {}', 'provider "alicloud" {\n  region = "moon-1"\n}\n');
    const { code, text } = await work.terraform("plan", "-input=false");
    expect(code).toBe(1);
    expect(text).toContain("Invalid Alibaba Cloud region: moon-1");
  });
});

describe("types that are not simulated", () => {
  it("get mock values that fit the schema on request", async () => {
    const work = await Workspace.open({ mockOthers: true });
    try {
      await work.configure(
        `resource "alicloud_oss_bucket" "x" {
  bucket = "b"
  versioning {
    status = "Enabled"
  }
}
data "alicloud_kms_keys" "k" {}
resource "alicloud_vpc" "v" {}
resource "alicloud_db_instance" "d" {
  engine           = "MySQL"
  engine_version   = "8.0"
  instance_type    = "mysql.n2.small.1"
  instance_storage = 20
}
resource "alicloud_cs_managed_kubernetes" "k" {
  vswitch_ids  = [alicloud_db_instance.d.id]
  pod_cidr     = "172.20.0.0/16"
  service_cidr = "172.21.0.0/20"
}
resource "alicloud_security_group" "g" {
  vpc_id      = alicloud_vpc.v.id
  description = data.alicloud_db_zones.z.zones[0].id
}
data "alicloud_db_zones" "z" {}
output "text" {
  value = alicloud_db_instance.d.connection_string
}
`,
      );
      await work.apply();
      expect(work.values("alicloud_oss_bucket.x")).toMatchObject({
        bucket: "b",
        id: expect.stringMatching(/^mock-/) as string,
      });
      expect(work.values("alicloud_oss_bucket.x").versioning).toEqual([{ status: "Enabled" }]);
      expect(work.values("alicloud_db_instance.d").instance_storage).toBe(20);
      expect(await work.succeed("output", "-raw", "text")).toMatch(/^mock-/);
      // Simulated objects take values of mock ones, and the other way round.
      expect(work.values("alicloud_security_group.g").description).toMatch(/^mock-/);
      expect(work.values("alicloud_cs_managed_kubernetes.k").vswitch_ids).toEqual([
        work.values("alicloud_db_instance.d").id,
      ]);
      expect(work.values("data.alicloud_kms_keys.k").id).toMatch(/^mock-/);
      expect(work.values("alicloud_vpc.v").id).toMatch(/^vpc-/);
      expect((await work.plan()).changes).toEqual([]);
      await work.succeed("destroy", "-input=false", "-auto-approve");
    } finally {
      await work.close();
    }
  });
});

describe("a sandbox and a real cloud in one run", () => {
  it.each(["ALIBABA_CLOUD_ENDPOINT_VPC", "VPC_ENDPOINT", "ALICLOUD_CREDENTIALS_URI"])(
    "is refused when %s names a remote host",
    async (name) => {
      await expect(startSandbox({ baseEnv: { [name]: "vpc.ap-southeast-1.aliyuncs.com" } })).rejects.toMatchObject({
        code: "SandboxEndpointReal",
        message: expect.stringContaining(name) as string,
      });
    },
  );

  it("is not assumed when the endpoint is on this machine", async () => {
    const sandbox = await startSandbox({ baseEnv: { ALIBABA_CLOUD_ENDPOINT_VPC: "127.0.0.1:8080" } });
    await sandbox.stop();
    expect(sandbox.env.ALICLOUD_ACCESS_KEY).toBe("LTAI5tAnycastSandbox0000");
  });
});
