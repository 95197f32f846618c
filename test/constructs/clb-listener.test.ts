import type { TerraformStack } from "cdktf";
import { ClbAccessList, InternalClb } from "../../src";
import type { ClbListenerProps } from "../../src";
import { failureOf, onlyResource, resourcesOf, synthesise } from "./synthesise";

const clb = (stack: TerraformStack): InternalClb => new InternalClb(stack, "clb", { vswitchId: "vsw-1" });
function listener(props: ClbListenerProps): Record<string, unknown> {
  const { load_balancer_id, ...rest } = onlyResource(
    synthesise((stack) => void clb(stack).addListener(props)),
    "alicloud_slb_listener",
  );
  expect(load_balancer_id).toMatch(/^\$\{alicloud_slb_load_balancer\./);
  return rest;
}

describe("listeners", () => {
  it.each<[string, ClbListenerProps, object]>([
    [
      "tcp, in full",
      {
        protocol: "tcp",
        port: 443,
        backendPort: 8443,
        masterSlaveServerGroupId: "rsp-1",
        establishedTimeout: 10,
        persistenceTimeout: 3600,
        proxyProtocol: true,
        access: { mode: "deny", lists: ["acl-1"] },
        healthCheck: {
          type: "http",
          port: 8080,
          path: "/up",
          domain: "example.com",
          method: "get",
          httpCodes: ["http_2xx", "http_3xx"],
          timeout: 5,
          interval: 50,
          healthyThreshold: 2,
          unhealthyThreshold: 10,
        },
      },
      {
        protocol: "tcp",
        frontend_port: 443,
        backend_port: 8443,
        bandwidth: -1,
        master_slave_server_group_id: "rsp-1",
        established_timeout: 10,
        persistence_timeout: 3600,
        proxy_protocol_v2_enabled: true,
        acl_status: "on",
        acl_type: "black",
        acl_ids: ["acl-1"],
        health_check_type: "http",
        health_check_connect_port: 8080,
        health_check_uri: "/up",
        health_check_domain: "example.com",
        health_check_method: "get",
        health_check_http_code: "http_2xx,http_3xx",
        health_check_timeout: 5,
        health_check_interval: 50,
        healthy_threshold: 2,
        unhealthy_threshold: 10,
      },
    ],
    [
      "https, in full",
      {
        protocol: "https",
        port: 443,
        backendPort: 80,
        certificateId: "cert-1",
        caCertificateId: "ca-1",
        tlsCipherPolicy: "tls_cipher_policy_1_2",
        http2: false,
        gzip: false,
        idleTimeout: 60,
        requestTimeout: 180,
        stickySession: { type: "server", cookie: "SESSION" },
        forwardedHeaders: { protocol: true },
        healthCheck: false,
      },
      {
        protocol: "https",
        frontend_port: 443,
        backend_port: 80,
        bandwidth: -1,
        server_certificate_id: "cert-1",
        ca_certificate_id: "ca-1",
        tls_cipher_policy: "tls_cipher_policy_1_2",
        enable_http2: "off",
        gzip: false,
        idle_timeout: 60,
        request_timeout: 180,
        sticky_session: "on",
        sticky_session_type: "server",
        cookie: "SESSION",
        health_check: "off",
        x_forwarded_for: { retrive_slb_proto: true, retrive_slb_id: false, retrive_slb_ip: false },
      },
    ],
    [
      "http with a cookie",
      { protocol: "http", port: 80, stickySession: { type: "insert" } },
      {
        protocol: "http",
        frontend_port: 80,
        backend_port: 80,
        bandwidth: -1,
        sticky_session: "on",
        sticky_session_type: "insert",
        cookie_timeout: 86_400,
      },
    ],
  ])("pass on every setting of %s", (_, props, expected) => {
    expect(listener(props)).toEqual(expected);
  });

  it.each([
    ["before", ["http", "https"]],
    ["after", ["https", "http"]],
  ])("redirect to an https listener, and depend on it, when it is declared %s", (_, order) => {
    const made = synthesise((stack) => {
      const balancer = clb(stack);
      for (const protocol of order) {
        if (protocol === "http") balancer.addListener({ protocol, port: 80, redirectTo: 443 });
        else balancer.addListener({ protocol: "https", port: 443, certificateId: "cert-1" });
      }
    });
    const all = Object.entries(resourcesOf(made, "alicloud_slb_listener"));
    const [https = ""] = all.find(([, one]) => one.protocol === "https") ?? [];
    expect(all.find(([, one]) => one.protocol === "http")?.[1]).toMatchObject({
      listener_forward: "on",
      forward_port: 443,
      depends_on: [`alicloud_slb_listener.${https}`],
    });
  });

  it.each<[string, string, ClbListenerProps]>([
    ["a port of 0", "InvalidPort", { protocol: "tcp", port: 0 }],
    [
      "a health check that waits too long",
      "InvalidListener",
      { protocol: "tcp", port: 1, healthCheck: { timeout: 301 } },
    ],
    ["a path without a slash", "InvalidListener", { protocol: "http", port: 1, healthCheckPath: "up" }],
    ["a disabled health check of tcp", "InvalidListener", { protocol: "tcp", port: 1, healthCheck: false }],
    [
      "an access list that is empty",
      "InvalidListener",
      { protocol: "tcp", port: 1, access: { mode: "allow", lists: [] } },
    ],
    ["a redirect to itself", "InvalidListener", { protocol: "http", port: 80, redirectTo: 80 }],
    ["a bandwidth of 0", "InvalidListener", { protocol: "tcp", port: 1, bandwidth: 0 }],
    [
      "an idle timeout of tcp",
      "InvalidListener",
      { protocol: "tcp", port: 1, idleTimeout: 5 } as unknown as ClbListenerProps,
    ],
    ["https without a certificate", "NoCertificate", { protocol: "https", port: 1 } as unknown as ClbListenerProps],
  ])("refuse %s", (_, code, props) => {
    const failure = failureOf(() => listener(props));
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(
      /^(?:Expected .+ to be .+, got `.*`|(?!Expected).+) \(at test\/clb\)\. Fix: .+\.$/s,
    );
  });

  it("refuse a port that another one has, and keep UDP ports separate", () => {
    const both = (first: "tcp" | "udp", second: "http" | "udp"): unknown =>
      synthesise((stack) => {
        const one = clb(stack);
        one.addListener({ protocol: first, port: 53 });
        one.addListener({ protocol: second, port: 53 });
      });
    expect(failureOf(() => both("tcp", "http")).code).toBe("PortTwice");
    expect(() => both("tcp", "udp")).not.toThrow();
  });
});

describe("access lists and server groups", () => {
  it("create one resource for each entry", () => {
    const made = synthesise((stack) => {
      new ClbAccessList(stack, "office", {
        name: "office",
        entries: [{ cidr: "203.0.113.0/24", comment: "hq" }, { cidr: "10.0.0.1/32" }],
      });
    });
    expect(Object.values(resourcesOf(made, "alicloud_slb_acl_entry_attachment"))).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ entry: "203.0.113.0/24", comment: "hq" }),
        expect.objectContaining({ entry: "10.0.0.1/32" }),
      ]),
    );
  });

  it.each([["10.0.0.1/24"], ["10.0.0.0"], ["10.0.0.0/33"], ["300.0.0.0/8"]])("refuse the block %s", (cidr) => {
    const make = (): unknown =>
      synthesise((stack) => void new ClbAccessList(stack, "list", { name: "x", entries: [{ cidr }] }));
    expect(failureOf(make).code).toBe("InvalidCidr");
  });

  it("create exactly one master and one slave", () => {
    const pair = (slave: string): Record<string, unknown> =>
      onlyResource(
        synthesise((stack) => {
          const server = (serverId: string) => ({ serverId, port: 80 });
          clb(stack).addMasterSlaveServerGroup("pair", { name: "pair", master: server("i-1"), slave: server(slave) });
        }),
        "alicloud_slb_master_slave_server_group",
      );
    expect(pair("i-2").servers).toEqual([
      { server_id: "i-1", port: 80, weight: 100, type: "ecs", server_type: "Master" },
      { server_id: "i-2", port: 80, weight: 100, type: "ecs", server_type: "Slave" },
    ]);
    expect(failureOf(() => pair("i-1")).code).toBe("SameServer");
  });
});
