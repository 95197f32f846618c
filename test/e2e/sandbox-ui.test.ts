import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testCloud } from "../../packages/sandbox/test/cloud/harness";
import { run } from "../../packages/sandbox/test/support/run";
import { service } from "../../packages/sandbox/test/ui/service";
import { ask, Onlooker } from "../../packages/sandbox/test/ui/support";

const REPOSITORY = join(__dirname, "../..");

/** A sandbox that serves, with what it says. */
function start(program: string, args: readonly string[], cwd: string) {
  const child = spawn(process.execPath, [join(REPOSITORY, program), ...args], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const url = new Promise<string>((resolve, reject) => {
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      const found = /Look at the sandbox \(simulated, nothing is real\): (http:\/\/127\.0\.0\.1:\d+\/)\n/.exec(stderr);
      if (found !== null) resolve(found[1]!);
    });
    child.once("exit", () => reject(new Error(`The sandbox ended. It said: ${stderr}`)));
  });
  return { child, exited, url, stdout: () => stdout };
}

describe("anycast sandbox --ui", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "anycast-ui-"))));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  test("prints the address of the page, serves it from the compiled code, and notifies it when the sandbox stops", async () => {
    const { child, exited, url: said } = start("bin/anycast", ["sandbox", "--ui"], directory);
    try {
      const url = await said;
      expect((await ask(url)).body).toContain("Simulated – nothing here is real.");
      const onlooker = await Onlooker.at(url);
      expect(onlooker.state.directory).toBe(join(directory, ".anycast", "sandbox"));
      child.kill("SIGTERM");
      await onlooker.until(() => onlooker.ended);
      expect(onlooker.told.at(-1)).toEqual({ event: "stopped", data: {} });
      expect(await exited).toBe(0);
    } finally {
      child.kill("SIGKILL");
    }
  });

  test.each([
    ["anycast sandbox", "bin/anycast", ["sandbox"]],
    ["alicloud-sandbox", "packages/sandbox/bin/alicloud-sandbox", []],
  ])("of %s shows the times of requests through its internet", async (_, program, args) => {
    const t = await testCloud({ directory: join(directory, "state") });
    const { anycastIp, plainIp } = await service(t);
    await t.cloud.close();
    const { child, url, stdout } = start(program, [...args, "--ui", "--directory", t.directory], directory);
    try {
      const onlooker = await Onlooker.at(await url);
      const proxy = /ANYCAST_SANDBOX_INTERNET='([^']+)'/;
      while (!proxy.test(stdout())) await new Promise((resolve) => setTimeout(resolve, 50));
      for (const ip of [plainIp, anycastIp]) {
        const { exitCode } = await run("curl", ["-sS", "-x", proxy.exec(stdout())![1]!, `http://${ip}/`]);
        expect([ip, exitCode]).toEqual([ip, 0]);
      }
      const london = () => onlooker.state.picture.users[0];
      await onlooker.until(() => london().plain?.answered === 1 && london().accelerated?.answered === 1);
      // Two round trips between London and Singapore, and by Anycast.
      expect(london().plain.totalMs).toBeGreaterThan(350);
      expect(london().accelerated.totalMs).toBeGreaterThan(280);
    } finally {
      child.kill("SIGKILL");
    }
  });

  test.each(["70000", "-1", "page"])("refuses the port %s", (port) => {
    expect(() =>
      execFileSync(process.execPath, [join(REPOSITORY, "bin/anycast"), "sandbox", `--ui=${port}`, "--", "true"], {
        cwd: directory,
        stdio: "pipe",
      }),
    ).toThrow(/Expected a whole number from 0 to 65535/);
  });
});

test("the package contains the page's files", () => {
  const [packed] = JSON.parse(
    execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts", "-w", "alicloud-sandbox"], {
      cwd: REPOSITORY,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      stdio: ["ignore", "pipe", "ignore"],
    }),
  ) as { files: { path: string }[] }[];
  const paths = packed!.files.map(({ path }) => path);
  const assets = "src/ui/assets";
  expect(paths).toEqual(
    expect.arrayContaining(
      readdirSync(join(REPOSITORY, "packages/sandbox", assets)).map((name) => `${assets}/${name}`),
    ),
  );
});
