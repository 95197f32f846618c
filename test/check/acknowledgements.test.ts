import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlanReport } from "../../src/core/check-report";
import { checkPlans } from "../../src/check";

const ADDRESS = "alicloud_eipanycast_anycast_eip_address";
const plan = readFileSync(join(__dirname, "..", "fixtures", "plans", "internal-vpc.json"), "utf8")
  .replace(/"anycast_eip_address_name": ?"demo"/g, '"bandwidth": 500, $&')
  .replace(/"bandwidth": ?true,?/g, "");

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "anycast-acknowledged-"))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const ACKNOWLEDGEMENT = { rule: "address/bandwidth", reason: "measured", owner: "ops", expires: "2027-03-31" };
const annotation = (text: unknown, level = "@cdktf/info"): object => ({
  constructPath: "shop/eip",
  level,
  message: `anycast acknowledgement ${typeof text === "string" ? text : JSON.stringify(text)}`,
});

/** Files as a synthesis leaves them, and what the gate says of a plan in the stack's directory. */
async function checked(manifest: unknown, path = "shop/eip"): Promise<PlanReport> {
  const directory = join(root, "stacks", "shop");
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "plan.json"), plan);
  const block = { "//": { metadata: { path } } };
  writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify({ resource: { [ADDRESS]: { a: block } } }));
  if (manifest !== undefined) {
    writeFileSync(join(root, "manifest.json"), typeof manifest === "string" ? manifest : JSON.stringify(manifest));
  }
  writeFileSync(join(root, "anycast.yaml"), "version: 1\nbandwidth: { min: 900, max: 901 }\nacknowledgements: all\n");
  const report = await checkPlans([{ name: "plan", path: join(directory, "plan.json") }], {
    emit: () => undefined,
    cwd: root,
    now: new Date("2027-01-01T00:00:00Z"),
  });
  return report.plans[0]!;
}

const manifestWith = (annotations: readonly object[], name = "shop"): object => ({
  stacks: { [name]: { name, constructPath: name, workingDirectory: `stacks/${name}`, annotations } },
});

describe("acknowledgements in the manifest of a synthesised app", () => {
  it("waive a finding, and with it the refusal", async () => {
    expect(await checked(manifestWith([annotation(ACKNOWLEDGEMENT)]))).toMatchObject({
      verdict: "allowed",
      findings: expect.arrayContaining([
        expect.objectContaining({ rule: "address/bandwidth", waived: true }),
      ]) as unknown,
      acknowledgements: [{ state: "used", construct: "shop/eip", addresses: [`${ADDRESS}.a`] }],
    });
  });

  it.each<[string, unknown, string]>([
    ["there is no manifest", undefined, "shop/eip"],
    ["the manifest cannot be read", "{", "shop/eip"],
    ["they are of another stack", manifestWith([annotation(ACKNOWLEDGEMENT)], "other"), "shop/eip"],
    ["they are of another construct", manifestWith([annotation(ACKNOWLEDGEMENT)]), "shop/eip2"],
    ["they are of a construct below", manifestWith([annotation(ACKNOWLEDGEMENT)]), "shop"],
    ["they are not the library's metadata", manifestWith([annotation(ACKNOWLEDGEMENT, "@cdktf/warn")]), "shop/eip"],
  ])("waive nothing where %s", async (_name, manifest, path) => {
    const report = await checked(manifest, path);
    expect(report.verdict).toBe("denied");
    expect(report.findings?.some(({ waived }) => waived)).toBe(false);
  });

  it.each([
    ["not JSON", "{"],
    ["without an owner", { ...ACKNOWLEDGEMENT, owner: " " }],
    ["without a last day", { ...ACKNOWLEDGEMENT, expires: undefined }],
    ["with an invalid last day", { ...ACKNOWLEDGEMENT, expires: "2027-02-30" }],
    ["with a last day that is not a date", { ...ACKNOWLEDGEMENT, expires: "9" }],
  ])("that are %s are an error, and nothing is allowed", async (_name, text) => {
    expect(await checked(manifestWith([annotation(text)]))).toMatchObject({
      verdict: "error",
      error: { code: "AcknowledgementInvalid" },
    });
  });

  it("are reported once when they were synthesised twice", async () => {
    const twice = manifestWith([annotation(ACKNOWLEDGEMENT), annotation(ACKNOWLEDGEMENT)]);
    expect((await checked(twice)).acknowledgements).toHaveLength(1);
  });
});
