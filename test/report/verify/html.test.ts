import { renderVerify } from "../../../src/report/verify";
import { FASTER } from "./reports";

describe("the report of a measurement as an HTML page", () => {
  const page = renderVerify(FASTER, "html");

  it("loads no address and runs no script", () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\bsrc=|\bhref=/i);
  });

  it("is the same for the same report, and begins with the verdict in one sentence", () => {
    expect(renderVerify(FASTER, "html")).toBe(page);
    expect(page).toContain("<h1>Accelerated access is 25\u00a0% faster (22 to 28\u00a0%, 40 pairs of requests).</h1>");
  });

  it("shows a distribution per timing, the phases and a time line with what failed", () => {
    const titles = [...page.matchAll(/<figure><h3>([^<]*)</g)].map(([, title]) => title);
    expect(titles).toEqual([
      "Phases of the median request",
      "Distribution: connect",
      "Distribution: first byte",
      "Distribution: total",
      "Requests over time",
    ]);
    expect(page.match(/class="cross plain"/g)).toHaveLength(1);
    expect(page.match(/class="dot accelerated"/g)).toHaveLength(40);
  });

  it("escapes markup in its input", () => {
    const evil = '"><script>alert(1)</script>';
    const vantages = [{ ...FASTER.vantages[0]!, vantage: evil, reasons: [{ code: "X", message: evil }] }];
    const text = renderVerify({ ...FASTER, sentence: evil, plain: { url: evil }, vantages }, "html");
    expect(text).not.toContain("<script");
    expect(renderVerify({ ...FASTER, vantages }, "svg")).not.toContain("<script");
  });

  it("is complete also when nothing was measured", () => {
    const nothing = { ...FASTER.vantages[0]!.plain, timings: {}, succeeded: 0, failed: 0, failures: [] };
    const vantages = [{ ...FASTER.vantages[0]!, plain: nothing, accelerated: nothing, effect: {}, attempts: [] }];
    expect(renderVerify({ ...FASTER, vantages }, "html")).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe("the charts as one image", () => {
  it("contain no NaN or infinite number", () => {
    const picture = renderVerify(FASTER, "svg");
    expect(picture).toMatch(/^<svg [^]*<\/svg>\n$/);
    expect(picture).not.toMatch(/NaN|Infinity|undefined/);
    // The curve of the side that failed once ends below the top.
    expect(picture.match(/<svg /g)).toHaveLength(4);
  });
});
