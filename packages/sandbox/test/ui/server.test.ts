import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { testCloud, tidy } from "../cloud/harness";
import { ask, Onlooker, stopUis, testUi } from "./support";

afterEach(stopUis);
afterAll(tidy);

const ASSETS = readdirSync(join(__dirname, "../../src/ui/assets")).filter((name) => name !== "index.html");
const PATHS = ["/", ...ASSETS.map((name) => `/${name}`)];

describe("the page's server", () => {
  test.each(PATHS)("serves %s from the package without external resources or inline code", async (path) => {
    const { url } = await testUi({ cloud: (await testCloud()).cloud });
    const answer = await ask(url, path);
    expect(answer.status).toBe(200);
    expect(answer.body.length).toBeGreaterThan(300);
    expect(answer.body).not.toMatch(/https?:|\/\/[a-z]|innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/);
  });

  test("serves a page that says that nothing is real", async () => {
    const { url } = await testUi({ cloud: (await testCloud()).cloud });
    const answer = await ask(url);
    expect(answer.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(answer.body).toContain("Simulated – nothing here is real.");
    expect(answer.body).toContain("<title>Simulated – Anycast sandbox</title>");
    expect(answer.body).not.toMatch(/<script>|<style|style=|\son[a-z]+=/);
  });

  test.each([...PATHS, "/state", "/nothing", "/events-not"])(
    "restricts %s to its own scripts and styles",
    async (path) => {
      const { url } = await testUi({ cloud: (await testCloud()).cloud });
      const { headers } = await ask(url, path);
      expect(String(headers["content-security-policy"]).split("; ")).toEqual(
        expect.arrayContaining([
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "connect-src 'self'",
          "frame-ancestors 'none'",
          "base-uri 'none'",
          "form-action 'none'",
          "require-trusted-types-for 'script'",
        ]),
      );
      expect(headers["content-security-policy"]).not.toMatch(/unsafe|\*|http/);
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
      });
      expect(headers["access-control-allow-origin"]).toBeUndefined();
    },
  );

  test.each(["POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"])("refuses %s", async (method) => {
    const { url } = await testUi({ cloud: (await testCloud()).cloud });
    for (const path of ["/", "/events", "/state"]) {
      const answer = await ask(url, path, method);
      expect([answer.status, answer.headers.allow]).toEqual([405, "GET"]);
    }
  });

  const strangers = [
    "evil.example",
    "evil.example:PORT",
    "127.0.0.1.evil.example:PORT",
    "127.0.0.1",
    "127.0.0.1:1",
    "0.0.0.0:PORT",
    "[::]:PORT",
    "user@127.0.0.1:PORT",
  ];
  test.each(strangers)("refuses the host name `%s`, so that DNS rebinding cannot read it", async (name) => {
    const { url } = await testUi({ cloud: (await testCloud()).cloud });
    for (const path of ["/", "/events", "/state"]) {
      const answer = await ask(url, path, "GET", { Host: name.replace("PORT", new URL(url).port) });
      expect(answer.status).toBe(421);
      expect(answer.body).toBe("Simulated – nothing here is real.\nThis host name is not served here.\n");
    }
  });

  test.each(["127.0.0.1:PORT", "localhost:PORT", "LOCALHOST:PORT", "[::1]:PORT"])("answers to %s", async (name) => {
    const { url } = await testUi({ cloud: (await testCloud()).cloud });
    expect((await ask(url, "/", "GET", { Host: name.replace("PORT", new URL(url).port) })).status).toBe(200);
  });

  test.each([
    "/package.json",
    "/../package.json",
    "/%2e%2e/package.json",
    "/assets/page.js",
    "/__proto__",
    "//page.js",
  ])("answers 404 to %s", async (path) => {
    const { url } = await testUi({ cloud: (await testCloud()).cloud });
    const { hostname, port } = new URL(url);
    const answer = await ask(`http://${hostname}:${port}${path}`, `http://${hostname}:${port}${path}`);
    expect([answer.status, answer.body]).toEqual([404, "Simulated – nothing here is real.\nThere is nothing here.\n"]);
  });

  test.each(["0.0.0.0", "::", "192.168.1.1", "example.com", ""])("does not listen on `%s`", async (host) => {
    const { cloud } = await testCloud();
    await expect(testUi({ cloud, host })).rejects.toMatchObject({
      code: "SandboxNotLoopback",
      message: expect.stringContaining(`got \`${host}\``),
    });
  });

  test("reports that its port is in use", async () => {
    const { cloud } = await testCloud();
    const taken = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.once("listening", resolve));
    const { port } = taken.address() as AddressInfo;
    try {
      await expect(testUi({ cloud, port })).rejects.toMatchObject({
        code: "SandboxPortTaken",
        message: expect.stringContaining(String(port)),
      });
    } finally {
      taken.close();
    }
  });

  test("serves events to 32 pages and refuses the next, until one disconnects", async () => {
    const { url } = await testUi({ cloud: (await testCloud()).cloud });
    const onlookers = await Promise.all(Array.from({ length: 32 }, () => Onlooker.at(url)));
    expect((await ask(url, "/events")).status).toBe(503);
    onlookers[0]!.leave();
    await expect(
      (async () => {
        for (;;) if ((await Onlooker.at(url).catch(() => undefined)) !== undefined) return "in";
      })(),
    ).resolves.toBe("in");
  });

  test("sends the last change and a stop event when the cloud is closed first, and refuses new pages afterwards", async () => {
    const t = await testCloud();
    const { url } = await testUi({ cloud: t.cloud });
    const onlooker = await Onlooker.at(url);
    await t.call("Vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8" });
    await t.cloud.close();
    await onlooker.until(() => onlooker.ended);
    expect(onlooker.log).toMatchObject([{ action: "CreateVpc" }]);
    expect(onlooker.told.at(-1)).toEqual({ event: "stopped", data: {} });
    expect((await ask(url, "/events")).status).toBe(503);
    expect((await ask(url)).status).toBe(200);
  });

  test("sends a stop event, closes the connections, and stops only once", async () => {
    const { url, stop } = await testUi({ cloud: (await testCloud()).cloud });
    const onlooker = await Onlooker.at(url);
    await Promise.all([stop(), stop()]);
    await onlooker.until(() => onlooker.ended);
    expect(onlooker.told.at(-1)).toEqual({ event: "stopped", data: {} });
    await expect(ask(url)).rejects.toMatchObject({ code: "ECONNREFUSED" });
    await stop();
  });
});
