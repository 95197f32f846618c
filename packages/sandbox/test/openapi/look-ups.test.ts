import { request } from "node:http";
import { startSandbox } from "../../src";
import type { Sandbox } from "../../src";
import type { OpenApi } from "../../src/openapi";
import { SANDBOX_CREDENTIALS } from "../../src/openapi/credentials";
import { common, signed } from "./http";

describe("the API at which anycast recover looks objects up", () => {
  let sandbox: Sandbox;
  let port: number;
  beforeAll(async () => {
    sandbox = await startSandbox({ baseEnv: {} });
    port = Number(sandbox.env.ANYCAST_SANDBOX_API!.split(":")[1]);
  });
  afterAll(() => sandbox.stop());

  const statusOf = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<number> =>
    new Promise((resolve, reject) => {
      const sent = request({ host: "127.0.0.1", port, path, headers, method: "POST", agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode!);
      });
      sent.on("error", reject).end();
    });

  test.each<[string, string, Record<string, string>, number]>([
    ["an action that changes something", "/?Action=CreateVpc", {}, 403],
    ["a second action behind the first", "/?Action=DescribeVpcs&Action=CreateVpc", {}, 403],
    ["a path that cannot be parsed", "//", {}, 403],
    ["a page of another site", "/?Action=DescribeVpcs", { origin: "http://example.com" }, 403],
    ["its own address as a page", "/?Action=DescribeVpcs", { origin: "http://127.0.0.1:PORT" }, 403],
    ["a request across sites", "/?Action=DescribeVpcs", { "sec-fetch-site": "cross-site" }, 403],
    ["a foreign host name that leads here", "/?Action=DescribeVpcs", { host: "example.com" }, 421],
  ])("refuses %s, and goes on", async (_what, path, headers, status) => {
    const own = Object.entries(headers).map(([name, value]) => [name, value.replace("PORT", String(port))]);
    expect(await statusOf(path, Object.fromEntries(own) as Record<string, string>)).toBe(status);
    // Without a signature the API behind it refuses.
    expect(await statusOf("/?Action=DescribeVpcs")).toBe(400);
  });

  test("changes nothing, whatever the body of a signed request says", async () => {
    const front = { port, credentials: SANDBOX_CREDENTIALS } as OpenApi;
    const query = { ...common(front, "2016-04-28", "DescribeVpcs"), RegionId: "ap-southeast-1" };
    const listed = await signed(front, { query });
    expect([listed.status, listed.body.TotalCount]).toEqual([200, 0]);
    const form = { Action: "CreateVpc", RegionId: "ap-southeast-1", CidrBlock: "10.0.0.0/8" };
    const { status } = await signed(front, { query, form });
    expect([status, sandbox.status().objects.filter(({ kind }) => kind === "vpc")]).toEqual([400, []]);
  });
});
