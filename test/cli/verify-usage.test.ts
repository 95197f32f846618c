import { tmpdir } from "node:os";
import { runMain } from "./support/run-main";
import type { MainResult } from "./support/run-main";

const PLAIN = "http://47.236.0.1/";
const ACCELERATED = "http://139.95.0.1/";
const anycastVerify = (args: readonly string[]): Promise<MainResult> => runMain(["verify", ...args], { cwd: tmpdir() });

describe("bad usage of anycast verify", () => {
  it.each([
    [["--watch", "--fail-on", "slower"], "--fail-on slower"],
    [["--watch", "--slo", "errors < 1%"], "--slo"],
    [["--watch", "--vantage", "globalping:London"], "globalping:London"],
    [["--rate", "1000", "--duration", "1h"], "3600000"],
  ])("refuses %p, which can have no effect", async (args, said) => {
    const result = await anycastVerify(["--plain", PLAIN, "--accelerated", ACCELERATED, ...args]);
    expect([result.exitCode, result.stdout]).toEqual([2, ""]);
    expect(result.stderr).toMatch(/\[OptionInvalid\]\n$/);
    expect(result.stderr).toContain(said);
  });

  it.each([
    ["--slo", "errors < 1%"],
    ["--fail-on", "slower"],
    ["--connect-to", "127.0.0.1:1"],
  ])("record refuses %s, which it does not use", async (...args) => {
    const result = await anycastVerify(["record", "r.jsonl", "--plain", PLAIN, "--accelerated", ACCELERATED, ...args]);
    expect([result.exitCode, result.stdout]).toEqual([2, ""]);
    expect(result.stderr).toContain(args[0]);
  });

  it.each([
    ["only one address", ["--plain", PLAIN], "AddressMissing"],
    ["addresses from two sources", ["--plain", PLAIN, "--accelerated", PLAIN, "--outputs", "x"], "AddressesGivenTwice"],
    ["no addresses at all", [], "OutputsMissing"],
    ["a file that does not exist", ["--outputs", "/nowhere"], "OutputsNotReadable"],
    [
      "a location outside the sandbox",
      ["--plain", PLAIN, "--accelerated", PLAIN, "--from", "london"],
      "LocationNotUsable",
    ],
    ["the same address twice", ["--plain", PLAIN, "--accelerated", PLAIN], "SameAddress"],
    ["TLS on one side only", ["--plain", PLAIN, "--accelerated", "https://139.95.0.1/"], "SchemesDiffer"],
    ["both address families", ["--plain", PLAIN, "--accelerated", ACCELERATED, "-4", "-6"], "OptionInvalid"],
    [
      "samples, duration and rate at once",
      ["--plain", PLAIN, "--accelerated", ACCELERATED, "-n", "20", "--duration", "9s", "--rate", "2"],
      "OptionInvalid",
    ],
    [
      "an unsupported kind of proxy",
      ["--plain", PLAIN, "--accelerated", PLAIN, "--socks5", "http://p:1"],
      "ProxyNotUsable",
    ],
    [
      "certificates that do not exist",
      ["--plain", PLAIN, "--accelerated", PLAIN, "--cacert", "/no"],
      "CertificatesNotReadable",
    ],
    ["an invalid URL", ["--plain", "x", "--accelerated", PLAIN], "UrlNotUsable"],
  ])("exits 2 with an error message for %s", async (_what, args, code) => {
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
