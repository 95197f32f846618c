import fc from "fast-check";
import { Expectations } from "../../../tools/demo/expectations";
import { storyEnvironment } from "../../../tools/demo/environment";
import { Teller, wrap } from "../../../tools/demo/teller";

function stage(isTTY: boolean): { text: string; isTTY: boolean; write(text: string): void } {
  return {
    text: "",
    isTTY,
    write(text) {
      this.text += text;
    },
  };
}

describe("the demonstration's output", () => {
  it("shows numbered steps with their time at the right, and wraps long lines", () => {
    const log = stage(false);
    const teller = new Teller(log, {});
    teller.working("this is not shown");
    teller.step("The sandbox starts", 1234, ["short", `  ${"word ".repeat(20)}end`]);
    teller.step("Next", 50);
    expect(log.text).toBe(
      [
        "",
        "  1  The sandbox starts                                                    1.2 s",
        "      short",
        `        ${"word ".repeat(14).trimEnd()}`,
        `          ${"word ".repeat(6)}end`,
        "",
        "  2  Next                                                                  0.1 s",
        "",
      ].join("\n"),
    );
  });

  it("shows the current action on a terminal only, and clears it", () => {
    const terminal = stage(true);
    const teller = new Teller(terminal, { TERM: "xterm" });
    teller.working("terraform plan");
    teller.line("done");
    teller.line("more");
    expect(terminal.text).toBe("\r\u001b[K    terraform plan …\r\u001b[Kdone\nmore\n");
  });

  it.each([{ NO_COLOR: "1" }, { CI: "true" }, { TERM: "dumb" }])("is plain on a terminal with %p", (env) => {
    const terminal = stage(true);
    const teller = new Teller(terminal, env);
    teller.working("x");
    teller.line(teller.bold("done"));
    expect(terminal.text).toBe("done\n");
  });

  it("loses no word when it wraps, and fits the width where words allow", () => {
    const text = fc.array(fc.stringMatching(/^[a-z./]{1,12}$/), { minLength: 1 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 6 }), (words, indent) => {
        const lines = wrap(" ".repeat(indent) + words, 40);
        expect(lines.map((line) => line.trim()).join(" ")).toBe(words);
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
      }),
    );
  });
});

describe("a long address", () => {
  it("is broken after a dot", () => {
    expect(wrap(`resource  ${"a".repeat(60)}.${"b".repeat(30)}`, 74)).toEqual([
      "resource",
      `  ${"a".repeat(60)}.`,
      `  ${"b".repeat(30)}`,
    ]);
    expect(wrap("c".repeat(90), 74)).toEqual(["c".repeat(90)]);
  });
});

describe("the demonstration's environment", () => {
  it("removes variables that would interfere and keeps the rest", () => {
    const visitor = {
      PATH: "/bin",
      HOME: "/home/me",
      TF_VAR_region: "x",
      TF_CLI_ARGS_plan: "-destroy",
      TF_WORKSPACE: "x",
      TF_PLUGIN_CACHE_DIR: "/cache",
      TERRAFORM_BINARY_NAME: "tofu",
      ANYCAST_TERRAFORM: "/opt/terraform",
      ANYCAST_CONFIG: "x",
      ALICLOUD_ACCESS_KEY: "real",
      ALIBABA_CLOUD_ACCESS_KEY_ID: "real",
      ALIBABACLOUD_ACCESS_KEY_ID: "real",
      https_proxy: "http://proxy",
      VPC_ENDPOINT: "vpc.aliyuncs.com",
      SETTINGS: "mine.yaml",
      CDKTF_OUTDIR: "elsewhere",
    };
    expect(storyEnvironment(visitor, { ALICLOUD_ACCESS_KEY: "sandbox" })).toEqual({
      PATH: "/bin",
      HOME: "/home/me",
      TF_PLUGIN_CACHE_DIR: "/cache",
      TERRAFORM_BINARY_NAME: "tofu",
      ANYCAST_TERRAFORM: "/opt/terraform",
      ALICLOUD_ACCESS_KEY: "sandbox",
    });
  });
});

describe("the demonstration's expectations", () => {
  it("are counted, and failed ones are kept with the actual value", () => {
    const expectations = new Expectations();
    expectations.that(true, "one", "unused");
    expectations.that(false, "two");
    expectations.that(false, "three", 3);
    expect([expectations.checked, expectations.failures]).toEqual([3, ["two", "three (got 3)"]]);
  });
});
