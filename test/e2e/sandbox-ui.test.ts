import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, Onlooker } from "../../packages/sandbox/test/ui/support";

const REPOSITORY = join(__dirname, "../..");

describe("anycast sandbox --ui", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "anycast-ui-"))));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  test("says where the page is, serves it from the compiled code, and tells it when the sandbox is stopped", async () => {
    const child = spawn(process.execPath, [join(REPOSITORY, "bin/anycast"), "sandbox", "--ui"], {
      cwd: directory,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
    try {
      const url = await new Promise<string>((resolve, reject) => {
        let said = "";
        child.stderr.setEncoding("utf8").on("data", (text: string) => {
          said += text;
          const found = /Look at the sandbox \(simulated, nothing is real\): (http:\/\/127\.0\.0\.1:\d+\/)\n/.exec(
            said,
          );
          if (found !== null) resolve(found[1]!);
        });
        child.once("exit", () => reject(new Error(`The sandbox ended. It said: ${said}`)));
      });
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

  test.each(["70000", "-1", "page"])("refuses the port %s", (port) => {
    expect(() =>
      execFileSync(process.execPath, [join(REPOSITORY, "bin/anycast"), "sandbox", `--ui=${port}`, "--", "true"], {
        cwd: directory,
        stdio: "pipe",
      }),
    ).toThrow(/Expected a whole number from 0 to 65535/);
  });
});

test("the package has the page's files", () => {
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
