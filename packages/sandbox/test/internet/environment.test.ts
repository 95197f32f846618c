import { execFile, spawnSync } from "node:child_process";
import { internetOf, startInternet } from "../../src/internet";
import { environmentOf } from "../../src/internet/environment";
import { startSandbox } from "../../src";
import { lookupIn, plain, target } from "./support";

const PROXY = "socks5://127.0.0.1:1080";

describe("the environment of the sandbox's internet", () => {
  it("sends everything but loopback through its proxy", () => {
    expect(environmentOf(PROXY, {})).toEqual({
      ANYCAST_SANDBOX_INTERNET: PROXY,
      ANYCAST_SANDBOX_PLACES: expect.stringMatching(/^london,hong-kong,/) as string,
      ALL_PROXY: PROXY,
      all_proxy: PROXY,
      NO_PROXY: "127.0.0.1,localhost,::1",
      no_proxy: "127.0.0.1,localhost,::1",
    });
  });

  it("keeps listed exemptions but not a wildcard, and clears the proxy for plain http", () => {
    const base = { NO_PROXY: "*, .corp.example,localhost", HTTP_PROXY: "http://proxy", HTTPS_PROXY: "http://proxy" };
    expect(environmentOf(PROXY, base)).toMatchObject({
      NO_PROXY: "127.0.0.1,localhost,::1,.corp.example",
      HTTP_PROXY: "",
    });
    expect(environmentOf(PROXY, base)).not.toHaveProperty("HTTPS_PROXY");
  });

  it("lets an ordinary curl command reach simulated addresses and nothing else", async () => {
    const internet = await startInternet({ lookup: lookupIn(plain("47.236.0.1", target())), baseEnv: {} });
    // Not with a *Sync function: the internet lives in this very process.
    const curl = (url: string): Promise<string> =>
      new Promise((resolve) => {
        execFile("curl", ["-sS", url], { env: { PATH: process.env.PATH, ...internet.env } }, (error, stdout) =>
          resolve(error === null ? stdout : `exit ${String(error.code)}`),
        );
      });
    // A machine without curl has nothing to be led astray.
    const there = spawnSync("curl", ["--version"]).status === 0;
    try {
      expect(await curl("http://47.236.0.1/")).toContain(there ? "Hello from i-t4n1" : "exit ENOENT");
      expect(await curl("http://203.0.113.1/")).toBe(there ? "exit 97" : "exit ENOENT");
    } finally {
      await internet.stop();
    }
  });

  it("is added by the sandbox as one of its extensions", async () => {
    const sandbox = await startSandbox({ extensions: [internetOf()], provider: "none", baseEnv: {} });
    try {
      expect(sandbox.env.ANYCAST_SANDBOX_INTERNET).toMatch(/^socks5:\/\/127\.0\.0\.1:\d+$/);
    } finally {
      await sandbox.stop();
    }
  });
});
