import { endpointOf, parseProxy, showProxy } from "../../src/verify";

describe("the address to measure", () => {
  it.each([
    ["http://203.0.113.7", { host: "203.0.113.7", port: 80, hostHeader: "203.0.113.7", path: "/", secure: false }],
    ["http://203.0.113.7:8080/a?b=c#d", { port: 8080, hostHeader: "203.0.113.7:8080", path: "/a?b=c" }],
    ["https://Example.com/", { host: "example.com", port: 443, serverName: "example.com", secure: true }],
    ["https://[2001:DB8::1]/x", { host: "2001:db8::1", port: 443, hostHeader: "[2001:db8::1]", secure: true }],
    ["http://[::1]:81", { host: "::1", port: 81, hostHeader: "[::1]:81" }],
  ])("%s is read", (url, wanted) => {
    expect(endpointOf(url, "--plain")).toMatchObject(wanted);
  });

  it("has no TLS server name for an IP address, and no separate address to connect to when that is its own", () => {
    const endpoint = endpointOf("https://[::1]:443/", "--plain", { connectTo: "[::1]:443" });
    expect(endpoint).not.toHaveProperty("serverName");
    expect(endpoint).not.toHaveProperty("connectTo");
  });

  it("is reported without its query, which may hold a secret", () => {
    expect(endpointOf("http://x/health?token=hunter2", "--plain")).toMatchObject({
      url: "http://x/health?…",
      path: "/health?token=hunter2",
    });
  });

  it("keeps its name in the Host header and TLS when it connects elsewhere", () => {
    expect(endpointOf("https://www.example.com/x", "--plain", { connectTo: "[::1]:8443" })).toEqual({
      url: "https://www.example.com/x",
      secure: true,
      host: "::1",
      port: 8443,
      connectTo: "[::1]:8443",
      hostHeader: "www.example.com",
      serverName: "www.example.com",
      path: "/x",
    });
  });

  it("uses the given Host header and TLS name", () => {
    expect(endpointOf("https://203.0.113.7/", "--plain", { hostHeader: "www.example.com:8443" })).toMatchObject({
      host: "203.0.113.7",
      hostHeader: "www.example.com:8443",
      serverName: "www.example.com",
    });
  });

  it.each(["", "203.0.113.7", "ftp://x/", "http://", "http://x:0/", "http://x:99999/", "file:///etc/passwd"])(
    "%p is refused",
    (url) => {
      expect(() => endpointOf(url, "--plain")).toThrow(/Expected the address to measure .* \(at --plain\)\. Fix: /);
    },
  );

  it("with a password is refused without showing it", () => {
    const run = (): unknown => endpointOf("http://me:hunter2@example.com/", "--plain");
    expect(run).toThrow(expect.objectContaining({ code: "UrlNotUsable" }));
    expect(run).not.toThrow(/hunter2/);
  });

  it.each(["x", ":80", "x:", "x:0", "x:65536", "[::1]", "::1:80", "[x]:80", "a b:80", "x:80/"])(
    "refuses %p as an address to connect to",
    (connectTo) => {
      expect(() => endpointOf("http://x/", "--plain", { connectTo })).toThrow(
        expect.objectContaining({ code: "ConnectToNotUsable" }),
      );
    },
  );

  it.each(["", "a b", "x\r\nX-Evil: 1", "ü"])("refuses the Host header %p", (hostHeader) => {
    expect(() => endpointOf("http://x/", "--plain", { hostHeader })).toThrow(
      expect.objectContaining({ code: "HostHeaderNotUsable" }),
    );
  });
});

describe("the proxy", () => {
  it.each([
    ["socks5://127.0.0.1:1080", { host: "127.0.0.1", port: 1080 }, "socks5://127.0.0.1:1080"],
    ["socks5h://proxy", { host: "proxy", port: 1080 }, "socks5://proxy:1080"],
    ["socks5://[::1]:9", { host: "::1", port: 9 }, "socks5://[::1]:9"],
    ["socks5://a%40b:secret@p:1", { host: "p", port: 1, userName: "a@b", password: "secret" }, "socks5://a%40b@p:1"],
  ])("%s is read, and shown without its password", (text, proxy, shown) => {
    expect(parseProxy(text, "--socks5")).toEqual(proxy);
    expect(showProxy(proxy)).toBe(shown);
  });

  it.each(["", "127.0.0.1:1080", "http://p:1", "socks4://p:1", "socks5://p:0", "socks5://", "socks5://%zz@p:1"])(
    "%p is refused",
    (text) => {
      expect(() => parseProxy(text, "--socks5")).toThrow(expect.objectContaining({ code: "ProxyNotUsable" }));
    },
  );

  it("is refused without showing its password", () => {
    expect(() => parseProxy("http://me:hunter2@p:1", "--socks5")).not.toThrow(/hunter2/);
  });
});
