import { readFileSync } from "node:fs";
import { renderVerify } from "../../src/report/verify";
import { exampleReport } from "../../tools/docs/verify-example";
import { REPOSITORY } from "../support/cloud-project";
import { FASTER } from "../report/verify/reports";
import type { Browser } from "./chromium";
import { openChromium } from "./chromium";

/** Where pictures are put to be looked at. @default none are made */
const SHOTS = process.env.ANYCAST_SCREENSHOTS;
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

describe("the report of a measurement in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openChromium();
  });
  afterAll(() => browser.close());

  it.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 390],
    ["dark", 390],
  ] as const)("is accessible and as wide as the screen, %s at %d px", async (colorScheme, width) => {
    const { page, problems } = await browser.page();
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.setContent(renderVerify(FASTER, "html"));
    const size = await page.evaluate("({ page: document.documentElement.scrollWidth })");
    expect(size).toEqual({ page: width });
    const change = page.getByRole("cell", { name: "-25 % (-28 to -22)" });
    const box = await change.boundingBox();
    expect((box?.x ?? width) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
    // The charts' smallest text stays readable.
    const tick = await page.locator("svg .tick").first().boundingBox();
    expect(tick?.height).toBeGreaterThanOrEqual(9);
    // docs/verify.png is the light one at 1280 px.
    if (SHOTS !== undefined) {
      await page.setContent(renderVerify(exampleReport(REPOSITORY), "html"));
      await page.screenshot({ path: `${SHOTS}/verify-${colorScheme}-${width}.png`, fullPage: true });
    }
    await page.evaluate(AXE);
    const violations = (await page.evaluate(
      "axe.run().then(({ violations }) => violations.map(({ id }) => id))",
    )) as string[];
    expect(violations).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });

  it("prints dark on white, with no chart split across pages", async () => {
    const { page } = await browser.page();
    await page.setContent(renderVerify(FASTER, "html"));
    await page.emulateMedia({ colorScheme: "dark", media: "print" });
    const colours = await page.evaluate(
      "(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.body))",
    );
    expect(colours).toEqual(["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
    const kept = await page.evaluate("getComputedStyle(document.querySelector('figure')).breakInside");
    expect(kept).toBe("avoid");
    await page.close();
  });
});
