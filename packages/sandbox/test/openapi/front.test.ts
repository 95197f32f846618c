import { X509Certificate } from "node:crypto";
import { request as httpRequest } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { connect as tls } from "node:tls";
import { openCloud } from "../../src/cloud";
import { startOpenApi } from "../../src/openapi";
import type { OpenApi, RequestEvent } from "../../src/openapi";
import { newDirectory, tidy } from "../cloud/harness";
import { common, send, signed } from "./http";

const VPC = "2016-04-28";
const ECS = "2014-05-26";
const events: RequestEvent[] = [];
let front: OpenApi;
let close: () => Promise<void>;

beforeAll(async () => {
  const cloud = await openCloud({ directory: newDirectory(), faults: ["lost-response:DeleteVpc"] });
  front = await startOpenApi({ cloud, onRequest: (event) => events.push(event) });
  close = async () => {
    await front.close();
    await cloud.close();
  };
});
afterAll(async () => {
  await close();
  await tidy();
});

describe("the three request styles are accepted:", () => {
  test("parameters in the query and the form body, over plain HTTP", async () => {
    const query = common(front, VPC, "CreateVpc");
    const { status, body } = await signed(front, {
      query,
      form: { RegionId: "cn-hongkong", VpcName: "a *~' b", CidrBlock: "10.0.0.0/8" },
    });
    expect(status).toBe(200);
    expect(body.VpcId).toMatch(/^vpc-j6c[0-9a-z]{18}$/);
    const read = await signed(front, {
      query: common(front, VPC, "DescribeVpcAttribute"),
      form: { RegionId: "cn-hongkong", VpcId: body.VpcId },
    });
    expect(read.body).toMatchObject({ VpcId: body.VpcId, VpcName: "a *~' b", Status: "Available" });
  });

  test("everything in the query of a POST with an empty body", async () => {
    const query = { ...common(front, ECS, "DescribeRegions"), SignatureType: "", RegionId: "cn-hongkong" };
    const { status, body } = await signed(front, { query });
    expect(status).toBe(200);
    expect(body.Regions.Region).toContainEqual(expect.objectContaining({ RegionId: "cn-hongkong" }));
  });

  test("everything in the query of a GET over TLS", async () => {
    const query = { ...common(front, ECS, "DescribeRegions"), SignatureType: "", RegionId: "cn-hongkong" };
    const { status, body } = await signed(front, { method: "GET", secure: true, query });
    expect(status).toBe(200);
    expect(body.RequestId).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
    expect(events.at(-1)).toMatchObject({
      secure: true,
      action: "DescribeRegions",
      product: "Ecs",
      outcome: "ok",
      httpStatus: 200,
    });
  });
});

describe("requests that are not authentic", () => {
  const query = (): Record<string, string> => ({ ...common(front, ECS, "DescribeRegions"), RegionId: "cn-hongkong" });
  const skewed = (minutes: number): string =>
    new Date(Date.now() + minutes * 60_000).toISOString().replace(/\.\d{3}Z$/, "Z");

  test.each([
    [
      "an unknown key",
      () => signed(front, { query: { ...query(), AccessKeyId: "LTAIunknown" } }),
      "InvalidAccessKeyId.NotFound",
    ],
    ["no key", () => signed(front, { query: { ...query(), AccessKeyId: "" } }), "MissingAccessKeyId"],
    ["a wrong secret", () => signed(front, { query: query() }, { secret: "wrong" }), "SignatureDoesNotMatch"],
    [
      "a parameter changed after signing",
      () => signed(front, { query: query() }, { after: (sent) => (sent["RegionId"] = "cn-beijing") }),
      "SignatureDoesNotMatch",
    ],
    ["no signature", () => send(front, { query: query() }), "IncompleteSignature"],
    [
      "another signature method",
      () => signed(front, { query: { ...query(), SignatureMethod: "HMAC-SHA256" } }),
      "InvalidSignatureMethod",
    ],
    [
      "a clock 16 minutes behind",
      () => signed(front, { query: { ...query(), Timestamp: skewed(-16) } }),
      "InvalidTimeStamp.Expired",
    ],
    [
      "a clock 16 minutes ahead",
      () => signed(front, { query: { ...query(), Timestamp: skewed(16) } }),
      "InvalidTimeStamp.Expired",
    ],
    [
      "an invalid timestamp",
      () => signed(front, { query: { ...query(), Timestamp: "yesterday" } }),
      "InvalidTimeStamp.Format",
    ],
    [
      "a security token that was never issued",
      () => signed(front, { query: { ...query(), SecurityToken: "x" } }),
      "InvalidSecurityToken.Malformed",
    ],
  ])("are refused: %s", async (_, ask, code) => {
    const { status, body } = await ask();
    expect({ status, code: body.Code }).toEqual({ status: 400, code });
    expect(Object.values(body).every((value) => typeof value === "string")).toBe(true);
    expect(Object.keys(body).sort()).toEqual(["Code", "HostId", "Message", "Recommend", "RequestId"]);
  });

  test("are refused: a replayed request", async () => {
    const once = query();
    expect((await signed(front, { query: once })).status).toBe(200);
    const again = await signed(front, { query: once });
    expect({ status: again.status, code: again.body.Code }).toEqual({ status: 400, code: "SignatureNonceUsed" });
  });

  test("do not use up the nonce of the correctly signed request", async () => {
    const once = query();
    expect((await signed(front, { query: once }, { secret: "wrong" })).status).toBe(400);
    expect((await signed(front, { query: once })).status).toBe(200);
  });

  test("are answered with the string that the server signed, which clients compare", async () => {
    const { body } = await signed(front, { query: query() }, { secret: "wrong" });
    expect(body.Message).toMatch(/server string to sign is:POST&%2F&AccessKeyId%3D/);
  });
});

describe("requests that cannot be carried out", () => {
  test.each([
    [
      "an unknown action",
      { ...({} as object), action: "FlyToTheMoon", version: ECS },
      "InvalidAction.NotFound",
      /Ecs\.FlyToTheMoon/,
    ],
    ["an unknown version", { action: "DescribeRegions", version: "1999-01-01" }, "InvalidVersion", /1999-01-01/],
    ["no action", { action: "", version: ECS }, "MissingParameter", /Action/],
    [
      "a bad region",
      { action: "DescribeZones", version: ECS, region: "atlantis-1" },
      "InvalidRegionId.NotFound",
      /atlantis-1/,
    ],
    [
      "an action named like a member of Object",
      { action: "constructor", version: ECS },
      "InvalidAction.NotFound",
      /constructor/,
    ],
  ])("answer 400, never 404: %s", async (_, asked, code, message) => {
    const { action, version, region } = asked as { action: string; version: string; region?: string };
    const { status, body } = await signed(front, {
      query: { ...common(front, version, action), RegionId: region ?? "cn-hongkong" },
    });
    expect({ status, code: body.Code }).toEqual({ status: 400, code });
    expect(body.Message).toMatch(message);
  });

  test.each([
    ["another path", { path: "/clusters" }],
    ["another method", { method: "PUT" as const }],
  ])("answer 400, never 404: %s", async (_, how) => {
    const { status } = await signed(front, { query: common(front, ECS, "DescribeRegions"), ...how });
    expect(status).toBe(400);
  });

  test("answer 404 when the object does not exist", async () => {
    const { status, body } = await signed(front, {
      query: { ...common(front, VPC, "DescribeVpcAttribute"), RegionId: "cn-hongkong", VpcId: "vpc-x" },
    });
    expect({ status, code: body.Code }).toEqual({ status: 404, code: "InvalidVpcID.NotFound" });
  });

  test("have their connection closed when the answer is to be lost", async () => {
    const made = await signed(front, { query: { ...common(front, VPC, "CreateVpc"), RegionId: "cn-hongkong" } });
    const gone = { ...common(front, VPC, "DeleteVpc"), RegionId: "cn-hongkong", VpcId: made.body.VpcId };
    await expect(signed(front, { query: gone })).rejects.toThrow(/socket hang up|ECONNRESET/);
    const read = await signed(front, {
      query: { ...common(front, VPC, "DescribeVpcAttribute"), VpcId: made.body.VpcId },
    });
    expect(read.status).toBe(404);
  });
});

describe("the loopback front", () => {
  test("has a certificate for 127.0.0.1 and localhost from an authority of its own", () => {
    const ca = new X509Certificate(readFileSync(front.caFile));
    expect(ca.ca).toBe(true);
    return new Promise<void>((resolve, reject) => {
      const socket = tls({ host: "127.0.0.1", port: front.port, ca: readFileSync(front.caFile) }, () => {
        const cert = new X509Certificate(socket.getPeerCertificate().raw);
        socket.destroy();
        expect(cert.checkIP("127.0.0.1")).toBe("127.0.0.1");
        expect(cert.checkHost("localhost")).toBe("localhost");
        expect(cert.checkIssued(ca)).toBe(true);
        expect(cert.ca).toBe(false);
        resolve();
      });
      socket.on("error", reject);
    });
  });

  test.each(["0.0.0.0", "192.168.1.10", "::", "example.com"])("refuses to listen on %s", async (host) => {
    const cloud = await openCloud({ directory: newDirectory() });
    await expect(startOpenApi({ cloud, host })).rejects.toMatchObject({ code: "SandboxNotLoopback" });
    await cloud.close();
  });

  test("says which port is in use", async () => {
    const cloud = await openCloud({ directory: newDirectory() });
    await expect(startOpenApi({ cloud, port: front.port })).rejects.toMatchObject({ code: "SandboxPortTaken" });
    await cloud.close();
  });

  test("marks every answer as simulated", async () => {
    const { headers } = await signed(front, { query: common(front, ECS, "DescribeRegions") });
    expect(headers["x-anycast-sandbox"]).toBe("simulated");
  });

  test("closes at once although a client keeps its connection open, and deletes its certificate", async () => {
    const cloud = await openCloud({ directory: newDirectory() });
    const other = await startOpenApi({ cloud });
    const idle = connect(other.port, "127.0.0.1");
    await new Promise((resolve) => idle.once("connect", resolve));
    expect(existsSync(other.caFile)).toBe(true);
    const began = Date.now();
    await other.close();
    expect(Date.now() - began).toBeLessThan(5_000);
    expect(existsSync(other.caFile)).toBe(false);
    idle.destroy();
    await cloud.close();
  });

  /** A request as a page of the web would send it. */
  const raw = (headers: Readonly<Record<string, string>>, path = "/"): Promise<{ status: number; body: string }> =>
    new Promise((resolve, reject) => {
      const sent = httpRequest({ host: "127.0.0.1", port: front.port, path, headers, agent: false }, (response) => {
        let body = "";
        response.on("data", (chunk: Buffer) => (body += chunk.toString()));
        response.on("end", () => resolve({ status: response.statusCode!, body }));
      });
      sent.on("error", reject).end();
    });

  test.each(["evil.example", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example:PORT"])(
    "does not answer to the host name %s",
    async (name) => {
      const { status, body } = await raw({ Host: name.replace("PORT", String(front.port)) });
      expect([status, (JSON.parse(body) as { Code: string }).Code]).toEqual([421, "InvalidHost"]);
    },
  );

  test.each([
    [{ Origin: "https://evil.example" }],
    [{ Origin: "null" }],
    [{ Origin: "http://127.0.0.1:1" }],
    [{ "Sec-Fetch-Site": "cross-site" }],
    [{ "Sec-Fetch-Site": "same-site" }],
  ])("refuses a request from a page of another site: %j", async (headers) => {
    const { status, body } = await raw({ Host: `127.0.0.1:${front.port}`, ...headers });
    expect([status, (JSON.parse(body) as { Code: string }).Code]).toEqual([403, "ForbiddenOrigin"]);
  });

  test.each(["//", "http://[", "/%ff?a=%ff", "/\\"])("answers 400 to the path %s", async (path) => {
    expect((await raw({ Host: `127.0.0.1:${front.port}` }, path)).status).toBe(400);
  });
});
