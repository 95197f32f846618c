import { parseFlags } from "../../src/command/flags";

describe("the arguments of alicloud-sandbox", () => {
  it("have defaults", () => {
    expect(parseFlags([])).toEqual({
      help: false,
      version: false,
      directory: ".alicloud-sandbox",
      speed: "instant",
      faults: [],
      provider: "simulated",
      seedState: undefined,
      mockOthers: false,
      uiPort: undefined,
      command: undefined,
      status: false,
    });
  });

  it.each([
    [["--speed", "10"], { speed: 10 }],
    [["--speed", "0"], { speed: "instant" }],
    [["--fault", "throttle:CreateVpc", "--fault=500:*"], { faults: ["throttle:CreateVpc", "500:*"] }],
    [["--provider", "real", "--mock-others"], { provider: "real", mockOthers: true }],
    [["--ui"], { uiPort: 0 }],
    [["--ui-port", "8080"], { uiPort: 8080 }],
    [["status", "--directory", "x"], { status: true, directory: "x" }],
    [["--", "terraform", "apply", "--", "-h"], { command: ["terraform", "apply", "--", "-h"], help: false }],
    [["-h"], { help: true }],
    [["-V"], { version: true }],
  ])("%j are parsed", (argv, meant) => {
    expect(parseFlags(argv)).toMatchObject(meant);
  });

  it.each([
    [["--sped", "1"], /--sped/],
    [["--speed", "fast"], /--speed takes/],
    [["--speed", ""], /--speed takes/],
    [["--speed=-1"], /--speed takes/],
    [["--provider", "fake"], /--provider takes/],
    [["--ui-port", "65536"], /--ui-port takes/],
    [["--ui-port", "1e3"], /--ui-port takes/],
    [["--"], /no command after/],
    [["--", ""], /no command after/],
    [["terraform", "apply"], /`terraform apply` is not an argument/],
    [["status", "more"], /`status more` is not an argument/],
  ])("%j are refused", (argv, why) => {
    expect(() => parseFlags(argv)).toThrow(
      expect.objectContaining({ code: "UsageInvalid", message: expect.stringMatching(why) as string }) as Error,
    );
  });
});
