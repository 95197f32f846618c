import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { main } from "../../src/cli/main";
import type { VerifyReport } from "../../src/core/verify-report";
import { startInternet } from "../../src/sandbox/internet";
import type { Internet } from "../../src/sandbox/internet";
import { CERTIFICATE, deadPort, OK, serve } from "../verify/servers";
import type { TestServer } from "../verify/servers";
import { anycast, lookupIn, plain, target } from "../sandbox/internet/support";

const PLAIN = "http://47.236.0.1/";
const ACCELERATED = "http://139.95.0.1/";
let internet: Internet;
let directory: string;
const servers: TestServer[] = [];

beforeAll(async () => {
  internet = await startInternet({ lookup: lookupIn(plain("47.236.0.1", target()), anycast("139.95.0.1", target())) });
  directory = mkdtempSync(join(tmpdir(), "anycast-verify-"));
});
afterAll(async () => {
  await internet.stop();
  rmSync(directory, { recursive: true });
  await Promise.all(servers.map((one) => one.stop()));
});

async function slow(ms: number, options = {}): Promise<string> {
  const one = await serve((socket) => void setTimeout(() => socket.write(OK), ms), options);
  servers.push(one);
  return `127.0.0.1:${one.port}`;
}

interface Result {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function anycastVerify(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Result> {
  let [stdout, stderr] = ["", ""];
  const exitCode = await main(["verify", ...args], {
    stdin: Readable.from([]),
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    env,
    cwd: directory,
  });
  return { exitCode, stdout, stderr };
}

const inSandbox = (): NodeJS.ProcessEnv => internet.env;
const report = (result: Result): VerifyReport => JSON.parse(result.stdout) as VerifyReport;

describe("anycast verify", () => {
  it("measures the simulated internet inside the sandbox, and says that it is one", async () => {
    const result = await anycastVerify(
      ["--plain", PLAIN, "--accelerated", ACCELERATED, "-n", "6", "--parallel", "6"],
      inSandbox(),
    );
    expect(result.stderr).toBe("");
    expect(result.stdout).toContain("Simulated by the sandbox");
    expect(result.stdout).toMatch(/^connect +\d{3} ms +\d+ ms +\d{3} ms +\d+ ms +-\d+ %$/m);
    expect(result.exitCode).toBe(0);
  });

  it("measures from another place of the sandbox", async () => {
    const args = ["--plain", PLAIN, "--accelerated", ACCELERATED, "-n", "2", "--format", "json"];
    const result = await anycastVerify([...args, "--from", "hong-kong"], inSandbox());
    const { sandbox, proxy, plain: side } = report(result);
    expect([sandbox, proxy]).toEqual([true, `socks5://hong-kong@127.0.0.1:${internet.port}`]);
    expect(side.timings.time_connect?.min).toBeLessThan(0.1);
  });

  it("takes the addresses from a file with outputs", async () => {
    const file = join(directory, "outputs.json");
    writeFileSync(file, JSON.stringify({ plain_url: { value: PLAIN }, accelerated_url: { value: ACCELERATED } }));
    const args = ["--outputs", file, "-n", "1", "--warmup", "0", "--format", "json"];
    expect(report(await anycastVerify(args, inSandbox()))).toMatchObject({
      plain: { url: PLAIN, succeeded: 1 },
      accelerated: { url: ACCELERATED, succeeded: 1 },
    });
  });

  it("exits 1 for access that is not faster, only when asked to", async () => {
    const [plainUrl, acceleratedUrl] = [`http://${await slow(5)}/`, `http://${await slow(40)}/`];
    const args = ["--plain", plainUrl, "--accelerated", acceleratedUrl, "-n", "2"];
    const calm = await anycastVerify(args);
    expect(calm.stdout).toContain("Accelerated access is not faster");
    expect(calm.exitCode).toBe(0);
    expect((await anycastVerify([...args, "--fail-on-regression"])).exitCode).toBe(1);
    const turned = ["--plain", acceleratedUrl, "--accelerated", plainUrl, "-n", "2", "--fail-on-regression"];
    expect((await anycastVerify(turned)).exitCode).toBe(0);
    expect((await anycastVerify([...turned, "--threshold", "99"])).exitCode).toBe(1);
  });

  it("exits 2 when an address does not answer", async () => {
    const dead = `http://127.0.0.1:${await deadPort()}/`;
    const result = await anycastVerify(["--plain", dead, "--accelerated", `http://${await slow(0)}/`]);
    expect(result.exitCode).toBe(2);
    expect(result.stdout).toContain("3 x ConnectionRefused: ");
    expect(result.stdout).toContain("Nothing to compare");
  });

  it("passes Host header, certificates and places to connect to on", async () => {
    const [a, b] = [await slow(10, { tls: true }), await slow(0, { tls: true })];
    const ca = join(directory, "ca.pem");
    writeFileSync(ca, CERTIFICATE);
    const result = await anycastVerify([
      ...["--plain", "https://plain.invalid/", "--accelerated", "https://accelerated.invalid/x"],
      ...["--connect-to-plain", a, "--connect-to-accelerated", b, "-H", "Host: www.example.com"],
      ...["--cacert", ca, "-n", "1", "--format", "json"],
    ]);
    expect(result.stderr).toBe("");
    expect(report(result)).toMatchObject({
      plain: { connect_to: a, failed: 0 },
      accelerated: { connect_to: b, failed: 0 },
    });
    expect(servers.at(-1)?.requests.at(-1)).toContain("GET /x HTTP/1.1\r\nHost: www.example.com\r\n");
  });

  it.each([
    ["one address alone", ["--plain", PLAIN], "AddressMissing"],
    ["addresses from two places", ["--plain", PLAIN, "--accelerated", PLAIN, "--outputs", "x"], "AddressesGivenTwice"],
    ["no addresses at all", [], "OutputsMissing"],
    ["a file that is not there", ["--outputs", "/nowhere"], "OutputsNotReadable"],
    [
      "a place outside the sandbox",
      ["--plain", PLAIN, "--accelerated", PLAIN, "--from", "london"],
      "LocationNotUsable",
    ],
    ["another header", ["--plain", PLAIN, "--accelerated", PLAIN, "-H", "X-Evil: 1"], "HeaderNotUsable"],
    ["a proxy of another kind", ["--plain", PLAIN, "--accelerated", PLAIN, "--socks5", "http://p:1"], "ProxyNotUsable"],
    [
      "certificates that are not there",
      ["--plain", PLAIN, "--accelerated", PLAIN, "--cacert", "/no"],
      "CertificatesNotReadable",
    ],
    ["something that is no URL", ["--plain", "x", "--accelerated", PLAIN], "UrlNotUsable"],
  ])("exits 2 with a sentence for %s", async (_what, args, code) => {
    const result = await anycastVerify(args);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toMatch(new RegExp(`^anycast: .* Fix: .* \\[${code}\\]\\n$`));
    expect(result.stdout).toBe("");
  });

  it.each([
    ["--rounds", "0"],
    ["--rounds", "1.5"],
    ["--timeout", ""],
    ["--timeout", "soon"],
    ["--threshold", "100"],
    ["--metric", "time_appconnect"],
    ["--format", "xml"],
  ])("refuses %s %p as bad usage", async (...args) => {
    const result = await anycastVerify([...args, "--plain", PLAIN, "--accelerated", ACCELERATED]);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain(args[0]);
  });
});
