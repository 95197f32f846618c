import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../src/core/process";
import type { VerifyReport } from "../../src/core/verify-report";
import type { WatchReport } from "../../src/core/watch-report";
import { terraformEnvironment } from "../../src/core/terraform-binary";
import type { AppOnDisk } from "../support/app";
import { makeApp } from "../support/app";
import { REPOSITORY } from "../support/cloud-project";
import type { TestServer } from "../verify/servers";
import { OK, serve } from "../verify/servers";

jest.setTimeout(120_000);

describe("anycast deploy --verify", () => {
  let near: TestServer;
  let far: TestServer;
  let app: AppOnDisk;
  beforeAll(async () => {
    near = await serve((socket) => socket.end(OK));
    far = await serve((socket) => void setTimeout(() => socket.end(OK), 150));
    app = makeApp({});
  });
  afterAll(async () => {
    app.remove();
    await near.stop();
    await far.stop();
  });
  /** As few pairs as a verdict needs, close together. */
  const QUICK = ["--samples", "20", "--duration", "1s", "--parallel", "4"];
  const at = ({ port }: TestServer): { value: string } => ({ value: `http://127.0.0.1:${port}/` });
  const deploy = async (...more: string[]): Promise<{ code: number | null; out: string; err: string }> => {
    const ended = await run(join(REPOSITORY, "bin/anycast"), ["deploy", "--auto-approve", ...more], {
      cwd: app.root,
      env: { ...terraformEnvironment(), CI: "1", NO_COLOR: "1" },
    });
    return { code: ended.exitCode, out: ended.stdout.toString(), err: ended.stderr.toString() };
  };
  const accelerated = (output: Record<string, { value: string }>): void => app.write({ it: { input: "x", output } });

  test("auto measures the addresses of the outputs, after everything is deployed", async () => {
    accelerated({ plain_url: at(far), accelerated_url: at(near) });
    const { code, out } = await deploy("--verify", "auto", "--fail-on-regression", ...QUICK);
    expect(out).toMatch(/is deployed as checked\.[\s\S]*Accelerated access is \d+ % faster/);
    expect(code).toBe(0);
    expect(app.state("it")).toEqual(["terraform_data.it"]);
  });

  test("a regression is exit code 1 only with --fail-on-regression, and what was deployed stays", async () => {
    accelerated({ plain_url: at(near), accelerated_url: at(far) });
    const strict = await deploy("--verify", "auto", "--fail-on-regression", ...QUICK);
    expect(strict.out).toMatch(/Accelerated access is \d+ % slower/);
    expect(strict.code).toBe(1);
    expect((await deploy("--verify", "auto", ...QUICK)).code).toBe(0);
    expect(app.state("it")).toEqual(["terraform_data.it"]);
  });

  test("the measurement is part of the JSON document, the Markdown and the event log", async () => {
    accelerated({ plain_url: at(far), accelerated_url: at(near) });
    const [markdown, events] = [join(app.root, "run.md"), join(app.root, "events.jsonl")];
    const files = ["-o", `markdown=${markdown}`, "--events", events];
    const { code, out } = await deploy("--verify", "auto", "--format", "json", ...files, ...QUICK);
    expect(code).toBe(0);
    const document = JSON.parse(out) as { exitCode: number; verify: VerifyReport };
    expect(document).toMatchObject({ exitCode: 0, verify: { version: 2, verdict: "faster" } });
    expect(document.verify.vantages[0]!.attempts.length).toBeGreaterThanOrEqual(40);
    const text = readFileSync(markdown, "utf8");
    expect(text).toMatch(/## Policy check: allowed[\s\S]*## Access: faster[\s\S]*\| total \|/);
    const told = readFileSync(events, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string });
    expect(told.find(({ type }) => type === "verdict")).toMatchObject({
      report: { verdict: "faster", vantages: [{ pairs: 20, plain: { timings: { time_total: {} } } }] },
    });
  });

  test("--watch sees what is interrupted during the apply, and reports it in every format", async () => {
    let down = false;
    const shaky = await serve((socket) => (down ? socket.resetAndDestroy() : socket.end(OK)));
    const output = { plain_url: at(far), accelerated_url: at(shaky) };
    app.write({ it: { input: "before", output } });
    expect((await deploy()).code).toBe(0);
    // The first request to it is that of the watching: from then on it is gone for a while.
    const began = shaky.requests.length;
    const timer = setInterval(() => {
      if (shaky.requests.length === began || down) return;
      clearInterval(timer);
      down = true;
      setTimeout(() => (down = false), 1500);
    }, 10);
    app.write({ it: { input: "after", output } });
    const [markdown, events] = [join(app.root, "watch.md"), join(app.root, "watch.jsonl")];
    const files = ["-o", `markdown=${markdown}`, "--events", events];
    const { code, out } = await deploy("--verify", "auto", "--watch", "--format", "json", ...files, ...QUICK);
    clearInterval(timer);
    await shaky.stop();
    expect(code).toBe(0);
    const { watch, verify } = JSON.parse(out) as { watch: WatchReport; verify: VerifyReport };
    expect(verify.verdict).toBe("faster");
    const { sides } = watch.vantages[0]!;
    expect(sides.plain).toMatchObject({ lost: 0 });
    const { lost, longest_gap_ms: gap, first_failure: first, last_failure: last } = sides.accelerated;
    expect(lost).toBeGreaterThanOrEqual(3);
    expect(gap).toBeGreaterThanOrEqual(1200);
    expect(last! - first!).toBeLessThan(1600);
    expect(readFileSync(markdown, "utf8")).toMatch(/## Interruptions[\s\S]*\| accelerated \| \d+ of /);
    expect(readFileSync(events, "utf8")).toMatch(/"type":"watched"/);
  });

  test("--watch without existing addresses says that nothing is watched, and deploys", async () => {
    const fresh = makeApp({ it: { input: "x", output: { plain_url: at(far), accelerated_url: at(near) } } });
    const ended = await run(
      join(REPOSITORY, "bin/anycast"),
      ["deploy", "--auto-approve", "--verify", "auto", "--watch", ...QUICK],
      { cwd: fresh.root, env: { ...terraformEnvironment(), CI: "1", NO_COLOR: "1" } },
    );
    fresh.remove();
    expect(ended.stderr.toString()).toContain("Nothing is watched while this is applied: ");
    expect([ended.exitCode, ended.stdout.toString()]).toEqual([0, expect.stringContaining("Accelerated access is ")]);
  });

  test("a URL is requested from both addresses, with its own host and path", async () => {
    accelerated({ plain_url: at(far), accelerated_url: at(near) });
    const before = [near.requests.length, far.requests.length];
    expect((await deploy("--verify", "http://app.example.com/health", ...QUICK)).code).toBe(0);
    for (const [i, server] of [near, far].entries()) {
      const asked = server.requests.slice(before[i]).filter((text) => text !== "");
      expect(asked.length).toBeGreaterThan(0);
      for (const text of asked) expect(text).toMatch(/^GET \/health HTTP\/1\.1\r\n[\s\S]*Host: app\.example\.com\r\n/i);
    }
  });

  test("without addresses in the outputs it says that everything is deployed, and exits 2", async () => {
    accelerated({});
    const { code, err } = await deploy("--verify", "auto");
    expect(err).toMatch(/Everything is deployed\. .*plain_url and accelerated_url.*\[OutputsMissing\]/);
    expect(code).toBe(2);
  });

  test.each([
    ["an invalid address", ["--verify", "somewhere"], "UrlNotUsable"],
    ["a regression without a measurement", ["--fail-on-regression"], "OptionInvalid"],
    ["watching without a measurement", ["--watch"], "OptionInvalid"],
    ["a margin without a measurement", ["--margin", "10"], "OptionInvalid"],
    ["certificates that do not exist", ["--verify", "auto", "--cacert", "/no"], "CertificatesNotReadable"],
  ])("refuses %s before anything is deployed", async (_what, args, code) => {
    const fresh = makeApp({ it: { input: "x" } });
    const ended = await run(join(REPOSITORY, "bin/anycast"), ["deploy", "--auto-approve", ...args], {
      cwd: fresh.root,
    });
    const state = fresh.state("it");
    fresh.remove();
    expect([ended.exitCode, ended.stderr.toString()]).toEqual([2, expect.stringContaining(`[${code}]`)]);
    expect(state).toBeUndefined();
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "%s during the measurement ends it at once, says that everything is deployed, and how to measure again",
    async (signal) => {
      let stop = (): void => undefined;
      // It takes what is asked of it, and never answers.
      const silent = await serve(() => stop());
      accelerated({ plain_url: at(silent), accelerated_url: at(near) });
      const ended = await run(join(REPOSITORY, "bin/anycast"), ["deploy", "--auto-approve", "--verify", "auto"], {
        cwd: app.root,
        onSpawn: (_pid, kill) => (stop = () => kill(signal)),
      });
      await silent.stop();
      expect([ended.exitCode, ended.stderr.toString()]).toEqual([
        2,
        expect.stringMatching(
          new RegExp(
            `Everything is deployed; the measurement was stopped by ${signal}\\. Fix: run \`anycast verify\`\\.`,
          ),
        ),
      ]);
      expect(ended.stdout.toString()).toMatch(/as checked\./);
    },
  );
});
