import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import type { VerifyReport } from "../../src/core/verify-report";
import { startInternet } from "alicloud-sandbox";
import type { Internet } from "alicloud-sandbox";
import { runMain } from "./support/run-main";
import type { MainResult } from "./support/run-main";
import { CERTIFICATE, deadPort, OK, serve } from "../verify/servers";
import type { TestServer } from "../verify/servers";
import { anycast, lookupIn, plain, target } from "../../packages/sandbox/test/internet/support";

const PLAIN = "http://47.236.0.1/";
const ACCELERATED = "http://139.95.0.1/";
const validateRecord = new Ajv().compile(
  JSON.parse(readFileSync(join(__dirname, "../../docs/schemas/verify-record.schema.json"), "utf8")) as object,
);
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

const anycastVerify = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<MainResult> =>
  runMain(["verify", ...args], { cwd: directory, env });
const inSandbox = (): NodeJS.ProcessEnv => internet.env;
const report = (result: MainResult): VerifyReport => JSON.parse(result.stdout) as VerifyReport;
/** As few pairs as a verdict needs, close together. */
const QUICK = ["-n", "20", "--duration", "300ms", "--parallel", "5"];

describe("anycast verify", () => {
  it("measures the simulated internet inside the sandbox, and says that it is simulated", async () => {
    const result = await anycastVerify(["--plain", PLAIN, "--accelerated", ACCELERATED, ...QUICK], inSandbox());
    expect(result.stderr).toBe("");
    expect(result.stdout).toContain("Simulated by the sandbox");
    expect(result.stdout).toMatch(/^connect +\d{3} ms +\d+ ms +\d{3} ms +\d+ ms +-\d+ % \(-\d+ to [-+]?\d+\)$/m);
    expect(result.exitCode).toBe(0);
  });

  it("measures from another location of the sandbox", async () => {
    const args = ["--plain", PLAIN, "--accelerated", ACCELERATED, "-n", "2", "--format", "json"];
    const result = await anycastVerify([...args, "--from", "hong-kong"], inSandbox());
    const { sandbox, proxy, vantages } = report(result);
    expect([sandbox, proxy]).toEqual([true, `socks5://hong-kong@127.0.0.1:${internet.port}`]);
    expect(vantages[0]?.vantage).toBe("hong-kong");
    expect(vantages[0]?.plain.timings.time_connect?.min).toBeLessThan(0.1);
  });

  it("measures from several locations at once, with one verdict each", async () => {
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

  it("reads the addresses from a file with outputs", async () => {
    const file = join(directory, "outputs.json");
    writeFileSync(file, JSON.stringify({ plain_url: { value: PLAIN }, accelerated_url: { value: ACCELERATED } }));
    const args = ["--outputs", file, "-n", "1", "--warmup", "0", "--format", "json"];
    expect(report(await anycastVerify(args, inSandbox()))).toMatchObject({
      plain: { url: PLAIN },
      accelerated: { url: ACCELERATED },
      vantages: [{ plain: { succeeded: 1 }, accelerated: { succeeded: 1 } }],
    });
  });

  it("exits 1 for slower access only with --fail-on-regression", async () => {
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

  it("exits 1 with --fail-on-regression when the accelerated address fails more often or answers differently", async () => {
    const plain = `http://${await slow(50)}/`;
    const broken = await serve((socket, n) => (n % 10 < 4 ? socket.resetAndDestroy() : socket.write(OK)));
    const hangs = await serve((socket, n) => void (n % 10 < 4 || socket.write(OK)));
    const busy = await serve((socket, n) => socket.write(n % 10 < 2 ? OK.replace("200 OK", "503 Busy") : OK));
    const moved = await serve((socket) => socket.write("HTTP/1.1 301 Moved\r\nContent-Length: 2\r\n\r\nok"));
    const small = await serve((socket) => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"));
    servers.push(broken, hangs, busy, moved, small);
    for (const { port } of [broken, hangs, busy, moved, small]) {
      const args = ["--plain", plain, "--accelerated", `http://127.0.0.1:${port}/`, "--timeout", "0.4", ...QUICK];
      const measured = await anycastVerify([...args, "--format", "json"]);
      expect([measured.exitCode, ["slower", "inconclusive"].includes(report(measured).verdict)]).toEqual([0, true]);
      expect((await anycastVerify([...args, "--fail-on-regression"])).exitCode).toBe(1);
    }
    const accepted = ["--expect-status", "200,301", "--fail-on-regression"];
    const args = ["--plain", plain, "--accelerated", `http://127.0.0.1:${moved.port}/`, ...QUICK, ...accepted];
    expect((await anycastVerify(args)).exitCode).toBe(0);
  });

  it("exits 0 with --fail-on-regression for equal paths, also when both fail occasionally", async () => {
    const [steady, same] = [`http://${await slow(30)}/`, `http://${await slow(30)}/`];
    const calm = ["--plain", steady, "--accelerated", same, ...QUICK, "--fail-on-regression"];
    expect((await anycastVerify(calm)).exitCode).toBe(0);
    const shaky = async (): Promise<string> => {
      const one = await serve((socket, n) => (n % 10 === 3 ? socket.resetAndDestroy() : socket.write(OK)));
      servers.push(one);
      return `http://127.0.0.1:${one.port}/`;
    };
    const both = ["--plain", await shaky(), "--accelerated", await shaky(), ...QUICK, "--fail-on-regression"];
    expect((await anycastVerify(both)).exitCode).toBe(0);
  });

  it("watches both addresses, with a record of every request", async () => {
    const [steady, other] = [await slow(0), await slow(0)];
    const record = join(directory, "watched.jsonl");
    const args = ["--watch", "--plain", `http://${steady}/`, "--accelerated", `http://${other}/`, "--record", record];
    const result = await anycastVerify([...args, "--duration", "500ms", "--rate", "10", "--fail-on-regression"]);
    expect(result).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^The plain address answered all of 5/),
    });
    const [head, ...rows] = readFileSync(record, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as object);
    for (const line of [head!, ...rows]) expect(validateRecord(line)).toBe(true);
    expect([head, rows.length]).toMatchObject([{ settings: { samples: 5 } }, 10]);
  });

  it("exits 1 when one of several objectives is not met", async () => {
    const args = ["--plain", `http://${await slow(20)}/`, "--accelerated", `http://${await slow(60)}/`, "-n", "4"];
    const quick = [...args, "--duration", "10ms"];
    const met = await anycastVerify([...quick, "--slo", "p95(total) < 10s", "--slo", "errors < 1%"]);
    expect([met.exitCode, met.stdout]).toEqual([0, expect.stringMatching(/p95\(total\) < 10s: met \(\d+ ms\)/)]);
    const unmet = await anycastVerify([...quick, "--slo", "errors < 1%", "--slo", "median(total) < 60ms"]);
    expect([unmet.exitCode, unmet.stdout]).toEqual([1, expect.stringContaining("median(total) < 60ms: NOT met")]);
  });

  it("writes several formats, and a record of every request", async () => {
    const [markdown, record] = [join(directory, "verify.md"), join(directory, "record.jsonl")];
    const args = ["--plain", `http://${await slow(20)}/`, "--accelerated", `http://${await slow(20)}/`];
    const outputs = ["-o", `markdown=${markdown}`, "--record", record, "-n", "3", "--duration", "10ms"];
    await anycastVerify([...args, ...outputs]);
    expect(readFileSync(markdown, "utf8")).toMatch(/^## Access: inconclusive\n/);
    const lines = readFileSync(record, "utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(7);
  });

  it("names proxy variables of the environment that are not used, without their values", async () => {
    const args = ["--plain", `http://${await slow(0)}/`, "--accelerated", `http://${await slow(0)}/`, "-n", "1"];
    const env = { HTTPS_PROXY: "http://user:hunter2@proxy:1", no_proxy: "x" };
    const { stderr } = await anycastVerify([...args, "--duration", "10ms"], env);
    expect(stderr).toMatch(/^Not used: the proxy in HTTPS_PROXY\./);
    expect(stderr).not.toContain("hunter2");
  });

  it("lists the known locations when one is unknown", async () => {
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

  it("uses the given Host header, certificates and addresses to connect to", async () => {
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
});
