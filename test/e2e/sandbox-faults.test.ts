import { Workspace } from "../../packages/sandbox/test/provider/support/workspace";

jest.setTimeout(120_000);

const CONFIGURATION = `
resource "alicloud_vpc" "v" {
  vpc_name   = "v"
  cidr_block = "10.0.0.0/8"
}
resource "alicloud_eipanycast_anycast_eip_address" "a" {
  service_location = "international"
  tags             = { a = "b", c = "d" }
}
`;

/** Applies the configuration under the given faults, and closes the sandbox again. */
async function under(
  faults: readonly string[],
  check: (work: Workspace) => Promise<void>,
  configuration = CONFIGURATION,
): Promise<void> {
  const work = await Workspace.open({ faults });
  try {
    await work.configure(configuration);
    await check(work);
  } finally {
    await work.close();
  }
}

describe("cloud faults that the provider meets:", () => {
  it.each([
    ["throttling", "throttle:CreateVpc:3"],
    ["internal service errors", "500:CreateVpc:2"],
    ["an answer that is lost after the VPC was created", "lost-response:CreateVpc"],
    ["slow answers", "slow:*:20ms"],
  ])("%s is retried, and nothing is created twice", (_, fault) =>
    under([fault], async (work) => {
      await work.apply();
      expect(work.sandbox.status().objects.filter((one) => one.kind === "vpc")).toHaveLength(1);
      expect((await work.plan()).changes).toEqual([]);
    }),
  );

  it("a failure half-way keeps the created resource in state, tainted, and the next apply repairs it", () =>
    under(["partial-tags:Eipanycast.TagResources"], async (work) => {
      const first = await work.terraform("apply", "-input=false", "-auto-approve");
      expect(first.code).toBe(1);
      expect(first.text).toContain("TagResources Failed!!!");
      expect(work.values("alicloud_eipanycast_anycast_eip_address.a").id).toMatch(/^aeip-/);
      await work.apply();
      expect(work.values("alicloud_eipanycast_anycast_eip_address.a").tags).toEqual({ a: "b", c: "d" });
      expect(work.sandbox.status().objects.filter((one) => one.kind === "anycast-eip")).toHaveLength(1);
      expect((await work.plan()).changes).toEqual([]);
    }));

  it("a status that never settles ends at the configured timeout, with the object in state", () =>
    under(
      ["stuck:AllocateAnycastEipAddress"],
      async (work) => {
        const { code, text } = await work.terraform("apply", "-input=false", "-auto-approve");
        expect(code).toBe(1);
        expect(text).toContain("timeout while waiting");
        expect(work.values("alicloud_eipanycast_anycast_eip_address.a").id).toMatch(/^aeip-/);
      },
      'resource "alicloud_eipanycast_anycast_eip_address" "a" {\n  service_location = "international"\n  timeouts {\n    create = "1s"\n  }\n}\n',
    ));
});
