import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCertificate } from "../../packages/sandbox/src/openapi/certificate";
import { run } from "../../src/core/process";
import committed from "../../src/core/opentofu-release.json";
import type { SetUpEvent, SetUpResult } from "../../src/terraform/fetch";
import { setUpTerraform } from "../../src/terraform/fetch";
import { releaseOf } from "../../tools/opentofu-release";
import { zip } from "../plan/support/plan-file";
import type { LoopbackServer } from "./support/release-server";
import { serve, serveProxy } from "./support/release-server";

/** Larger than what comes in one piece. */
const PADDING = Buffer.alloc(300_000, "x");
const PROGRAM = Buffer.from(`#!/bin/sh\necho the program\nexit 0\n${"# some more\n".repeat(9)}`);
const ARCHIVE = zip([
  ["LICENSE", createHash("sha512").update(PADDING).digest()],
  ["tofu", PROGRAM],
]);
const SUM = createHash("sha256").update(ARCHIVE).digest("hex");
const RELEASE = { version: "1.2.3", sha256: { linux_amd64: SUM } };
const PATH_OF_ARCHIVE = "/v1.2.3/tofu_1.2.3_linux_amd64.zip";

const right: RequestListener = (_, res) => res.setHeader("Content-Length", ARCHIVE.length).end(ARCHIVE);

let directory: string;
let servers: LoopbackServer[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "anycast-fetch-"));
  servers = [];
});
afterEach(async () => {
  await Promise.all(servers.map((one) => one.stop()));
  rmSync(directory, { recursive: true });
});

async function started(server: Promise<LoopbackServer>): Promise<LoopbackServer> {
  servers.push(await server);
  return servers.at(-1)!;
}

interface Given {
  readonly env?: NodeJS.ProcessEnv;
  readonly archive?: string;
  readonly architecture?: string;
}

async function setUp(
  releases: string,
  { env = {}, archive, architecture = "x64" }: Given = {},
): Promise<SetUpResult & { events: SetUpEvent[] }> {
  const events: SetUpEvent[] = [];
  const result = await setUpTerraform({
    env: { PATH: join(directory, "bin"), ANYCAST_OPENTOFU_RELEASES: releases, ...env },
    archive,
    emit: (event) => events.push(event),
    platform: { system: "linux", architecture },
    release: RELEASE,
    directory: join(directory, "opentofu"),
  });
  return { ...result, events };
}

const placed = (): string[] =>
  existsSync(join(directory, "opentofu")) ? readdirSync(join(directory, "opentofu")) : [];

describe("A machine without terraform", () => {
  test("gets the program from the right archive, with messages of source and progress", async () => {
    const server = await started(serve(right));
    const { path, origin, version, events } = await setUp(server.url);
    expect({ path, origin, version }).toEqual({
      path: join(directory, "opentofu", "tofu"),
      origin: "fetched",
      version: "1.2.3",
    });
    expect(execFileSync(path).toString()).toBe("the program\n");
    expect(statSync(path).mode & 0o777).toBe(0o755);
    expect(placed()).toEqual(["tofu"]);
    expect(server.asked).toEqual([`GET ${PATH_OF_ARCHIVE}`]);
    expect(events[0]).toEqual({
      type: "download-started",
      version: "1.2.3",
      url: server.url + PATH_OF_ARCHIVE,
      directory: join(directory, "opentofu"),
    });
    expect(events.at(-1)).toEqual({ type: "download-progress", received: ARCHIVE.length, total: ARCHIVE.length });
  });

  test.each<[string, RequestListener, string, RegExp]>([
    ["another archive", (_, res) => res.end(Buffer.concat([ARCHIVE, Buffer.alloc(1)])), "ArchiveNotExpected", /to be [0-9a-f]{64}, got `[0-9a-f]{64}`: it was cut off or changed, and is not unpacked/], // prettier-ignore
    ["an archive without its end and without a length", (_, res) => res.end(ARCHIVE.subarray(0, 200)), "ArchiveNotExpected", /is not unpacked/], // prettier-ignore
    ["a connection that is closed early", (_, res) => void res.setHeader("Content-Length", ARCHIVE.length).write(ARCHIVE.subarray(0, 100), () => res.destroy()), "DownloadFailed", /: the connection ended too early\. Fix: /], // prettier-ignore
    ["no such file", (_, res) => res.writeHead(404).end(), "DownloadFailed", /: the server 127\.0\.0\.1:\d+ answered with status 404\. Fix: /], // prettier-ignore
    ["a sign-in page", (_, res) => res.end("<html>"), "ArchiveNotExpected", /is not unpacked/],
    ["an endless redirect", (_, res) => res.writeHead(302, { Location: "/again" }).end(), "DownloadFailed", /: there were more than 5 redirects\. Fix: /], // prettier-ignore
    ["a redirect to a local file", (_, res) => res.writeHead(302, { Location: "file:///etc/passwd" }).end(), "DownloadFailed", /redirects to file:\/\/, which is not protected/], // prettier-ignore
  ])("installs nothing from a server with %s", async (_, listener, code, message) => {
    const server = await started(serve(listener));
    await expect(setUp(server.url)).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
    expect(placed()).toEqual([]);
  });

  test("reports what to do where there is no network", async () => {
    const server = await serve(right);
    await server.stop();
    await expect(setUp(server.url)).rejects.toMatchObject({
      code: "DownloadFailed",
      message: expect.stringContaining(
        `ECONNREFUSED ${server.url.slice("http://".length)}. Fix: connect to the network and try again; or download ${server.url}${PATH_OF_ARCHIVE} elsewhere and run \`anycast setup --archive tofu_1.2.3_linux_amd64.zip\`; or install terraform or OpenTofu and put it on PATH.`,
      ) as string,
    });
  });

  test("follows the redirect that a release answers with", async () => {
    const other = await started(serve(right));
    const server = await started(serve((_, res) => res.writeHead(302, { Location: `${other.url}/x?y=z` }).end()));
    expect((await setUp(server.url)).origin).toBe("fetched");
    expect(other.asked).toEqual(["GET /x?y=z"]);
  });

  test.each([
    ["http_proxy", "http://user:p%40ss@HOST", { "proxy-authorization": `Basic ${btoa("user:p@ss")}` }],
    ["HTTP_PROXY", "HOST", {}],
    ["all_proxy", "http://HOST/", {}],
  ])("uses the proxy in %s", async (name, value, sent) => {
    const server = await started(serve(right));
    const proxy = await started(serveProxy());
    const env = { [name]: value.replace("HOST", proxy.url.slice("http://".length)) };
    expect((await setUp(server.url, { env })).origin).toBe("fetched");
    expect(proxy.asked).toEqual([`GET ${server.url}${PATH_OF_ARCHIVE}`]);
    expect(proxy.headers[0]).toMatchObject(sent);
    rmSync(join(directory, "opentofu"), { recursive: true });
    const without = await setUp(server.url, { env: { ...env, NO_PROXY: "example.com, 127.0.0.1" } });
    expect(without.origin).toBe("fetched");
    expect(proxy.asked).toHaveLength(1);
  });

  test("reaches an HTTPS server through a proxy, and verifies the server's certificate", async () => {
    const { ca, key, cert } = await makeCertificate();
    const server = createTlsServer({ key, cert }, right);
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const { port } = server.address() as AddressInfo;
    const proxy = await started(serveProxy());
    writeFileSync(join(directory, "ca.pem"), ca);
    try {
      const env = { HTTPS_PROXY: proxy.url };
      await expect(setUp(`https://localhost:${String(port)}`, { env })).rejects.toMatchObject({
        code: "DownloadFailed",
        message: expect.stringContaining("unable to verify the first certificate") as string,
      });
      const script = `require("tsx/cjs"); const { setUpTerraform } = require(${JSON.stringify(join(__dirname, "../../src/terraform/fetch"))});
        setUpTerraform({ env: { HTTPS_PROXY: ${JSON.stringify(proxy.url)}, PATH: "", ANYCAST_OPENTOFU_RELEASES: "https://localhost:${String(port)}" }, emit() {},
          platform: { system: "linux", architecture: "x64" }, release: ${JSON.stringify(RELEASE)}, directory: ${JSON.stringify(join(directory, "opentofu"))} })
          .then(({ origin }) => console.log(origin), (e) => console.log(e.message));`;
      const env2 = { ...process.env, NODE_EXTRA_CA_CERTS: join(directory, "ca.pem") };
      expect((await run(process.execPath, ["-e", script], { env: env2 })).stdout.toString()).toBe("fetched\n");
      expect(proxy.asked).toEqual([`CONNECT localhost:${String(port)}`, `CONNECT localhost:${String(port)}`]);
    } finally {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  });

  test("accepts an archive that was downloaded elsewhere, though downloads are forbidden", async () => {
    writeFileSync(join(directory, "b.zip"), ARCHIVE.subarray(1));
    await expect(setUp("", { archive: join(directory, "b.zip") })).rejects.toMatchObject({
      code: "ArchiveNotExpected",
    });
    writeFileSync(join(directory, "a.zip"), ARCHIVE);
    const env = { ANYCAST_NO_DOWNLOAD: "1" };
    const { origin, events } = await setUp("http://127.0.0.1:9", { archive: join(directory, "a.zip"), env });
    expect({ origin, events }).toEqual({ origin: "fetched", events: [] });
    const again = await setUp("http://127.0.0.1:9", { env });
    expect(again).toEqual({ origin: "fetched-before", path: join(directory, "opentofu", "tofu"), events: [] });
  });

  test("downloads nothing where that is forbidden", async () => {
    const server = await started(serve(right));
    await expect(setUp(server.url, { env: { ANYCAST_NO_DOWNLOAD: "1" } })).rejects.toMatchObject({
      code: "DownloadForbidden",
      message: expect.stringContaining("ANYCAST_NO_DOWNLOAD forbids the download of OpenTofu. Fix: ") as string,
    });
    expect(server.asked).toEqual([]);
  });

  test("downloads nothing for a platform without a known checksum", async () => {
    await expect(setUp("http://127.0.0.1:9", { architecture: "s390x" })).rejects.toMatchObject({
      code: "PlatformUnknown",
      message: expect.stringContaining("no checksum of OpenTofu 1.2.3 for linux_s390x here") as string,
    });
  });
});

describe("A machine with terraform", () => {
  const install = (name: string): string => {
    execFileSync("mkdir", ["-p", join(directory, "bin")]);
    writeFileSync(join(directory, "bin", name), "#!/bin/sh\n", { mode: 0o755 });
    return join(directory, "bin", name);
  };

  test.each(["terraform", "tofu"])("downloads nothing where %s is on PATH", async (name) => {
    const path = install(name);
    expect(await setUp("http://127.0.0.1:9")).toEqual({ path, origin: "installed", events: [] });
  });

  test.each(["TERRAFORM_BINARY_NAME", "ANYCAST_TERRAFORM"])("downloads nothing where %s names one", async (name) => {
    const path = install("my-tofu");
    expect(await setUp("http://127.0.0.1:9", { env: { [name]: path } })).toEqual({ path, origin: "named", events: [] });
    await expect(setUp("http://127.0.0.1:9", { env: { [name]: "/nowhere" } })).rejects.toMatchObject({
      code: "ProgramNotFound",
      message: expect.stringContaining(`named by ${name} is not there. Fix: `) as string,
    });
  });
});

test("the checksums of a release are read from its list, for the supported platforms", () => {
  const sums = Object.entries(committed.sha256).map(
    ([platform, sum]) => `${sum}  tofu_${committed.version}_${platform}.zip`,
  );
  const others = [`${"0".repeat(64)}  tofu_${committed.version}_linux_386.zip`, `${"1".repeat(64)}  tofu.deb`];
  const made = JSON.parse(releaseOf(committed.version, `${[...others, ...sums].join("\n")}\n`)) as unknown;
  expect(made).toEqual(committed);
  expect(() => releaseOf("1.2.3", sums.join("\n"))).toThrow("Expected sums of OpenTofu 1.2.3, got none.");
  expect(() => releaseOf(committed.version, "<html>")).toThrow("Expected lines of a SHA-256 and a name");
  expect(() => releaseOf(committed.version, [sums[0], sums[0]].join("\n"))).toThrow("Expected one sum of");
});

test("the committed release has a checksum for each platform that Node and OpenTofu share", () => {
  expect(Object.keys(committed.sha256)).toEqual([
    "darwin_amd64",
    "darwin_arm64",
    "linux_amd64",
    "linux_arm64",
    "windows_amd64",
  ]);
  for (const sum of Object.values(committed.sha256)) expect(sum).toMatch(/^[0-9a-f]{64}$/);
});
