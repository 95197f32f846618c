import { renderVerifyMarkdown } from "../../../src/report/verify";
import { FASTER } from "./reports";

describe("the report of a measurement as Markdown", () => {
  it("has the verdict in its heading and a table with both sides", () => {
    const text = renderVerifyMarkdown(FASTER);
    expect(text).toMatch(/^## Access: faster\n\nAccelerated access is 25 % faster/);
    expect(text).toContain("### From london (40 pairs)");
    expect(text).toContain("| total | 400 ms | 1500 ms | 300 ms | 310 ms | -25 % (-28 to -22) |");
    expect(text).toContain("| failed | 1 of 40 |  | 0 of 40 |  |  |");
    expect(text).toContain("NOT met");
  });

  it("escapes markup in its input", () => {
    const evil = "http://47.236.0.1/<b>|[x](y)";
    const text = renderVerifyMarkdown({ ...FASTER, plain: { url: evil } });
    expect(text).not.toMatch(/<b>|\[x\]\(y\)/);
  });
});
