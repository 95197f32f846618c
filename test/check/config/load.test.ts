import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig, parseConfig } from "../../../src/check/config";
import { readPolicyBundle } from "../../../src/policy";

const { rules } = readPolicyBundle();

function problem(text: string): string {
  try {
    parseConfig(text, "anycast.yaml", rules);
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: "ConfigInvalid", exitCode: 2 });
    return (thrown as Error).message;
  }
  throw new Error("the configuration was accepted");
}

const WAIVER = `waivers:
  - rule: binding/internal-only
    address: alicloud_eipanycast_anycast_eip_address_attachment.t
    reason: moving off next week
    owner: network team
    expires: 2026-12-31
`;

describe("anycast.yaml", () => {
  it("may be empty, and then keeps every default", () => {
    expect(parseConfig("", "anycast.yaml", rules).config).toEqual({});
  });

  it("is read completely", () => {
    const text = `version: 1
regions: [cn-hongkong, ap-northeast-1]
levels: { address/name: warn, clb/charge-type: off }
network_interfaces: true
bandwidth: { min: 200, max: 500 }
windows:
  - { days: [sat, sun], from: "02:00", to: "04:00", time_zone: Asia/Singapore }
${WAIVER}`;
    const { config } = parseConfig(text, "anycast.yaml", rules);
    expect(config.regions).toEqual(["cn-hongkong", "ap-northeast-1"]);
    expect(config.levels).toEqual({ "address/name": "warn", "clb/charge-type": "off" });
    expect(config.waivers?.[0]?.expires).toBe("2026-12-31");
    expect(config.windows?.[0]?.days).toEqual(["sat", "sun"]);
  });

  it.each([
    ["an unknown key", "regionz: current\n", "anycast.yaml:1:1", "did you mean `regions`?"],
    [
      "half of a character in a waiver",
      WAIVER.replace(/address: .*/, 'address: "\\ud800"'),
      "anycast.yaml:3:14",
      "waivers.0.address to be text of whole characters",
    ],
    [
      "half of a character in a key",
      'levels: { "\\udfff": deny }\n',
      "anycast.yaml:1:9",
      "levels to be text of whole characters",
    ],
    ["an alias to what it is in", "levels: &a { x: *a }\n", "anycast.yaml", "levels"],
    ["two documents", "version: 1\n---\nregions: current\n", "anycast.yaml:2:1", "to be one YAML document"],
    ["an unknown region list", "regions: quickstart\n", "anycast.yaml:1:10", "did you mean `quick_start`?"],
    [
      "a region that is not a list",
      "regions: mars\n",
      "anycast.yaml:1:10",
      "a list of region ids such as [ap-southeast-1], got",
    ],
    [
      "regions that are not strings",
      "regions: 5\n",
      "anycast.yaml:1:10",
      "quick_start, current, or a list of region ids",
    ],
    ["an empty list of regions", "regions: []\n", "anycast.yaml:1:10", "quick_start, current, or a list of region ids"],
    ["an unknown region", "regions:\n  - Singapore\n", "anycast.yaml:2:5", "a region id such as ap-southeast-1"],
    ["an unknown rule", "levels:\n  address/nam: warn\n", "anycast.yaml:2:3", "did you mean `address/name`?"],
    ["an unknown level", "levels:\n  address/name: never\n", "anycast.yaml:2:17", "deny, warn, off"],
    ["a rule whose level cannot be lowered", "levels:\n  binding/internal-only: off\n", "anycast.yaml:2:26", "deny"],
    [
      "an unknown time zone",
      "windows:\n  - {from: '01:00', to: '02:00', time_zone: Mars/Base}\n",
      "anycast.yaml:2:45",
      "IANA time zone",
    ],
    [
      "an invalid time",
      "windows:\n  - {from: '25:00', to: '02:00', time_zone: UTC}\n",
      "anycast.yaml:2:12",
      "a time such as 22:00",
    ],
    [
      "a waiver without an owner",
      "waivers:\n  - {rule: plan/complete, address: a.b, reason: x, expires: 2026-01-01}\n",
      "anycast.yaml:2:5",
      "owner",
    ],
    [
      "a waiver with a wildcard address",
      WAIVER.replace("attachment.t", "attachment.*"),
      "anycast.yaml:3:14",
      "one exact address",
    ],
    [
      "a waiver with an invalid day",
      WAIVER.replace("2026-12-31", "2026-02-30"),
      "anycast.yaml:6:14",
      "a day of the calendar",
    ],
    ["an invalid range", "bandwidth:\n  min: 500\n  max: 300\n", "anycast.yaml:2:8", "at most bandwidth.max (300)"],
    ["an unknown version", "version: 2\n", "anycast.yaml:1:10", "1"],
    ["a duplicate key", "regions: current\nregions: current\n", "anycast.yaml:2:1", "YAML"],
    ["broken YAML", "levels: {\n", "anycast.yaml:2:1", "YAML"],
    ["an alias without an anchor", "*!", "anycast.yaml", "YAML"],
    ["a list", "- regions\n", "anycast.yaml:1:1", "object"],
  ])("with %s is an error that gives the place and what is expected", (_name, text, at, expectation) => {
    const message = problem(text);
    expect(message).toContain(at);
    expect(message).toContain(expectation);
    expect(message).toMatch(/^Expected .+ Fix: .+$/);
  });

  it("reports every problem at once, one per line", () => {
    expect(problem("regionz: current\nversion: 3\n").split("\n")).toHaveLength(2);
  });

  it("is optional, unless it was named", () => {
    const empty = mkdtempSync(join(tmpdir(), "anycast-config-"));
    try {
      expect(loadConfig(undefined, empty, rules).config).toEqual({});
      expect(() => loadConfig("other.yaml", empty, rules)).toThrow(expect.objectContaining({ code: "ConfigNotFound" }));
      writeFileSync(join(empty, "anycast.yaml"), "regions: current\n");
      expect(loadConfig(undefined, empty, rules).config).toEqual({ regions: "current" });
    } finally {
      rmSync(empty, { recursive: true, force: true });
    }
  });
});
