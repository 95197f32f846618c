import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { loadSettings, parseSettings, SETTINGS_SCHEMA, SettingsError } from "../../stacks/settings";
import { nearest } from "../../stacks/settings/suggest";

const place = mkdtempSync(join(tmpdir(), "settings-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const LEAST = "region: ap-southeast-1\nname: web\n";

function problemsOf(text: string): { code: string; lines: string[] } {
  try {
    parseSettings(text, "settings.yaml");
  } catch (thrown) {
    if (thrown instanceof SettingsError) return { code: thrown.code, lines: thrown.message.split("\n") };
    throw thrown;
  }
  throw new Error("Expected the settings to be refused, but they were taken.");
}

describe("The settings", () => {
  it("need a region and a name; everything else has a default", () => {
    expect(parseSettings(LEAST, "settings.yaml")).toEqual({
      region: "ap-southeast-1",
      name: "web",
      tags: {},
      network: { cidr: "10.0.0.0/16", vswitchCidr: "10.0.1.0/24" },
      servers: { count: 2, cpus: 2, memory: 4, imageName: "^aliyun_3_x64_20G_alibase", diskCategory: "cloud_essd" },
      service: { protocol: "http", port: 80, serverPort: 80 },
      plainEip: { bandwidth: 100 },
      anycast: {
        area: "international",
        spec: "Standard",
        internetChargeType: "PayByTraffic",
        paymentType: "PayAsYouGo",
        description: "",
        quantity: 1,
      },
    });
  });

  it("of the project are valid, and name the schema for editors", () => {
    const file = join(__dirname, "..", "..", "settings.yaml");
    expect(loadSettings(file)).toMatchObject({ region: "ap-southeast-1", name: "anycast-quick-start" });
    expect(readFileSync(file, "utf8")).toContain("$schema=docs/schemas/settings.schema.json");
  });

  it("have a published schema that matches the loader's checks", () => {
    const published = join(__dirname, "..", "..", "docs", "schemas", "settings.schema.json");
    expect(JSON.parse(readFileSync(published, "utf8"))).toEqual(SETTINGS_SCHEMA);
  });

  it.each<[string, string, string]>([
    [
      "a region that is not on the list",
      "name: web\nregion: ap-southeast-2\n",
      "Expected region to be one of cn-hongkong, ap-southeast-1, eu-central-1, ap-northeast-1, ap-southeast-3, eu-west-1, us-east-1, us-west-1, got `ap-southeast-2` (at settings.yaml:2:9). Fix: did you mean `ap-southeast-1`?",
    ],
    [
      "a region with a trailing space",
      'name: web\nregion: "ap-southeast-1 "\n',
      "Expected region to be one of cn-hongkong, ap-southeast-1, eu-central-1, ap-northeast-1, ap-southeast-3, eu-west-1, us-east-1, us-west-1, got `ap-southeast-1 ` (at settings.yaml:2:9). Fix: did you mean `ap-southeast-1`?",
    ],
    [
      "a mistyped setting",
      `${LEAST}tag: {}\n`,
      "Expected every setting to be one of region, zone, name, resourceGroupId, tags, state, network, servers, service, plainEip, anycast, got `tag` (at settings.yaml:3:1). Fix: did you mean `tags`?",
    ],
    [
      "an unknown setting",
      `${LEAST}service:\n  colour: red\n`,
      "Expected every setting of service to be one of protocol, port, serverPort, got `colour` (at settings.yaml:4:3). Fix: remove it.",
    ],
    [
      "no name",
      "region: cn-hongkong\n",
      "Expected name to be set, got `nothing` (at settings.yaml:1:1). Fix: add `name:`.",
    ],
    [
      "a quantity beyond the quota",
      `${LEAST}anycast:\n  quantity: 21\n`,
      "Expected anycast.quantity to be a whole number from 1 to 20, got `21` (at settings.yaml:4:13). Fix: change the value.",
    ],
    [
      "a bandwidth below the least",
      `${LEAST}anycast: { bandwidth: 100 }\n`,
      "Expected anycast.bandwidth to be a whole number from 200 to 1000, got `100` (at settings.yaml:3:23). Fix: change the value.",
    ],
    [
      "a quoted number",
      `${LEAST}servers: { count: "2" }\n`,
      "Expected servers.count to be a whole number, got `2` (at settings.yaml:3:19). Fix: change the value.",
    ],
    [
      "a name that begins with a digit",
      "region: cn-hongkong\nname: 1web\n",
      "Expected name to be 2 to 100 characters: letters, digits, `_` and `-`, starting with a letter, got `1web` (at settings.yaml:2:7). Fix: change the value.",
    ],
    [
      "a vSwitch outside the VPC",
      `${LEAST}network:\n  vswitchCidr: 10.1.1.0/24\n`,
      "Expected network.vswitchCidr to be inside 10.0.0.0/16, got `10.1.1.0/24` (at settings.yaml:4:16). Fix: change the block.",
    ],
    [
      "a CIDR block with host bits set",
      `${LEAST}network:\n  cidr: 10.0.0.1/16\n`,
      "Expected network.cidr to be a block that starts at its first address, got `10.0.0.1/16` (at settings.yaml:4:9). Fix: change the block.",
    ],
    [
      "two state backends",
      `${LEAST}state:\n  http: { url: "https://state.example.com" }\n  cloud: { organization: acme }\n`,
      'Expected state to be at most 1 of oss, s3, http, cloud, got `{"http":{"url":"https://state.example.com"},"cloud":{"organization":"acme"}}` (at settings.yaml:4:3). Fix: change the value.',
    ],
    [
      "a state backend without its lock",
      `${LEAST}state:\n  oss: { bucket: acme, region: cn-hongkong }\n`,
      "Expected state.oss.lock to be set, got `nothing` (at settings.yaml:4:8). Fix: add `lock:`.",
    ],
    [
      "a credential",
      `${LEAST}state:\n  oss: { bucket: acme, region: cn-hongkong, lock: { endpoint: e, table: t }, accessKey: x }\n`,
      "Expected every setting of state.oss to be one of bucket, region, lock, prefix, key, encrypt, endpoint, got `accessKey` (at settings.yaml:4:78). Fix: remove it.",
    ],
    [
      "a list",
      "- a\n",
      'Expected the settings to be a value of type object, got `["a"]` (at settings.yaml:1:1). Fix: change the value.',
    ],
  ])("are refused with %s, in one sentence with the location and the fix", (_, text, message) => {
    expect(problemsOf(text)).toEqual({ code: "SettingsInvalid", lines: [message] });
  });

  it("are reported with all their errors at once", () => {
    expect(problemsOf("name: 1\nregoin: x\n").lines).toHaveLength(3);
  });

  it.each([
    [
      "a missing bracket",
      "name: [a\nregion: b\n",
      /^Expected settings\.yaml to be YAML \(at settings\.yaml:\d+:\d+\): /,
    ],
    ["a duplicate setting", `${LEAST}name: other\n`, /^Expected settings\.yaml to be YAML \(at settings\.yaml:3:1\): /],
  ])("are refused with %s", (_, text, message) => {
    const problem = problemsOf(text);
    expect(problem.code).toBe("SettingsNotYaml");
    expect(problem.lines[0]).toMatch(message);
  });

  it("that do not exist are reported by name", () => {
    const missing = join(place, "mine.yaml");
    expect(() => loadSettings(missing)).toThrow(
      /^Expected the settings file to be a readable file, got `ENOENT` \(at .+mine\.yaml\)/,
    );
  });

  it("that are a directory are refused with an error message", () => {
    expect(() => loadSettings(tmpdir())).toThrow(/got `EISDIR`/);
  });

  it("always result in settings or an error message, whatever the file contains", () => {
    const file = join(place, "any.yaml");
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: "binary" })), (text) => {
        writeFileSync(file, text);
        try {
          expect(loadSettings(file)).toHaveProperty("region");
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(SettingsError);
        }
      }),
    );
  });
});

describe("The suggestion for a misspelled word", () => {
  it.each([
    ["regoin", "region"],
    ["Network", "network"],
    ["neme", "name"],
    ["servres", "servers"],
    ["colour", undefined],
    ["", undefined],
  ])("for %s is %s", (word, meant) => {
    expect(nearest(word, ["region", "name", "network", "servers"])).toBe(meant);
  });
});
