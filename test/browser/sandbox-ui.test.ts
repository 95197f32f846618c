import type { Locator, Page } from "playwright-core";
import type { Cloud } from "../../packages/sandbox/src/cloud";
import type { UiOptions } from "../../packages/sandbox/src/ui";
import { anycastEip, bind, internalBalancer, testCloud, tidy } from "../../packages/sandbox/test/cloud/harness";
import type { TestCloud } from "../../packages/sandbox/test/cloud/harness";
import { stopUis, testUi } from "../../packages/sandbox/test/ui/support";
import { openChromium } from "./chromium";
import type { Browser } from "./chromium";

const BANNER = "Simulated – nothing here is real.";
const SHOTS = process.env.ANYCAST_SCREENSHOTS;

let browser: Browser | undefined;
beforeAll(async () => {
  browser = await openChromium();
});
afterEach(stopUis);
afterAll(async () => {
  await browser?.close();
  await tidy();
});

interface Look {
  readonly t: TestCloud;
  readonly page: Page;
  readonly problems: readonly string[];
  readonly url: string;
  stop(): Promise<void>;
}

async function look(
  speed: number | "instant" = "instant",
  through: (cloud: Cloud) => UiOptions["cloud"] = (cloud) => cloud,
): Promise<Look> {
  const t = await testCloud({ speed });
  const ui = await testUi({ cloud: through(t.cloud) });
  const { page, problems } = await browser!.page();
  await page.goto(ui.url);
  await page.getByText("Live", { exact: true }).waitFor();
  return { t, page, problems, url: ui.url, stop: () => ui.stop() };
}

const rows = (page: Page, list: string): Locator => page.locator(`[data-list="${list}"] tbody tr`);
const row = (page: Page, list: string, text: string): Locator => rows(page, list).filter({ hasText: text });
const shot = async (page: Page, name: string): Promise<void> => {
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
};

describe("the sandbox's page in a real browser", () => {
  test.each([1280, 390])(
    "leads to its parts at %d px, below the header, and stays short with many addresses",
    async (width) => {
      const { t, page, url, problems } = await look();
      for (let i = 0; i < 20; i++) await anycastEip(t);
      await page.setViewportSize({ width, height: 800 });
      await page.goto("about:blank");
      await page.goto(`${url.replace(/\/$/, "")}/#log`);
      await page.getByText("Live", { exact: true }).waitFor();
      const places = (await page.evaluate(`new Promise((done) => setTimeout(() => {
      const header = document.querySelector("header");
      const under = getComputedStyle(header).position === "sticky" ? header.getBoundingClientRect().bottom : 0;
      const { top } = document.querySelector("#log").getBoundingClientRect();
      done({ under, top, page: document.documentElement.scrollHeight, wide: document.documentElement.scrollWidth });
    }, 300))`)) as { under: number; top: number; page: number; wide: number };
      expect(places.top).toBeGreaterThanOrEqual(places.under);
      expect(places.top).toBeLessThan(800);
      expect(places.page).toBeLessThan(5000);
      expect(places.wide).toBe(width);
      expect(problems).toEqual([]);
    },
  );

  test("of an empty cloud gives a hint and says that nothing is real", async () => {
    const { page, problems } = await look();
    expect(await page.locator("#hint").innerText()).toContain("anycast sandbox --ui");
    expect(await page.locator("[data-empty=anycast]").innerText()).toBe("No Anycast EIP yet.");
    expect(await page.getByText(BANNER).isVisible()).toBe(true);
    expect(await rows(page, "accessPoints").count()).toBe(17);
    await shot(page, "empty");
    expect(problems).toEqual([]);
  });

  test("shows rows as they come, statuses as they change, and the log as it grows", async () => {
    const { t, page, problems } = await look(1);
    const id = await anycastEip(t, { Name: "front-door" });
    await row(page, "anycast", id).getByText("front-door").waitFor();
    const lb = await internalBalancer(t);
    await row(page, "loadBalancers", lb).getByText("intranet").waitFor();
    await t.call("Eipanycast", "AssociateAnycastEipAddress", bind(id, lb));
    const binding = row(page, "bindings", id);
    await binding.locator(".status").getByText("BINDING").waitFor();
    t.clock.pass(8_000);
    await binding.locator(".status").getByText("BINDED").waitFor();
    expect(await binding.locator("td").last().innerText()).toMatch(/^BINDING \d\d:\d\d:\d\d → BINDED \d\d:\d\d:\d\d$/);
    await row(page, "accessPoints", "eu-west-1-pop").getByText("cn-hongkong (1)").waitFor();
    await t.refused("Vpc", "DeleteVpc", { VpcId: "vpc-none" });
    await rows(page, "log").first().getByText("Vpc DeleteVpc").waitFor();
    expect(await rows(page, "log").first().locator(".status").innerText()).toMatch(/^4\d\d Invalid/);
    expect(await page.locator("#hint").isHidden()).toBe(true);
    await shot(page, "light");
    await page.emulateMedia({ colorScheme: "dark" });
    await shot(page, "dark");
    await page.emulateMedia({ colorScheme: null });
    await t.call("Eipanycast", "UnassociateAnycastEipAddress", bind(id, lb));
    t.clock.pass(10_000);
    await binding.waitFor({ state: "detached" });
    expect(problems).toEqual([]);
  });

  test("shows markup in a name, a parameter and an error as the text it is", async () => {
    const markup = '<img src=x onerror="alert(1)">';
    const { t, page, problems } = await look("instant", (cloud) => ({
      on: (listener) => cloud.on(listener),
      // Stricter than the page may rely on, the cloud allows no such name: it is put in behind its back.
      snapshot: () => {
        const snapshot = cloud.snapshot();
        const hostile = {
          name: markup,
          status: markup,
          facts: { ip: markup, address: markup, "address-type": markup },
        };
        return { ...snapshot, objects: snapshot.objects.map((object) => ({ ...object, ...hostile })) };
      },
    }));
    const id = await anycastEip(t);
    await row(page, "anycast", id).getByText(markup).first().waitFor();
    expect((await row(page, "anycast", id).locator("td").allInnerTexts()).slice(0, 2)).toEqual([markup, markup]);
    expect(await row(page, "anycast", id).locator(".status").innerText()).toBe(markup);
    await t.refused("Slb", "CreateLoadBalancer", { LoadBalancerName: markup });
    const request = row(page, "log", "CreateLoadBalancer");
    await request.locator("summary").click();
    await request.locator("dd").getByText(markup).waitFor();
    expect(await page.locator("img").count()).toBe(0);
    expect(problems).toEqual([]);
  });

  test("shows the same after a reload, the choice of requests included", async () => {
    const { t, page } = await look();
    const id = await anycastEip(t);
    await t.call("Vpc", "DescribeVpcs");
    await row(page, "log", "DescribeVpcs").waitFor();
    await page.getByLabel("without reads").check();
    await row(page, "log", "DescribeVpcs").waitFor({ state: "detached" });
    const before = await rows(page, "log").allInnerTexts();
    expect(before).toHaveLength(1);
    await page.reload();
    await row(page, "anycast", id).waitFor();
    expect(await rows(page, "log").allInnerTexts()).toEqual(before);
    expect(await page.getByLabel("without reads").isChecked()).toBe(true);
  });

  test("can be used with the keyboard alone: skip, filter, pause, open a request", async () => {
    const { t, page, problems } = await look();
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").innerText()).toBe("Skip to the addresses");
    await page.keyboard.press("Enter");
    expect(await page.locator(":focus").getAttribute("id")).toBe("anycast");
    await t.call("Vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8" });
    await rows(page, "log").first().waitFor();
    await page.locator("#filter").focus();
    await page.keyboard.type("nothing-like-it");
    await page.locator("[data-empty=log]").waitFor();
    for (let n = 0; n < 15; n += 1) await page.keyboard.press("Backspace");
    await rows(page, "log").first().waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.locator("#pause").getAttribute("aria-pressed")).toBe("true");
    await t.call("Vpc", "DescribeVpcs");
    await page.getByText("1 new while paused").waitFor();
    expect(await rows(page, "log").count()).toBe(1);
    await page.keyboard.press("Enter");
    await row(page, "log", "DescribeVpcs").waitFor();
    await rows(page, "log").last().locator("summary").focus();
    await page.keyboard.press("Enter");
    expect(await rows(page, "log").last().locator("dd").first().innerText()).toBe("10.0.0.0/8");
    await t.call("Vpc", "DescribeVpcs");
    await rows(page, "log").nth(2).waitFor();
    expect(await rows(page, "log").last().locator("details").getAttribute("open")).toBe("");
    expect(problems).toEqual([]);
  });

  test("says when the sandbox has stopped, keeps what was last, and goes on when it is back", async () => {
    const { t, page, url, stop, problems } = await look();
    const id = await anycastEip(t);
    await row(page, "anycast", id).waitFor();
    await stop();
    await page.getByRole("status").getByText("The sandbox has stopped.").waitFor();
    expect(await row(page, "anycast", id).isVisible()).toBe(true);
    expect(await page.getByText(BANNER).isVisible()).toBe(true);
    await testUi({ cloud: t.cloud, port: Number(new URL(url).port) });
    await page.getByRole("status").getByText("Live", { exact: true }).waitFor();
    expect(problems).toEqual([]);
  });

  test.each([
    ["the cloud was closed without its page", async ({ t }: Look) => t.cloud.close()],
    ["the page's server was stopped", async ({ stop }: Look) => stop()],
  ])("says that the sandbox has stopped when %s, and does not go back on it", async (_, end) => {
    const seen = await look();
    const id = await anycastEip(seen.t);
    await row(seen.page, "anycast", id).waitFor();
    await end(seen);
    const said = seen.page.getByRole("status").getByText("The sandbox has stopped.");
    await said.waitFor();
    // Meanwhile the page has asked again, in vain.
    await seen.page.waitForTimeout(2_500);
    expect(await said.isVisible()).toBe(true);
    expect(await row(seen.page, "anycast", id).isVisible()).toBe(true);
    expect(seen.problems.filter((problem) => !problem.includes("503"))).toEqual([]);
  });
});
