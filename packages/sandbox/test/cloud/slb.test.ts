import { internalBalancer, network, testCloud, tidy } from "./harness";
import type { TestCloud } from "./harness";

afterAll(tidy);

const attributes = (t: TestCloud, id: string) => t.call("Slb", "DescribeLoadBalancerAttribute", { LoadBalancerId: id });

describe("a load balancer", () => {
  test("created with a vSwitch is internal, in that VPC, with an address from the vSwitch", async () => {
    const t = await testCloud();
    const { vpc, vswitch } = await network(t);
    const made = await t.call("Slb", "CreateLoadBalancer", {
      VSwitchId: vswitch,
      VpcId: vpc,
      AddressType: "intranet",
      DeleteProtection: "off",
    });
    expect(made.LoadBalancerId).toMatch(/^lb-j6c[0-9a-z]{18}$/);
    expect(await attributes(t, made.LoadBalancerId)).toMatchObject({
      AddressType: "intranet",
      Address: expect.stringMatching(/^10\.1\.0\.\d+$/),
      VSwitchId: vswitch,
      VpcId: vpc,
      NetworkType: "vpc",
      LoadBalancerStatus: "active",
      DeleteProtection: "off",
      InternetChargeType: "paybytraffic",
      AddressIPVersion: "ipv4",
      Bandwidth: 1,
      Tags: { Tag: [] },
    });
  });

  test("created without parameters is internet-facing; with a vSwitch and the type internet it ignores the vSwitch", async () => {
    const t = await testCloud();
    const { vswitch } = await network(t);
    const asked: Record<string, string>[] = [{}, { AddressType: "internet", VSwitchId: vswitch }];
    for (const params of asked) {
      const { LoadBalancerId } = await t.call("Slb", "CreateLoadBalancer", params);
      expect(await attributes(t, LoadBalancerId)).toMatchObject({
        AddressType: "internet",
        VSwitchId: "",
        VpcId: "",
        NetworkType: "classic",
        Address: expect.stringMatching(/^47\.242\./),
      });
    }
  });

  test("with delete protection cannot be deleted", async () => {
    const t = await testCloud();
    const id = await internalBalancer(t);
    await t.call("Slb", "SetLoadBalancerDeleteProtection", { LoadBalancerId: id, DeleteProtection: "on" });
    expect((await t.refused("Slb", "DeleteLoadBalancer", { LoadBalancerId: id })).code).toBe(
      "OperationDenied.DeleteProtectionIsOn",
    );
    await t.call("Slb", "SetLoadBalancerDeleteProtection", { LoadBalancerId: id, DeleteProtection: "off" });
    await t.call("Slb", "DeleteLoadBalancer", { LoadBalancerId: id });
    expect(await t.refused("Slb", "DescribeLoadBalancerAttribute", { LoadBalancerId: id })).toMatchObject({
      code: "InvalidLoadBalancerId.NotFound",
      httpStatus: 404,
    });
  });

  test("can be updated", async () => {
    const t = await testCloud();
    const { LoadBalancerId: id } = await t.call("Slb", "CreateLoadBalancer", { LoadBalancerSpec: "slb.s1.small" });
    const change = (action: string, params: Record<string, string>) =>
      t.call("Slb", action, { LoadBalancerId: id, ...params }, "");
    await change("SetLoadBalancerName", { LoadBalancerName: "renamed" });
    await change("SetLoadBalancerStatus", { LoadBalancerStatus: "inactive" });
    await change("ModifyLoadBalancerInstanceSpec", { LoadBalancerSpec: "slb.s3.small" });
    await change("ModifyLoadBalancerInternetSpec", { InternetChargeType: "PayByBandwidth", Bandwidth: "20" });
    await change("SetLoadBalancerModificationProtection", {
      ModificationProtectionStatus: "ConsoleProtection",
      ModificationProtectionReason: "why",
    });
    expect(await attributes(t, id)).toMatchObject({
      LoadBalancerName: "renamed",
      LoadBalancerStatus: "inactive",
      LoadBalancerSpec: "slb.s3.small",
      InternetChargeType: "paybybandwidth",
      Bandwidth: 20,
      ModificationProtectionStatus: "ConsoleProtection",
      ModificationProtectionReason: "why",
    });
  });
});

describe("a listener", () => {
  const at = { ListenerPort: "80" };
  async function listener(t: TestCloud, protocol = "TCP", params: Record<string, string> = {}): Promise<string> {
    const id = await internalBalancer(t);
    await t.call("Slb", `CreateLoadBalancer${protocol}Listener`, {
      LoadBalancerId: id,
      ...at,
      BackendServerPort: "8080",
      ...params,
    });
    return id;
  }

  test("is stopped at first, runs once started, and after its deletion is answered with the error that clients look for", async () => {
    const t = await testCloud({ speed: 1 });
    const id = await listener(t);
    const status = async (): Promise<string> =>
      (await t.call("Slb", "DescribeLoadBalancerTCPListenerAttribute", { LoadBalancerId: id, ...at })).Status;
    t.clock.pass(1_000);
    expect(await status()).toBe("stopped");
    await t.call("Slb", "StartLoadBalancerListener", { LoadBalancerId: id, ...at, ListenerProtocol: "tcp" });
    expect(await status()).toBe("starting");
    t.clock.pass(1_000);
    expect(await status()).toBe("running");
    expect((await attributes(t, id)).ListenerPortsAndProtocol.ListenerPortAndProtocol).toEqual([
      expect.objectContaining({ ListenerPort: 80, ListenerProtocol: "tcp" }),
    ]);
    await t.call("Slb", "DeleteLoadBalancerListener", { LoadBalancerId: id, ...at });
    t.clock.pass(1_000);
    const gone = await t.refused("Slb", "DescribeLoadBalancerTCPListenerAttribute", { LoadBalancerId: id, ...at });
    expect(gone).toMatchObject({
      httpStatus: 400,
      message: expect.stringContaining("The specified resource does not exist"),
    });
    const alone = await t.refused("Slb", "DescribeLoadBalancerTCPListenerAttribute", {
      LoadBalancerId: "lb-none",
      ...at,
    });
    expect(alone.message).toContain("The specified resource does not exist");
  });

  test("returns numbers as numbers and switches as on or off, and ignores empty values", async () => {
    const t = await testCloud();
    const id = await listener(t, "TCP", { Scheduler: "rr", HealthCheckInterval: "7" });
    await t.call("Slb", "SetLoadBalancerTCPListenerAttribute", {
      LoadBalancerId: id,
      ...at,
      HealthCheck: "",
      StickySession: "",
      RequestTimeout: "0",
      IdleTimeout: "0",
      Gzip: "off",
      EstablishedTimeout: "600",
    });
    const read = await t.call("Slb", "DescribeLoadBalancerTCPListenerAttribute", { LoadBalancerId: id, ...at });
    expect(read).toMatchObject({
      ListenerPort: 80,
      BackendServerPort: 8080,
      Bandwidth: -1,
      Scheduler: "rr",
      HealthCheckInterval: 7,
      EstablishedTimeout: 600,
      AclStatus: "off",
      AclIds: { AclId: [] },
      ProxyProtocolV2Enabled: false,
    });
    for (const absent of ["RequestTimeout", "Gzip", "VServerGroupId", "StickySession"])
      expect(read).not.toHaveProperty(absent);
  });

  test("of HTTPS needs a certificate; a port holds one listener of HTTP, HTTPS or TCP, and one of UDP", async () => {
    const t = await testCloud();
    const id = await listener(t, "HTTP");
    const make = (protocol: string, params: Record<string, string> = {}) =>
      t.refused("Slb", `CreateLoadBalancer${protocol}Listener`, { LoadBalancerId: id, ...at, ...params });
    expect((await make("HTTPS", { ServerCertificateId: "c" })).code).toBe("ListenerAlreadyExists");
    expect((await make("HTTPS", { ListenerPort: "443" })).code).toBe("MissingParameter");
    await t.call("Slb", "CreateLoadBalancerUDPListener", { LoadBalancerId: id, ...at, BackendServerPort: "53" });
    expect((await t.refused("Slb", "StartLoadBalancerListener", { LoadBalancerId: id, ...at })).code).toBe(
      "MissingParameter",
    );
  });
});

describe("backend servers", () => {
  async function instance(t: TestCloud): Promise<{ lb: string; server: string }> {
    const { vpc, vswitch, group } = await network(t);
    const { LoadBalancerId: lb } = await t.call("Slb", "CreateLoadBalancer", {
      AddressType: "intranet",
      VpcId: vpc,
      VSwitchId: vswitch,
    });
    const run = {
      ImageId: "ubuntu_22_04_x64_20G_alibase_20260119.vhd",
      InstanceType: "ecs.g7.large",
      VSwitchId: vswitch,
      SecurityGroupId: group,
    };
    const { InstanceIdSets } = await t.call("Ecs", "RunInstances", run);
    t.clock.pass(20_000);
    return { lb, server: InstanceIdSets.InstanceIdSet[0] };
  }

  test("can be added, updated and removed in the older syntax with single quotes", async () => {
    const t = await testCloud();
    const { lb, server } = await instance(t);
    const list = `[{'ServerId':'${server}','Weight':'60', 'Type': 'ecs'}]`;
    await t.call("Slb", "AddBackendServers", { LoadBalancerId: lb, BackendServers: list });
    const servers = async (): Promise<unknown> => (await attributes(t, lb)).BackendServers.BackendServer;
    expect(await servers()).toEqual([{ ServerId: server, Weight: 60, Type: "ecs", ServerIp: "", Description: "" }]);
    await t.call("Slb", "SetBackendServers", { LoadBalancerId: lb, BackendServers: list.replace("60", "70") });
    expect(await servers()).toMatchObject([{ Weight: 70 }]);
    await t.call("Slb", "RemoveBackendServers", { LoadBalancerId: lb, BackendServers: list });
    expect(await servers()).toEqual([]);
  });

  test("of a server group are added as JSON and removed with the port as a string", async () => {
    const t = await testCloud();
    const { lb, server } = await instance(t);
    const { VServerGroupId } = await t.call("Slb", "CreateVServerGroup", {
      LoadBalancerId: lb,
      VServerGroupName: "tf-server-group",
    });
    expect(VServerGroupId).toMatch(/^rsp-/);
    await t.call("Slb", "SetVServerGroupAttribute", { VServerGroupId, VServerGroupName: "tf-server-group" });
    await t.call("Slb", "AddVServerGroupBackendServers", {
      VServerGroupId,
      BackendServers: JSON.stringify([{ Port: 80, ServerId: server, Type: "ecs", Weight: 100 }]),
    });
    const servers = async (): Promise<unknown> =>
      (await t.call("Slb", "DescribeVServerGroupAttribute", { VServerGroupId })).BackendServers.BackendServer;
    expect(await servers()).toMatchObject([{ ServerId: server, Port: 80, Weight: 100, Type: "ecs" }]);
    await t.call("Slb", "RemoveVServerGroupBackendServers", {
      VServerGroupId,
      BackendServers: JSON.stringify([{ Port: "80", ServerId: server }]),
    });
    // The list may be missing altogether; that changes nothing.
    await t.call("Slb", "RemoveVServerGroupBackendServers", { VServerGroupId });
    expect(await servers()).toEqual([]);
  });

  test("are removed from the load balancer when they are deleted; one in another VPC cannot be added", async () => {
    const t = await testCloud();
    const { lb, server } = await instance(t);
    const { server: stranger } = await instance(t);
    const list = (id: string): string => JSON.stringify([{ ServerId: id }]);
    expect(
      (await t.refused("Slb", "AddBackendServers", { LoadBalancerId: lb, BackendServers: list(stranger) })).code,
    ).toBe("InvalidBackendServers.VpcMismatch");
    await t.call("Slb", "AddBackendServers", { LoadBalancerId: lb, BackendServers: list(server) });
    await t.call("Ecs", "DeleteInstance", { InstanceId: server, Force: "true" });
    expect((await attributes(t, lb)).BackendServers.BackendServer).toEqual([]);
  });

  test("in a group that a listener uses keep the group from being deleted", async () => {
    const t = await testCloud();
    const { lb } = await instance(t);
    const { VServerGroupId } = await t.call("Slb", "CreateVServerGroup", {
      LoadBalancerId: lb,
      VServerGroupName: "used",
    });
    await t.call("Slb", "CreateLoadBalancerTCPListener", { LoadBalancerId: lb, ListenerPort: "80", VServerGroupId });
    expect((await t.refused("Slb", "DeleteVServerGroup", { VServerGroupId })).code).toBe("RspoolVipExist");
    await t.call("Slb", "SetLoadBalancerTCPListenerAttribute", {
      LoadBalancerId: lb,
      ListenerPort: "80",
      VServerGroup: "off",
    });
    await t.call("Slb", "DeleteVServerGroup", { VServerGroupId });
    expect((await t.refused("Slb", "DescribeVServerGroupAttribute", { VServerGroupId })).message).toBe(
      "The specified VServerGroupId does not exist.",
    );
  });
});

test("a listener that only redirects returns default health check limits, which an import would otherwise change", async () => {
  const t = await testCloud();
  const { LoadBalancerId } = await t.call("Slb", "CreateLoadBalancer", {});
  const { ServerCertificateId } = await t.call("Slb", "UploadServerCertificate", { AliCloudCertificateId: "1" });
  const https = { LoadBalancerId, ListenerPort: "443", ServerCertificateId };
  await t.call("Slb", "CreateLoadBalancerHTTPSListener", https);
  // As the released provider asks for it.
  const listener = { LoadBalancerId, ListenerPort: "90" };
  await t.call("Slb", "CreateLoadBalancerHTTPListener", {
    ...listener,
    AclStatus: "off",
    BackendServerPort: "80",
    ForwardPort: "443",
    HealthCheck: "off",
    ListenerForward: "on",
    Scheduler: "wrr",
    StickySession: "off",
  });
  const described = await t.call("Slb", "DescribeLoadBalancerHTTPListenerAttribute", listener);
  expect(described).toMatchObject({
    ListenerForward: "on",
    ForwardPort: 443,
    HealthyThreshold: 3,
    UnhealthyThreshold: 3,
    HealthCheckInterval: 2,
    HealthCheckTimeout: 5,
  });
  expect(described).not.toHaveProperty("BackendServerPort");
  expect((await attributes(t, LoadBalancerId)).ListenerPortsAndProtocal.ListenerPortAndProtocal).toMatchObject([
    { ListenerPort: 443, ListenerProtocol: "https", ListenerProtocal: "https" },
    { ListenerPort: 90, ListenerProtocol: "http", ListenerProtocal: "http" },
  ]);
});
