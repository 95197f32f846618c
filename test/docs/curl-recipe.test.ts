import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startInternet } from "alicloud-sandbox";
import { routeFrom } from "../../packages/sandbox/src/internet/route";
import { run } from "../../packages/sandbox/test/support/run";
import { anycast, lookupIn, plain, target } from "../../packages/sandbox/test/internet/support";

/** The command line of Alibaba Cloud's quick start, word for word; only the address is filled in. */
const LITERAL = String.raw`curl -o /dev/null -s -w "time_connect: %{time_connect}\ntime_starttransfer: %{time_starttransfer}\ntime_total: %{time_total}\n" "http://47.236.0.1/"`;

const DOCUMENT = readFileSync(join(__dirname, "../../docs/verify.md"), "utf8");
const recipe = /<!-- curl: .*?-->\s*```sh\n([^]*?)```/.exec(DOCUMENT)?.[1] ?? "";

const ways = [
  ["47.236.0.1", routeFrom("london", "ap-southeast-1").rttMs],
  ["139.95.0.1", routeFrom("london", "ap-southeast-1", "eu-west-1-pop").rttMs],
] as const;

describe("the recipe for curl in the sandbox", () => {
  it("ends with the quick start's command line", () => {
    expect(recipe.trim().endsWith(`\n${LITERAL}`)).toBe(true);
  });

  it.each(["sh", "bash"])("makes it show the true times in %s, over either path", async (shell) => {
    const internet = await startInternet({
      lookup: lookupIn(plain("47.236.0.1", target()), anycast("139.95.0.1", target())),
      baseEnv: {},
    });
    try {
      for (const [ip, rttMs] of ways) {
        const script = recipe.replaceAll("47.236.0.1", ip);
        const env = { PATH: process.env.PATH, ...internet.env };
        const { stdout, stderr, exitCode } = await run(shell, ["-euc", script], { env });
        expect([exitCode, stderr.toString()]).toEqual([0, ""]);
        const shown = /^time_connect: ([\d.]+)\ntime_starttransfer: ([\d.]+)\ntime_total: ([\d.]+)\n$/;
        const [connect = 0, firstByte = 0, total = 0] = (shown.exec(stdout.toString()) ?? []).slice(1).map(Number);
        // One round trip to connect, one more to the first byte; a busy machine only adds to them.
        expect(connect * 1000).toBeGreaterThanOrEqual(rttMs - 1);
        expect((firstByte - connect) * 1000).toBeGreaterThanOrEqual(rttMs - 2);
        expect(total).toBeGreaterThanOrEqual(firstByte);
      }
    } finally {
      await internet.stop();
    }
  });

  it("passes on every other argument unchanged", async () => {
    const withEcho = recipe.replace("command curl", "printf '<%s>'").split("\ncurl -o")[0]!;
    const script = `${withEcho}\ncurl 'a  b' '' '*' "it's" '%{time_total}' '-w%{time_connect}'`;
    const { stdout } = await run("sh", ["-euc", script]);
    expect(stdout.toString()).toBe("<a  b><><*><it's><%{time_total}><-w%{time_pretransfer}>");
  });
});
