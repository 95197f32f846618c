import { readFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import type { Cloud } from "../../packages/sandbox/src/cloud";
import type { UiOptions } from "../../packages/sandbox/src/ui";
import { testCloud } from "../../packages/sandbox/test/cloud/harness";
import type { TestCloud } from "../../packages/sandbox/test/cloud/harness";
import { testUi } from "../../packages/sandbox/test/ui/support";
import type { Browser } from "./chromium";

export interface Look {
  readonly t: TestCloud;
  readonly page: Page;
  readonly problems: readonly string[];
  readonly url: string;
  stop(): Promise<void>;
}

/** A browser that looks at a cloud of its own. */
export async function lookAt(
  browser: Browser,
  t: TestCloud,
  { through, ...options }: Partial<UiOptions> & { through?: (cloud: Cloud) => UiOptions["cloud"] } = {},
): Promise<Look> {
  const ui = await testUi({ ...options, cloud: through?.(t.cloud) ?? t.cloud });
  const { page, problems } = await browser.page();
  await page.goto(ui.url);
  await isLive(page);
  return { t, page, problems, url: ui.url, stop: () => ui.stop() };
}

export const look = async (
  browser: Browser,
  speed: number | "instant" = "instant",
  through?: (cloud: Cloud) => UiOptions["cloud"],
): Promise<Look> => lookAt(browser, await testCloud({ speed }), through === undefined ? {} : { through });

/** Waits until the page shows what is there. */
export async function isLive(page: Page): Promise<void> {
  await page.getByText("Live", { exact: true }).waitFor();
  await page.locator("#users .user").first().waitFor();
}

export const cards = (page: Page): Locator => page.locator("#cards > li");
export const card = (page: Page, text: string): Locator => cards(page).filter({ hasText: text });
export const requests = (page: Page): Locator => page.locator('[data-list="log"] tbody tr');
export const request = (page: Page, text: string): Locator => requests(page).filter({ hasText: text });

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds wrong with the page as it is now. */
export async function violations(page: Page): Promise<unknown> {
  // Once per page: it is half a megabyte.
  if (await page.evaluate("typeof axe === 'undefined'")) await page.evaluate(AXE);
  return page.evaluate(
    "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]))",
  );
}
