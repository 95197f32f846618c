import { testCloud, tidy } from "./harness";
import type { TestCloud } from "./harness";

afterAll(tidy);

interface Scene {
  readonly t: TestCloud;
  readonly LoadBalancerId: string;
  readonly VServerGroupId: string;
  /** Creates one rule on port 80. */
  readonly create: (rule: Readonly<Record<string, string>>) => Promise<string>;
}

async function scene(): Promise<Scene> {
  const t = await testCloud();
  const { LoadBalancerId } = await t.call("Slb", "CreateLoadBalancer", {});
  const { VServerGroupId } = await t.call("Slb", "CreateVServerGroup", { LoadBalancerId });
  await t.call("Slb", "CreateLoadBalancerHTTPListener", { LoadBalancerId, ListenerPort: "80", HealthCheck: "off" });
  const create = async (rule: Readonly<Record<string, string>>): Promise<string> => {
    const RuleList = JSON.stringify([{ RuleName: "r", VServerGroupId, ...rule }]);
    const { Rules } = await t.call("Slb", "CreateRules", { LoadBalancerId, ListenerPort: "80", RuleList });
    return (Rules as { Rule: [{ RuleId: string }] }).Rule[0].RuleId;
  };
  return { t, LoadBalancerId, VServerGroupId, create };
}

describe("a forwarding rule", () => {
  test("follows its listener until it has settings of its own", async () => {
    const { t, create, LoadBalancerId, VServerGroupId } = await scene();
    const RuleId = await create({ Domain: "www.example.com", Url: "/a" });
    const made = { RuleId, LoadBalancerId, VServerGroupId, ListenerPort: "80", Domain: "www.example.com", Url: "/a" };
    expect(await t.call("Slb", "DescribeRuleAttribute", { RuleId })).toMatchObject({
      ...made,
      ListenerSync: "on",
      HealthCheck: "off",
    });
    const own = { ListenerSync: "off", HealthCheck: "on", HealthCheckInterval: "9", Scheduler: "rr", RuleName: "n" };
    await t.call("Slb", "SetRule", { RuleId, ...own });
    const set = { ...own, HealthCheckInterval: 9 };
    expect(await t.call("Slb", "DescribeRuleAttribute", { RuleId })).toMatchObject({ ...made, ...set });
    const listed = await t.call("Slb", "DescribeRules", { LoadBalancerId, ListenerPort: "80" });
    expect(listed.Rules).toMatchObject({ Rule: [set] });
  });

  test.each([
    ["a domain and path that another rule has", { Domain: "a.example.com" }, "DomainUrlExist"],
    ["neither a domain nor a path", {}, "InvalidParameter"],
    ["a server group that does not exist", { Url: "/b", VServerGroupId: "rsp-none" }, "InvalidParameter"],
  ])("is refused with %s", async (_, rule, code) => {
    const { create } = await scene();
    await create({ Domain: "a.example.com" });
    await expect(create(rule as Readonly<Record<string, string>>)).rejects.toMatchObject({ code });
  });

  test("is refused on a port without an HTTP listener", async () => {
    const { t, LoadBalancerId, VServerGroupId } = await scene();
    await t.call("Slb", "CreateLoadBalancerTCPListener", { LoadBalancerId, ListenerPort: "81" });
    const RuleList = JSON.stringify([{ RuleName: "r", Url: "/a", VServerGroupId }]);
    for (const ListenerPort of ["81", "82"]) {
      const { code } = await t.refused("Slb", "CreateRules", { LoadBalancerId, ListenerPort, RuleList });
      expect([ListenerPort, code]).toEqual([ListenerPort, "InvalidParameter"]);
    }
  });

  test("keeps its server group from being deleted, and is deleted with its listener", async () => {
    const { t, create, LoadBalancerId, VServerGroupId } = await scene();
    const RuleId = await create({ Url: "/a" });
    expect((await t.refused("Slb", "DeleteVServerGroup", { VServerGroupId })).code).toBe("RspoolVipExist");
    await t.call("Slb", "DeleteLoadBalancerListener", { LoadBalancerId, ListenerPort: "80" });
    expect((await t.refused("Slb", "DescribeRuleAttribute", { RuleId })).code).toBe("InvalidRuleId.NotFound");
    await t.call("Slb", "DeleteVServerGroup", { VServerGroupId });
  });

  test("is deleted by a list of ids, and is not found afterwards", async () => {
    const { t, create } = await scene();
    const ids = [await create({ Url: "/a" }), await create({ Url: "/b" })];
    await t.call("Slb", "DeleteRules", { RuleIds: `['${ids.join("','")}']` });
    expect((await t.refused("Slb", "DeleteRules", { RuleIds: `["${ids[0]!}"]` })).code).toBe("InvalidRuleId.NotFound");
  });
});
