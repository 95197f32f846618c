import { readFileSync } from "node:fs";
import { join } from "node:path";
import MarkdownIt from "markdown-it";
import { exampleComment } from "../report/support/example-comment";
import type { Browser } from "./chromium";
import { openChromium } from "./chromium";

/** Where to put the picture for the documents: `ANYCAST_SCREENSHOTS=docs`. */
const SHOTS = process.env.ANYCAST_SCREENSHOTS;
const MERMAID = readFileSync(require.resolve("@mermaid-js/tiny"), "utf8");

/** Much like a comment on GitHub; GitHub's own style is not asked for. */
const STYLE = `
  body { margin: 16px; color: #1f2328; font: 14px/1.5 sans-serif; }
  .comment { border: 1px solid #d1d9e0; border-radius: 6px; }
  .head { padding: 8px 16px; border-bottom: 1px solid #d1d9e0; background: #f6f8fa; color: #59636e; }
  .head b { color: #1f2328; } .head small { border: 1px solid #d1d9e0; border-radius: 9px; padding: 0 6px; }
  .body { padding: 0 16px; overflow-wrap: anywhere; }
  h2 { font-size: 21px; border-bottom: 1px solid #d1d9e0; padding-bottom: 6px; } h3 { font-size: 16px; }
  code { background: #eff1f3; border-radius: 5px; padding: 2px 5px; font-size: 12px; }
  blockquote { margin: 0; padding: 0 14px; border-left: 4px solid #d1d9e0; color: #59636e; }
  ul { padding-left: 28px; } li { margin: 4px 0; } a { color: #0969da; } svg { max-width: 100%; height: auto; overflow-wrap: normal; }`;

/** Draws every block of Mermaid, in place, as GitHub and GitLab do. */
const DRAW = `(async () => {
  mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
  let drawn = 0;
  for (const code of document.querySelectorAll("code.language-mermaid")) {
    const { svg } = await mermaid.render("drawing" + ++drawn, code.textContent);
    code.parentElement.outerHTML = svg;
  }
  return drawn;
})()`;

const CUT_OFF = `[...document.querySelectorAll("svg foreignObject")]
  .filter((box) => {
    const text = document.createRange();
    text.selectNodeContents(box);
    const [outer, inner] = [box, text].map((one) => one.getBoundingClientRect());
    return inner.width > outer.width + 1 || inner.height > outer.height + 1;
  })
  .map(({ textContent }) => textContent)`;

let browser: Browser;
beforeAll(async () => {
  browser = await openChromium();
});
afterAll(() => browser.close());

describe("the comment of docs/pull-requests.md in a browser", () => {
  it("is drawn: verdict, findings, what is reachable by what, and the rest folded", async () => {
    const { page, problems } = await browser.page();
    await page.setViewportSize({ width: 932, height: 900 });
    const html = new MarkdownIt({ html: true }).render(await exampleComment());
    await page.setContent(
      `<style>${STYLE}</style><div class="comment"><div class="head"><b>github-actions</b> <small>bot</small> commented</div><div class="body">${html}</div></div>`,
    );
    await page.addScriptTag({ content: MERMAID });
    expect(await page.evaluate(DRAW)).toBe(1);

    expect(await page.getByRole("heading", { level: 2 }).innerText()).toBe("Anycast check of apps/web: denied");
    expect(await page.getByRole("heading", { level: 3 }).allInnerTexts()).toEqual([
      "Findings",
      "Reachable from the internet afterwards",
      "What the plan changes",
    ]);
    expect(await page.locator("h3:first-of-type + ul > li").count()).toBe(3);
    // An entity would be shown as text where the drawing did not take it for one.
    const shown = await page.locator("svg .nodeLabel, svg .edgeLabel, svg .cluster-label").allTextContents();
    const labels = new Set(shown.map((text) => text.replace(/\s+/g, " ").trim()).filter(Boolean));
    expect([...labels].sort()).toEqual([
      "alicloud_eipanycast_anycast_eip_address.a",
      "alicloud_slb_load_balancer.lb in ap-southeast-1",
      "alicloud_slb_load_balancer.lb, public by itself",
      "internet",
      "internet-facing",
      "module-output-good",
      "module.m.alicloud_slb_load_balancer.lb in ap-southeast-1",
      "not proven",
    ]);
    // Each fits into the box that was drawn for it.
    expect(await page.evaluate(CUT_OFF)).toEqual([]);
    expect(await page.locator("svg path.flowchart-link").count()).toBe(5);
    expect(await page.locator("details").evaluateAll((all) => all.map((one) => one.hasAttribute("open")))).toEqual([
      false,
      false,
      false,
    ]);
    if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, "pull-requests.png"), fullPage: true });
    // On a telephone too nothing is wider than the screen.
    await page.setViewportSize({ width: 390, height: 900 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    expect(problems).toEqual([]);
    await page.close();
  });
});
