import { network, testCloud, tidy } from "./harness";

afterAll(tidy);

describe("a rule of a security group", () => {
  const rule = { IpProtocol: "tcp", PortRange: "80/80", Policy: "accept", Priority: "1", SourceCidrIp: "0.0.0.0/0" };
  const permissions = (fields: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [`Permissions.1.${name}`, value]));

  test("is found by a NicType of the literal text <nil>, and can be changed and revoked", async () => {
    const t = await testCloud();
    const { group: SecurityGroupId } = await network(t);
    await t.call("Ecs", "AuthorizeSecurityGroup", { SecurityGroupId, ...permissions(rule) });
    await t.call("Ecs", "AuthorizeSecurityGroup", { SecurityGroupId, ...permissions(rule) });
    const rules = async () =>
      (
        await t.call("Ecs", "DescribeSecurityGroupAttribute", {
          SecurityGroupId,
          Direction: "ingress",
          NicType: "<nil>",
        })
      ).Permissions.Permission;
    expect(await rules()).toMatchObject([
      { PortRange: "80/80", Priority: "1", SourceGroupOwnerAccount: "", Direction: "ingress" },
    ]);
    await t.call("Ecs", "ModifySecurityGroupRule", { SecurityGroupId, ...rule, NicType: "<nil>", Description: "web" });
    expect(await rules()).toMatchObject([{ Description: "web" }]);
    await t.call("Ecs", "RevokeSecurityGroup", { SecurityGroupId, ...rule, NicType: "<nil>", Description: "" });
    expect(await rules()).toEqual([]);
  });

  test.each([
    ["2001:0db8:0000::/64", "2001:db8::/64"],
    ["2001:DB8::1/128", "2001:db8::1/128"],
    ["::/0", "::/0"],
  ])("for the IPv6 network %s is found by its short form", async (written, short) => {
    const t = await testCloud();
    const { group: SecurityGroupId } = await network(t);
    const fields = {
      IpProtocol: "all",
      PortRange: "-1/-1",
      Policy: "accept",
      Priority: "1",
      Ipv6SourceCidrIp: written,
    };
    await t.call("Ecs", "AuthorizeSecurityGroup", { SecurityGroupId, ...permissions(fields) });
    const rules = async () =>
      (await t.call("Ecs", "DescribeSecurityGroupAttribute", { SecurityGroupId })).Permissions.Permission;
    expect(await rules()).toMatchObject([{ Ipv6SourceCidrIp: short, SourceCidrIp: "" }]);
    await t.call("Ecs", "RevokeSecurityGroup", { SecurityGroupId, ...fields });
    expect(await rules()).toEqual([]);
  });

  test.each([
    ["ports for icmp", { ...rule, IpProtocol: "icmp" }, "InvalidIpPortRange.Malformed"],
    ["no ports for tcp", { ...rule, PortRange: "-1/-1" }, "InvalidIpPortRange.Malformed"],
    ["a priority of 101", { ...rule, Priority: "101" }, "InvalidPriority.Malformed"],
    ["an unknown protocol", { ...rule, IpProtocol: "sctp" }, "InvalidIpProtocol.Malformed"],
    ["neither source nor destination", { ...rule, SourceCidrIp: "" }, "MissingParameter"],
    ["the NicType internet in a VPC", { ...rule, NicType: "internet" }, "InvalidNicType.Mismatch"],
  ])("is refused with %s", async (_, fields, code) => {
    const t = await testCloud();
    const { group } = await network(t);
    expect(
      (await t.refused("Ecs", "AuthorizeSecurityGroup", { SecurityGroupId: group, ...permissions(fields) })).code,
    ).toBe(code);
  });

  test.each([
    ["SourceCidrIp", "10.0.0.300/8", "InvalidSourceCidrIp.Malformed"],
    ["SourceCidrIp", "10.0.0.0/33", "InvalidSourceCidrIp.Malformed"],
    ["SourceCidrIp", "10.0.0.0/", "InvalidSourceCidrIp.Malformed"],
    ["SourceCidrIp", "::/0", "InvalidSourceCidrIp.Malformed"],
    ["Ipv6SourceCidrIp", "10.0.0.0/8", "InvalidIpv6SourceCidrIp.Malformed"],
    ["Ipv6SourceCidrIp", "2001:db8::/129", "InvalidIpv6SourceCidrIp.Malformed"],
  ])("with %s = %s is refused", async (parameter, value, code) => {
    const t = await testCloud();
    const { group: SecurityGroupId } = await network(t);
    const { SourceCidrIp: _, ...others } = rule;
    const params = { SecurityGroupId, ...permissions({ ...others, [parameter]: value }) };
    expect((await t.refused("Ecs", "AuthorizeSecurityGroup", params)).code).toBe(code);
  });

  test.each(["0.0.0.0/0", "10.0.0.5", "10.0.0.5/8"])("may allow %s", async (SourceCidrIp) => {
    const t = await testCloud();
    const { group: SecurityGroupId } = await network(t);
    await t.call("Ecs", "AuthorizeSecurityGroup", { SecurityGroupId, ...permissions({ ...rule, SourceCidrIp }) });
    const body = await t.call("Ecs", "DescribeSecurityGroupAttribute", { SecurityGroupId });
    expect(body.Permissions.Permission).toMatchObject([{ SourceCidrIp }]);
  });
});

describe("a security group without a VPC", () => {
  test("is not created where the region has no default VPC", async () => {
    const t = await testCloud();
    expect((await t.refused("Ecs", "CreateSecurityGroup", {})).code).toBe("MissingParameter");
  });

  test("is created in the default VPC where there is one", async () => {
    const t = await testCloud();
    const { VpcId } = await t.call("Vpc", "CreateDefaultVpc", {});
    t.clock.pass(10_000);
    await t.call("Ecs", "CreateSecurityGroup", {});
    expect((await t.call("Ecs", "DescribeSecurityGroups", {})).SecurityGroups.SecurityGroup).toMatchObject([{ VpcId }]);
  });
});
