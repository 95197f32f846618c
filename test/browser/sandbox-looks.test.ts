import type { Page } from "playwright-core";
import { anycastEip, testCloud, tidy } from "../../packages/sandbox/test/cloud/harness";
import type { TestCloud } from "../../packages/sandbox/test/cloud/harness";
import { service } from "../../packages/sandbox/test/ui/service";
import { stopUis } from "../../packages/sandbox/test/ui/support";
import { openChromium } from "./chromium";
import type { Browser } from "./chromium";
import { card, cards, isLive, lookAt, violations } from "./sandbox-page";

const PARTS = ["picture", "addresses", "network", "log"];

let browser: Browser | undefined;
let clouds: Readonly<Record<number, TestCloud>>;
beforeAll(async () => {
  browser = await openChromium();
  clouds = { 0: await testCloud(), 1: await testCloud(), 200: await roomyCloud() };
  await service(clouds[1]!);
  await fullAddresses(clouds[200]!);
});
afterEach(stopUis);
afterAll(async () => {
  await browser?.close();
  await tidy();
});

const roomyCloud = (): Promise<TestCloud> => testCloud({ quotas: { anycastEips: 300, vpcs: 20 } });

/** Two hundred addresses. Those that lead somewhere have the tallest cards: there are more of them than a page shows. */
async function fullAddresses(t: TestCloud): Promise<void> {
  for (let n = 1; n <= 13; n += 1) await service(t, "ap-southeast-1", `shop-${n}`);
  for (let n = 14; n <= 200; n += 1) await anycastEip(t, { Name: `address-${n}` });
}

/** Where a part of the page is, and what covers the top of the screen. */
const place = async (page: Page, part: string): Promise<{ top: number; under: number }> =>
  page.evaluate(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
    const header = document.querySelector("header");
    const covers = getComputedStyle(header).position === "sticky";
    const { top } = document.querySelector("#${part} h2").getBoundingClientRect();
    done({ top, under: covers ? header.getBoundingClientRect().bottom : 0 });
  })))`);

/** Text and controls that stick out of the screen. */
const outside = async (page: Page): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll("body *")]
    .filter((one) => one.checkVisibility() && !one.matches(".skip, svg *, option"))
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5)
    .map((one) => one.outerHTML.slice(0, 100))`);

describe("the sandbox's page", () => {
  describe.each([0, 1, 200])("with %d addresses", (count) => {
    test("is accessible, and nothing is off screen, in light and dark, on small and large screens", async () => {
      const { page, problems } = await lookAt(browser!, clouds[count]!);
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 800 });
        await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          expect([width, colorScheme, await violations(page)]).toEqual([width, colorScheme, []]);
        }
        expect([width, await outside(page)]).toEqual([width, []]);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      }
      expect(problems).toEqual([]);
      await page.close();
    });
  });

  // At 800 px the header has more lines than at 1280; at 390 it does not stay.
  test.each([
    [0, 1280],
    [200, 1280],
    [200, 800],
    [200, 390],
  ])("with %d addresses scrolls to a link's target below the header at %d px", async (count, width) => {
    const { page, url } = await lookAt(browser!, clouds[count]!);
    await page.setViewportSize({ width, height: 800 });
    const lands = async (part: string): Promise<void> => {
      const { top, under } = await place(page, part);
      expect([part, top >= under, top < 800 - 40]).toEqual([part, true, true]);
    };
    await page.goto("about:blank");
    await page.goto(`${url.replace(/\/$/, "")}/#log`);
    await isLive(page);
    await lands("log");
    for (const part of PARTS) {
      await page.evaluate("scrollTo(0, 0)");
      await page.locator(`nav a[href="#${part}"]`).click();
      await lands(part);
    }
    await page.close();
  });

  test("stays short and small while two hundred addresses are created, and finds each of them", async () => {
    const t = await roomyCloud();
    const { page, problems } = await lookAt(browser!, t);
    const wire = await page.context().newCDPSession(page);
    let bytes = 0;
    wire.on("Network.dataReceived", ({ dataLength }) => (bytes += dataLength));
    await wire.send("Network.enable");
    await fullAddresses(t);
    await page.getByText("1–12 of 200").waitFor();
    // Forty thousand pixels and a hundred megabytes it was.
    for (const [width, most] of [
      [1280, 5000],
      [390, 4000],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate("document.documentElement.scrollHeight")).toBeLessThan(most);
    }
    expect(bytes).toBeLessThan(2_000_000);
    await wire.send("HeapProfiler.enable");
    await wire.send("HeapProfiler.collectGarbage");
    const { usedSize } = await wire.send("Runtime.getHeapUsage");
    expect(usedSize).toBeLessThan(20_000_000);
    await page.locator("#find").fill("address-187");
    await card(page, "address-187").waitFor();
    expect(await cards(page).count()).toBe(1);
    expect(await page.locator("#range").innerText()).toBe("1–1 of 1 found, 200 in all");
    // The only one that was found is unfolded, also where the others are not.
    expect(await card(page, "address-187").getByText("Bound to nothing:").isVisible()).toBe(true);
    await page.locator("#find").fill("");
    await page.getByText("1–12 of 200").waitFor();
    await page.getByRole("button", { name: "Next" }).focus();
    await page.keyboard.press("Enter");
    await card(page, "shop-13").waitFor();
    expect(await page.locator("#range").innerText()).toBe("13–24 of 200");
    // A folded card says what it is; it stays unfolded when what it shows changes.
    expect(await card(page, "shop-13").getByText("BINDED in Singapore").isVisible()).toBe(true);
    await card(page, "shop-13").locator("summary").click();
    const { id } = t.cloud.snapshot().objects.find(({ name }) => name === "shop-13")!;
    await t.call("Eipanycast", "ModifyAnycastEipAddressAttribute", { AnycastId: id, Name: "renamed" });
    await card(page, "renamed").getByText("Takes traffic from").waitFor();
    expect(await card(page, "address-14").getByText("Bound to nothing:").isVisible()).toBe(false);
    await page.setViewportSize({ width: 1280, height: 800 });
    await card(page, "address-14").getByText("Bound to nothing:").waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });
});
