import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { main } from "../../src/cli/main";
import type { VerifyReport } from "../../src/core/verify-report";
import { startInternet } from "alicloud-sandbox";
import type { Internet } from "alicloud-sandbox";
import { CERTIFICATE, deadPort, OK, serve } from "../verify/servers";
import type { TestServer } from "../verify/servers";
import { anycast, lookupIn, plain, target } from "../../packages/sandbox/test/internet/support";

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
/** As few pairs as a verdict needs, close together. */
const QUICK = ["-n", "20", "--duration", "300ms", "--parallel", "5"];

describe("anycast verify", () => {
  it("measures the simulated internet inside the sandbox, and says that it is one", async () => {
    const result = await anycastVerify(["--plain", PLAIN, "--accelerated", ACCELERATED, ...QUICK], inSandbox());
    expect(result.stderr).toBe("");
    expect(result.stdout).toContain("Simulated by the sandbox");
    expect(result.stdout).toMatch(/^connect +\d{3} ms +\d+ ms +\d{3} ms +\d+ ms +-\d+ % \(-\d+ to -\d+\)$/m);
    expect(result.exitCode).toBe(0);
  });

  it("measures from another place of the sandbox", async () => {
    const args = ["--plain", PLAIN, "--accelerated", ACCELERATED, "-n", "2", "--format", "json"];
    const result = await anycastVerify([...args, "--from", "hong-kong"], inSandbox());
    const { sandbox, proxy, vantages } = report(result);
    expect([sandbox, proxy]).toEqual([true, `socks5://hong-kong@127.0.0.1:${internet.port}`]);
    expect(vantages[0]?.vantage).toBe("hong-kong");
    expect(vantages[0]?.plain.timings.time_connect?.min).toBeLessThan(0.1);
  });

  it("measures from several places at once, each with a verdict of its own", async () => {
    const args = ["--plain", PLAIN, "--accelerated", ACCELERATED, "-n", "3", "--duration", "1s", "--format", "json"];
    const places = ["london", "hong-kong", "frankfurt", "virginia"];
    const { vantages, verdict } = report(await anycastVerify([...args, "--from", places.join(",")], inSandbox()));
    expect(vantages.map(({ vantage, pairs }) => [vantage, pairs])).toEqual(places.map((place) => [place, 3]));
    expect(verdict).toBe("inconclusive");
    const connects = vantages.map(({ plain: side }) => side.timings.time_connect?.min ?? NaN);
    // Virginia is further away from Singapore than London, and Hong Kong is near.
    expect(connects[3]).toBeGreaterThan(connects[0]!);
    expect(connects[1]).toBeLessThan(connects[0]!);
    expect(new Set(vantages.flatMap(({ attempts }) => attempts.map((one) => one.vantage)))).toEqual(new Set(places));
  });

  it("takes the addresses from a file with outputs", async () => {
    const file = join(directory, "outputs.json");
    writeFileSync(file, JSON.stringify({ plain_url: { value: PLAIN }, accelerated_url: { value: ACCELERATED } }));
    const args = ["--outputs", file, "-n", "1", "--warmup", "0", "--format", "json"];
    expect(report(await anycastVerify(args, inSandbox()))).toMatchObject({
      plain: { url: PLAIN },
      accelerated: { url: ACCELERATED },
      vantages: [{ plain: { succeeded: 1 }, accelerated: { succeeded: 1 } }],
    });
  });

  it("exits 1 for slower access, only when asked to", async () => {
    const [near, far] = [`http://${await slow(20)}/`, `http://${await slow(120)}/`];
    const args = ["--plain", near, "--accelerated", far, ...QUICK];
    const calm = await anycastVerify(args);
    expect(calm.stdout).toMatch(/Accelerated access is \d+ % slower/);
    expect(calm.exitCode).toBe(0);
    expect((await anycastVerify([...args, "--fail-on-regression"])).exitCode).toBe(1);
    expect((await anycastVerify([...args, "--fail-on", "inconclusive,errors"])).exitCode).toBe(0);
    const turned = ["--plain", far, "--accelerated", near, ...QUICK];
    expect((await anycastVerify([...turned, "--fail-on-regression"])).exitCode).toBe(0);
    const few = [...turned.slice(0, 4), "-n", "5", "--duration", "10ms"];
    expect((await anycastVerify([...few, "--fail-on-regression"])).exitCode).toBe(0);
    expect((await anycastVerify([...few, "--fail-on", "slower,inconclusive"])).exitCode).toBe(1);
  });

  it("exits 1 with --fail-on-regression when the accelerated address fails more or answers something else", async () => {
    const plain = `http://${await slow(50)}/`;
    const broken = await serve((socket, n) => (n % 10 < 4 ? socket.resetAndDestroy() : socket.write(OK)));
    const moved = await serve((socket) => socket.write("HTTP/1.1 301 Moved\r\nContent-Length: 2\r\n\r\nok"));
    servers.push(broken, moved);
    for (const { port } of [broken, moved]) {
      const args = ["--plain", plain, "--accelerated", `http://127.0.0.1:${port}/`, ...QUICK];
      expect((await anycastVerify(args)).exitCode).toBe(0);
      expect((await anycastVerify([...args, "--fail-on-regression"])).exitCode).toBe(1);
    }
    const accepted = ["--expect-status", "200,301", "--fail-on-regression"];
    const args = ["--plain", plain, "--accelerated", `http://127.0.0.1:${moved.port}/`, ...QUICK, ...accepted];
    expect((await anycastVerify(args)).exitCode).toBe(0);
  });

  it("exits 1 for objectives that are not met, of several", async () => {
    const args = ["--plain", `http://${await slow(20)}/`, "--accelerated", `http://${await slow(60)}/`, "-n", "4"];
    const quick = [...args, "--duration", "10ms"];
    const met = await anycastVerify([...quick, "--slo", "p95(total) < 10s", "--slo", "errors < 1%"]);
    expect([met.exitCode, met.stdout]).toEqual([0, expect.stringMatching(/p95\(total\) < 10s: met \(\d+ ms\)/)]);
    const unmet = await anycastVerify([...quick, "--slo", "errors < 1%", "--slo", "median(total) < 60ms"]);
    expect([unmet.exitCode, unmet.stdout]).toEqual([1, expect.stringContaining("median(total) < 60ms: NOT met")]);
  });

  it("writes several forms, and a record of every request", async () => {
    const [markdown, record] = [join(directory, "verify.md"), join(directory, "record.jsonl")];
    const args = ["--plain", `http://${await slow(20)}/`, "--accelerated", `http://${await slow(20)}/`];
    const outputs = ["-o", `markdown=${markdown}`, "--record", record, "-n", "3", "--duration", "10ms"];
    await anycastVerify([...args, ...outputs]);
    expect(readFileSync(markdown, "utf8")).toMatch(/^## Access: inconclusive\n/);
    const lines = readFileSync(record, "utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(7);
  });

  it("names proxies of the environment that are not used, without their values", async () => {
    const args = ["--plain", `http://${await slow(0)}/`, "--accelerated", `http://${await slow(0)}/`, "-n", "1"];
    const env = { HTTPS_PROXY: "http://user:hunter2@proxy:1", no_proxy: "x" };
    const { stderr } = await anycastVerify([...args, "--duration", "10ms"], env);
    expect(stderr).toMatch(/^Not used: the proxy in HTTPS_PROXY\./);
    expect(stderr).not.toContain("hunter2");
  });

  it("lists the places it knows when one is unknown", async () => {
    const args = ["--plain", PLAIN, "--accelerated", ACCELERATED, "--from", "mars"];
    const { exitCode, stderr } = await anycastVerify(args, inSandbox());
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringMatching(/one of london, hong-kong, .*got `mars`.*\[LocationNotUsable\]/),
    ]);
  });

  it("exits 2 when an address does not answer", async () => {
    const dead = `http://127.0.0.1:${await deadPort()}/`;
    const result = await anycastVerify(["--plain", dead, "--accelerated", `http://${await slow(0)}/`]);
    expect(result.exitCode).toBe(2);
    expect(result.stdout).toContain("plain: 8 of 8 failed, ConnectionRefused: ");
    expect(result.stdout).toContain("The plain address never answered");
  });

  it("passes Host header, certificates and places to connect to on", async () => {
    const [a, b] = [await slow(10, { tls: true }), await slow(0, { tls: true })];
    const ca = join(directory, "ca.pem");
    writeFileSync(ca, CERTIFICATE);
    const result = await anycastVerify([
      ...["--plain", "https://plain.invalid/", "--accelerated", "https://accelerated.invalid/x"],
      ...["--connect-to-plain", a, "--connect-to-accelerated", b, "-H", "Host: www.example.com"],
      ...["-H", "X-Token: hunter2", "--cacert", ca, "-n", "1", "--format", "json"],
    ]);
    expect(result.stdout).not.toContain("hunter2");
    expect(result.stderr).toBe("");
    expect(report(result)).toMatchObject({
      plain: { connect_to: a },
      accelerated: { connect_to: b },
      settings: { headers: ["x-token"] },
      vantages: [{ plain: { failed: 0 }, accelerated: { failed: 0 } }],
    });
    expect(servers.at(-1)?.requests.at(-1)).toMatch(
      /^GET \/x HTTP\/1.1\r\nHost: www.example.com\r\n[^]*X-Token: hunter2/,
    );
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
    ["the same address twice", ["--plain", PLAIN, "--accelerated", PLAIN], "SameAddress"],
    ["both families", ["--plain", PLAIN, "--accelerated", ACCELERATED, "-4", "-6"], "OptionInvalid"],
    [
      "samples, duration and rate at once",
      ["--plain", PLAIN, "--accelerated", ACCELERATED, "-n", "20", "--duration", "9s", "--rate", "2"],
      "OptionInvalid",
    ],
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
    ["--samples", "0"],
    ["--samples", "1.5"],
    ["--duration", "soon"],
    ["--header", "no header"],
    ["--expect-status", "ok"],
    ["--resolve", "www.example.com:443:nowhere"],
    ["--slo", "fast"],
    ["--fail-on", "weather"],
    ["--method", "POST"],
    ["--timeout", ""],
    ["--timeout", "soon"],
    ["--margin", "51"],
    ["--metric", "time_appconnect"],
  ])("refuses %s %p as bad usage", async (...args) => {
    const result = await anycastVerify([...args, "--plain", PLAIN, "--accelerated", ACCELERATED]);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain(args[0]);
  });
});
