import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import { connect } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { startConnectProxy } from "../../src/openapi/connect-proxy";

const start = (upstream?: string): ReturnType<typeof startConnectProxy> =>
  startConnectProxy({ host: "127.0.0.1", endpoint: "127.0.0.1:1", serve: (socket) => socket.destroy(), upstream });

describe("the proxy that leads into the sandbox, behind a proxy of the environment", () => {
  let behind: Server;
  beforeEach(async () => {
    behind = createServer().listen(0, "127.0.0.1");
    await once(behind, "listening");
  });
  afterEach(() => new Promise((resolve) => behind.close(resolve)));

  test.each([
    ["a host and a port alone", "127.0.0.1:PORT", undefined],
    ["a URL", "http://127.0.0.1:PORT", undefined],
    ["a URL with a user and an escaped password", "http://me:p%40ss@127.0.0.1:PORT/", "me:p@ss"],
  ])("asks it for a registry when it is named as %s", async (_what, form, user) => {
    const proxy = await start(form.replace("PORT", String((behind.address() as AddressInfo).port)));
    const asked = once(behind, "connect") as Promise<[IncomingMessage, Socket]>;
    const client = connect(Number(new URL(proxy.url).port), "127.0.0.1");
    client.on("error", () => undefined).write("CONNECT registry.terraform.io:443 HTTP/1.1\r\nHost: x\r\n\r\n");
    const [{ url, headers }, socket] = await asked;
    const authorization = user === undefined ? undefined : `Basic ${Buffer.from(user).toString("base64")}`;
    expect([url, headers["proxy-authorization"]]).toEqual(["registry.terraform.io:443", authorization]);
    socket.destroy();
    client.destroy();
    await proxy.close();
  });

  test.each(["http://me:se%zzcret@proxy.example:3128", "http://[secret", "::secret::"])(
    "refuses %s at the start, and does not show what may hold a password",
    async (upstream) => {
      const refused: unknown = await start(upstream).catch((thrown: unknown) => thrown);
      expect(refused).toMatchObject({ code: "SandboxOptionInvalid" });
      expect((refused as Error).message).not.toContain("cret");
    },
  );
});
