import { anycastEip, bind, internalBalancer, tidy } from "../../packages/sandbox/test/cloud/harness";
import { stopUis, testUi } from "../../packages/sandbox/test/ui/support";
import { openChromium } from "./chromium";
import type { Browser } from "./chromium";
import { card, cards, look as lookIn, request, requests } from "./sandbox-page";
import type { Look } from "./sandbox-page";

const BANNER = "Simulated – nothing here is real.";

let browser: Browser | undefined;
beforeAll(async () => {
  browser = await openChromium();
});
// A page that is left open goes on asking, at the cost of the tests that follow.
afterEach(async () => {
  await stopUis();
  await browser?.closePages();
});
afterAll(async () => {
  await browser?.close();
  await tidy();
});

const look = (...more: Parameters<typeof lookIn> extends [unknown, ...infer Rest] ? Rest : never): Promise<Look> =>
  lookIn(browser!, ...more);

describe("the sandbox's page in a real browser", () => {
  test("of an empty cloud shows a hint and says that nothing is real", async () => {
    const { page, problems } = await look();
    expect(await page.locator("#hint").innerText()).toContain("anycast sandbox --ui");
    expect(await page.locator("#no-cards").innerText()).toBe("No address and no load balancer yet.");
    expect(await page.getByText(BANNER).isVisible()).toBe(true);
    expect(await page.locator('[data-list="accessPoints"] tbody tr').count()).toBe(17);
    expect(problems).toEqual([]);
  });

  test("shows new cards, changed statuses and new log lines as they occur", async () => {
    const { t, page, problems } = await look(1);
    const id = await anycastEip(t, { Name: "front-door" });
    await card(page, id).getByText("front-door").waitFor();
    const lb = await internalBalancer(t);
    await card(page, lb).getByText("10.1.0.1, internal").waitFor();
    await t.call("Eipanycast", "AssociateAnycastEipAddress", bind(id, lb));
    const binding = card(page, id).locator(".binding");
    await binding.locator(".status").getByText("BINDING").waitFor();
    // The load balancer is on the card of its address now.
    await card(page, id).getByText(lb).waitFor();
    expect(await cards(page).count()).toBe(1);
    t.clock.pass(8_000);
    await binding.locator(".status").getByText("BINDED").waitFor();
    expect(await binding.locator(".steps").first().innerText()).toMatch(
      /^BINDING \d\d:\d\d:\d\d → BINDED \d\d:\d\d:\d\d$/,
    );
    await page.getByText("Access points, where").click();
    const point = page.locator('[data-list="accessPoints"] tr').filter({ hasText: "eu-west-1-pop" });
    await point.getByText("cn-hongkong (1)").waitFor();
    await t.refused("Vpc", "DeleteVpc", { VpcId: "vpc-none" });
    await requests(page).first().getByText("Vpc DeleteVpc").waitFor();
    expect(await requests(page).first().locator(".status").innerText()).toMatch(/^4\d\d Invalid/);
    expect(await page.locator("#hint").isHidden()).toBe(true);
    await t.call("Eipanycast", "UnassociateAnycastEipAddress", bind(id, lb));
    t.clock.pass(10_000);
    await binding.waitFor({ state: "detached" });
    expect(problems).toEqual([]);
  });

  test("shows markup in a name, a parameter and an error as text", async () => {
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
    await t.call("Eipanycast", "AssociateAnycastEipAddress", bind(id, await internalBalancer(t)));
    const seen = card(page, id);
    await seen.locator(".binding").waitFor();
    expect(await seen.locator("h3").innerText()).toBe(markup);
    expect(await seen.locator("dd").first().innerText()).toBe(markup);
    expect(await seen.locator(".status").first().innerText()).toBe(markup);
    // In the picture too.
    expect(await page.locator("#regions .target .name").innerText()).toBe(markup);
    expect(await page.locator("#shown b").innerText()).toBe(markup);
    await page.locator("#find").fill(markup.replace("x", "y"));
    await page.locator("#no-cards").getByText(markup.replace("x", "y")).waitFor();
    await t.refused("Slb", "CreateLoadBalancer", { LoadBalancerName: markup });
    const sent = request(page, "CreateLoadBalancer").filter({ hasText: markup });
    await sent.locator("summary").click();
    await sent.locator("dd").getByText(markup).waitFor();
    expect(await page.locator("img").count()).toBe(0);
    expect(problems).toEqual([]);
  });

  test("shows the same after a reload, including the filter of requests", async () => {
    const { t, page } = await look();
    const id = await anycastEip(t);
    await t.call("Vpc", "DescribeVpcs");
    await request(page, "DescribeVpcs").waitFor();
    await page.getByLabel("without reads").check();
    await request(page, "DescribeVpcs").waitFor({ state: "detached" });
    const before = await requests(page).allInnerTexts();
    expect(before).toHaveLength(1);
    await page.reload();
    await card(page, id).waitFor();
    expect(await requests(page).allInnerTexts()).toEqual(before);
    expect(await page.getByLabel("without reads").isChecked()).toBe(true);
  });

  test("can be used with the keyboard alone: skip, filter, pause, open a request", async () => {
    const { t, page, problems } = await look();
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").innerText()).toBe("Skip to the addresses");
    await page.keyboard.press("Enter");
    expect(await page.locator(":focus").getAttribute("id")).toBe("addresses");
    await t.call("Vpc", "CreateVpc", { CidrBlock: "10.0.0.0/8" });
    await requests(page).first().waitFor();
    await page.locator("#filter").focus();
    await page.keyboard.type("nothing-like-it");
    await page.locator("[data-empty=log]").waitFor();
    for (let n = 0; n < 15; n += 1) await page.keyboard.press("Backspace");
    await requests(page).first().waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.locator("#pause").getAttribute("aria-pressed")).toBe("true");
    await t.call("Vpc", "DescribeVpcs");
    await page.getByText("1 new while paused").waitFor();
    expect(await requests(page).count()).toBe(1);
    await page.keyboard.press("Enter");
    await request(page, "DescribeVpcs").waitFor();
    await requests(page).last().locator("summary").focus();
    await page.keyboard.press("Enter");
    expect(await requests(page).last().locator("dd").first().innerText()).toBe("10.0.0.0/8");
    await t.call("Vpc", "DescribeVpcs");
    await requests(page).nth(2).waitFor();
    expect(await requests(page).last().locator("details").getAttribute("open")).toBe("");
    expect(problems).toEqual([]);
  });

  test("says when the sandbox has stopped, keeps the last content, and continues when it is back", async () => {
    const { t, page, url, stop, problems } = await look();
    const id = await anycastEip(t);
    await card(page, id).waitFor();
    await stop();
    await page.getByRole("status").getByText("The sandbox has stopped.").waitFor();
    expect(await card(page, id).isVisible()).toBe(true);
    expect(await page.getByText(BANNER).isVisible()).toBe(true);
    await testUi({ cloud: t.cloud, port: Number(new URL(url).port) });
    await page.getByRole("status").getByText("Live", { exact: true }).waitFor();
    expect(problems).toEqual([]);
  });

  test.each([
    ["the cloud was closed before its page", async ({ t }: Look) => t.cloud.close()],
    ["the page's server was stopped", async ({ stop }: Look) => stop()],
  ])("says that the sandbox has stopped when %s, and keeps saying so", async (_, end) => {
    const seen = await look();
    const id = await anycastEip(seen.t);
    await card(seen.page, id).waitFor();
    await end(seen);
    const said = seen.page.getByRole("status").getByText("The sandbox has stopped.");
    await said.waitFor();
    // Meanwhile the page has asked again, in vain.
    await seen.page.waitForTimeout(2_500);
    expect(await said.isVisible()).toBe(true);
    expect(await card(seen.page, id).isVisible()).toBe(true);
    expect(seen.problems.filter((problem) => !problem.includes("503"))).toEqual([]);
  });
});
