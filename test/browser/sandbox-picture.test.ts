import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { cloudLookup, startInternet, Traffic } from "../../packages/sandbox/src/internet";
import { anycastEip, bind, internalBalancer, testCloud, tidy } from "../../packages/sandbox/test/cloud/harness";
import { service } from "../../packages/sandbox/test/ui/service";
import { stopUis } from "../../packages/sandbox/test/ui/support";
import { main } from "../../src/cli/main";
import type { VerifyReport } from "../../src/core/verify-report";
import { openChromium } from "./chromium";
import type { Browser } from "./chromium";
import { card, look, lookAt, violations } from "./sandbox-page";

/** Where to put the picture for the documents: `ANYCAST_SCREENSHOTS=docs`. */
const SHOTS = process.env.ANYCAST_SCREENSHOTS;
const PLACES = ["london", "hong-kong", "frankfurt", "virginia"];

let browser: Browser | undefined;
let directory: string;
beforeAll(async () => {
  browser = await openChromium();
  directory = mkdtempSync(join(tmpdir(), "anycast-picture-"));
});
afterEach(stopUis);
afterAll(async () => {
  await browser?.close();
  rmSync(directory, { recursive: true, force: true });
  await tidy();
});

async function anycastVerify(args: readonly string[], env: NodeJS.ProcessEnv): Promise<VerifyReport> {
  let stdout = "";
  const io = {
    stdin: Readable.from([]),
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => text },
  };
  await main(["verify", ...args, "--format", "json"], { ...io, env, cwd: directory });
  return JSON.parse(stdout) as VerifyReport;
}

/** What the box of a user says, e.g. `304 ms`. */
const shown = (text: string): number => Number(/^(\d+) ms/.exec(text)?.[1] ?? NaN);

describe("the picture of the two paths", () => {
  test("shows the times of verify's requests, from four locations at once, while they are made", async () => {
    const t = await testCloud();
    const { anycastIp, plainIp } = await service(t);
    const traffic = new Traffic();
    const internet = await startInternet({
      lookup: cloudLookup(t.cloud),
      baseEnv: {},
      onTiming: (timing) => traffic.add(timing),
    });
    try {
      const { page, problems } = await lookAt(browser!, t, { traffic });
      await page.locator("#users .bar").first().getByText("≈").waitFor();
      expect(await page.locator(".live").count()).toBe(0);
      const urls = ["--plain", `http://${plainIp}/`, "--accelerated", `http://${anycastIp}/`];
      const measured = anycastVerify(
        [...urls, "--from", PLACES.join(","), "-n", "20", "--duration", "6s", "--parallel", "4"],
        internet.env,
      );
      // The first answers are there long before verify has ended.
      await page.locator(".user .live").first().waitFor();
      await page.locator(".requests").first().waitFor({ state: "attached" });
      const { vantages } = await measured;
      await page.getByText("42 requests").nth(3).waitFor();
      for (const { vantage, plain, accelerated } of vantages) {
        const user = page.locator(`[data-user="${vantage}"]`);
        for (const [way, side] of [
          ["slow", plain],
          ["fast", accelerated],
        ] as const) {
          const median = (side.timings.time_total?.median ?? NaN) * 1000;
          const says = shown(await user.locator(`.bar.${way} .ms`).innerText());
          expect([vantage, way, says > 0.8 * median - 30, says < 1.2 * median + 30]).toEqual([
            vantage,
            way,
            true,
            true,
          ]);
        }
        expect(await user.locator(".change").innerText()).toMatch(/^−\d+ %$/);
      }
      expect(await violations(page)).toEqual([]);
      if (SHOTS !== undefined) {
        await page.setViewportSize({ width: 1280, height: 940 });
        await page.locator(".requests").first().waitFor({ state: "detached" });
        await page.screenshot({ path: join(SHOTS, "sandbox.png") });
      }
      expect(problems).toEqual([]);
      await page.close();
    } finally {
      await internet.stop();
    }
  });

  test("draws lines from each user to an entry point, over the backbone to the region, and over the internet", async () => {
    const t = await testCloud();
    await service(t);
    const { page, problems } = await lookAt(browser!, t);
    await page.getByText("139.95").first().waitFor();
    // Four to entry points, four from there, one into the region; four to the internet, one into the region.
    expect(await page.locator(".way.fast").count()).toBe(9);
    expect(await page.locator(".way.slow").count()).toBe(5);
    // Both addresses to the load balancer, and two servers.
    expect(await page.locator(".way.inside").count()).toBe(4);
    const ends = (await page.evaluate(`[...document.querySelectorAll(".way")].map((way) => {
      const map = document.querySelector("#map").getBoundingClientRect();
      const boxes = [...document.querySelectorAll("#map .box, .backbone, .internet")].map((box) => box.getBoundingClientRect());
      return [0, way.getTotalLength()].every((at) => {
        const { x, y } = way.getPointAtLength(at);
        return boxes.some(({ left, right, top, bottom }) => {
          const [toLeft, toTop] = [map.left + x, map.top + y];
          return toLeft > left - 4 && toLeft < right + 4 && toTop > top - 4 && toTop < bottom + 4;
        });
      });
    })`)) as boolean[];
    expect(ends).toEqual(ends.map(() => true));
    // One below the other: the ways of all users are drawn as one.
    await page.setViewportSize({ width: 390, height: 800 });
    await page.locator(".way.fast").nth(3).waitFor({ state: "detached" });
    expect(await page.locator(".way.fast").count()).toBe(3);
    expect(await page.locator(".way.slow").count()).toBe(2);
    expect(problems).toEqual([]);
    await page.close();
  });

  test("shows another address when its card is selected, and still after a reload", async () => {
    const { t, page, problems } = await look(browser!);
    const [one, other] = [await anycastEip(t, { Name: "one" }), await anycastEip(t, { Name: "other" })];
    await t.call("Eipanycast", "AssociateAnycastEipAddress", bind(one, await internalBalancer(t)));
    await page.locator("#shown").getByText("one", { exact: true }).waitFor();
    await card(page, other).getByRole("button", { name: "Show in the picture" }).click();
    await page.locator("#shown").getByText("other", { exact: true }).waitFor();
    await page.getByText("This address is bound to none yet.").waitFor();
    expect(await card(page, other).getByRole("button", { name: "In the picture" }).getAttribute("aria-pressed")).toBe(
      "true",
    );
    // The keyboard stays where it was.
    expect(await page.locator(":focus").innerText()).toBe("In the picture");
    await page.reload();
    await page.locator("#shown").getByText("other", { exact: true }).waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });
});
