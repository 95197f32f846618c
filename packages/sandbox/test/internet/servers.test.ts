import { cloudLookup, internetOf } from "../../src/internet";
import type { Origin, ServerTarget } from "../../src/internet";
import { run } from "../support/run";
import { startSandbox } from "../../src";
import type { Body, Params, Product, Sandbox } from "../../src";
import { decide } from "../../src/internet/load-balancer";
import { targetOf } from "../../src/internet/route";
import { anycast, plain } from "./support";

const REGION = "ap-southeast-1";

describe("the route to one of several origins", () => {
  const singapore: Origin = { region: "ap-southeast-1", accessPoints: [] };
  const frankfurt: Origin = { region: "eu-central-1", accessPoints: [] };
  const isDefault = true;
  const [here, there] = [["ap-southeast-1-pop"], ["eu-central-1-pop"]];

  it.each<[string, Origin[], string, string | undefined]>([
    ["the nearest when no origin claims the access point", [singapore, frankfurt], "eu-west-1-pop", "eu-central-1"],
    ["the one that claims it", [{ ...singapore, accessPoints: there }, frankfurt], there[0]!, "ap-southeast-1"],
    [
      "the Default one at an unclaimed access point, whatever it claims itself",
      [{ ...singapore, accessPoints: here, isDefault }],
      there[0]!,
      "ap-southeast-1",
    ],
    [
      "the one that claims it rather than the Default one",
      [
        { ...singapore, isDefault },
        { ...frankfurt, accessPoints: here },
      ],
      here[0]!,
      "eu-central-1",
    ],
    [
      "none where the only origin claims another access point",
      [{ ...frankfurt, accessPoints: there }],
      here[0]!,
      undefined,
    ],
    ["none when there are no origins", [], here[0]!, undefined],
  ])("is to %s", (_, origins, accessPoint, region) => {
    expect(targetOf(accessPoint, origins)?.region).toBe(region);
  });
});

describe("a server without a load balancer", () => {
  const open = { from: 1, to: 65_535, accept: true };
  const server = (more: Partial<ServerTarget> = {}): ServerTarget => ({
    serverId: "i-1",
    region: REGION,
    accessPoints: [],
    running: true,
    rules: [open],
    ...more,
  });

  it.each<[string, Partial<ServerTarget>, number, string]>([
    ["answers on a port that its security group allows", { rules: [{ ...open, from: 8080, to: 8090 }] }, 8085, "open"],
    ["does not answer on the next port", { rules: [{ ...open, from: 8080, to: 8090 }] }, 8091, "silent"],
    ["does not answer without any rule", { rules: [] }, 80, "silent"],
    [
      "does not answer where the first matching rule drops",
      { rules: [{ ...open, accept: false }, open] },
      80,
      "silent",
    ],
    ["answers where the first matching rule accepts", { rules: [open, { ...open, accept: false }] }, 80, "open"],
    ["does not answer when it is stopped", { running: false }, 80, "silent"],
  ])("%s", (_, more, port, kind) => {
    for (const address of [plain("47.1.1.1", server(more)), anycast("47.1.1.2", server(more))]) {
      expect(decide("london", address, port, () => 0.5)).toMatchObject({ kind });
    }
  });
});

describe("addresses bound to servers of the simulated cloud", () => {
  let sandbox: Sandbox;
  let group: string;
  let server: string;
  let eni: string;
  const addresses: Record<string, string> = {};

  const call = (product: Product, action: string, params: Params): Promise<Body> =>
    sandbox.cloud.call(product, action, { RegionId: REGION, ...params }, { region: REGION });
  const id = async (key: string, answer: Promise<Body>): Promise<string> => String((await answer)[key]);
  const rule = (action: string, port: string, policy = "accept", priority = "1", source = "0.0.0.0/0"): Promise<Body> =>
    call("Ecs", action, {
      SecurityGroupId: group,
      IpProtocol: "tcp",
      PortRange: port,
      SourceCidrIp: source,
      Policy: policy,
      Priority: priority,
    });
  const curl = async (ip: string, port = 80): Promise<string> => {
    const args = ["-sS", "-m", "20", "-w", "%{http_code}", `http://${ip}:${port}/`];
    const { exitCode, stdout } = await run("curl", args, { env: { PATH: process.env.PATH, ...sandbox.env } });
    return exitCode === 0 ? stdout.toString() : `exit ${exitCode}`;
  };

  beforeAll(async () => {
    sandbox = await startSandbox({ provider: "none", baseEnv: {}, extensions: [internetOf({ speed: 50 })] });
    const vpc = await id("VpcId", call("Vpc", "CreateVpc", { CidrBlock: "10.0.0.0/16" }));
    const inside = { VpcId: vpc, CidrBlock: "10.0.1.0/24", ZoneId: `${REGION}a` };
    const vswitch = await id("VSwitchId", call("Vpc", "CreateVSwitch", inside));
    group = await id("SecurityGroupId", call("Ecs", "CreateSecurityGroup", { VpcId: vpc }));
    const images = (await call("Ecs", "DescribeImages", {})) as { Images: { Image: { ImageId: string }[] } };
    const launch = {
      ImageId: images.Images.Image[0]!.ImageId,
      InstanceType: "ecs.g7.large",
      VSwitchId: vswitch,
      SecurityGroupId: group,
      "SystemDisk.Category": "cloud_essd",
    };
    const started = (await call("Ecs", "RunInstances", launch)) as { InstanceIdSets: { InstanceIdSet: string[] } };
    server = started.InstanceIdSets.InstanceIdSet[0]!;
    const card = { VSwitchId: vswitch, SecurityGroupId: group };
    eni = await id("NetworkInterfaceId", call("Ecs", "CreateNetworkInterface", card));
    for (const [name, InstanceId, InstanceType] of [
      ["plain EIP of the instance", server, "EcsInstance"],
      ["plain EIP of its network interface", eni, "NetworkInterface"],
    ] as const) {
      const eip = await call("Vpc", "AllocateEipAddress", {});
      addresses[name] = String(eip.EipAddress);
      await call("Vpc", "AssociateEipAddress", { AllocationId: String(eip.AllocationId), InstanceId, InstanceType });
    }
    const allocate = call("Eipanycast", "AllocateAnycastEipAddress", { ServiceLocation: "international" });
    const AnycastId = await id("AnycastId", allocate);
    const described = call("Eipanycast", "DescribeAnycastEipAddress", { AnycastId });
    addresses["Anycast EIP of its network interface"] = await id("IpAddress", described);
    await call("Eipanycast", "AssociateAnycastEipAddress", {
      AnycastId,
      BindInstanceId: eni,
      BindInstanceRegionId: REGION,
      BindInstanceType: "NetworkInterface",
      AssociationMode: "Default",
      "PopLocations.1.PopLocation": "ap-southeast-1-pop",
    });
  });
  afterAll(() => sandbox.stop());

  const kinds = [
    "plain EIP of the instance",
    "plain EIP of its network interface",
    "Anycast EIP of its network interface",
  ];

  it("have no target while the network interface is attached to no instance", async () => {
    const lookup = cloudLookup(sandbox.cloud);
    expect((await lookup(addresses[kinds[1]!]!))?.targets).toEqual([]);
    expect((await lookup(addresses[kinds[2]!]!))?.targets).toEqual([]);
    await call("Ecs", "AttachNetworkInterface", { NetworkInterfaceId: eni, InstanceId: server });
  });

  it.each(kinds)("include the %s, which does not answer until the security group allows traffic", async (kind) => {
    expect(await curl(addresses[kind]!)).toMatch(/^exit (97|28)$/);
  });

  it.each(kinds)(
    "include the %s, which answers on the allowed ports, from anywhere, in the order of priority",
    async (kind) => {
      await rule("AuthorizeSecurityGroup", "80/90");
      await rule("AuthorizeSecurityGroup", "85/85", "drop", "1");
      await rule("AuthorizeSecurityGroup", "8080/8080", "accept", "1", "10.0.0.0/8");
      try {
        expect(await curl(addresses[kind]!)).toContain(`Hello from ${server} in ${REGION}`);
        expect(await curl(addresses[kind]!, 90)).toMatch(/200$/);
        expect(await curl(addresses[kind]!, 85)).toMatch(/^exit (97|28)$/);
        expect(await curl(addresses[kind]!, 8080)).toMatch(/^exit (97|28)$/);
      } finally {
        await rule("RevokeSecurityGroup", "80/90");
        await rule("RevokeSecurityGroup", "85/85", "drop", "1");
        await rule("RevokeSecurityGroup", "8080/8080", "accept", "1", "10.0.0.0/8");
      }
    },
  );

  it.each(kinds)("include the %s, which does not answer when the server is stopped", async (kind) => {
    await rule("AuthorizeSecurityGroup", "1/65535");
    expect(await curl(addresses[kind]!)).toMatch(/200$/);
    await call("Ecs", "StopInstance", { InstanceId: server });
    expect(await curl(addresses[kind]!)).toMatch(/^exit (97|28)$/);
    await call("Ecs", "StartInstance", { InstanceId: server });
    await rule("RevokeSecurityGroup", "1/65535");
  });
});
