import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Finding } from "../../src/core/check-report";
import { checkPlans } from "../../src/check";

const ATTACHMENT = "alicloud_eipanycast_anycast_eip_address_attachment";
const plan = readFileSync(join(__dirname, "..", "fixtures", "plans", "internet-facing.json"));

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "anycast-lines-"))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function finding(metadata: unknown): Promise<Finding | undefined> {
  writeFileSync(join(directory, "plan.json"), plan);
  if (metadata !== undefined)
    writeFileSync(
      join(directory, "cdk.tf.json"),
      typeof metadata === "string"
        ? metadata
        : JSON.stringify({ resource: { [ATTACHMENT]: { t: { "//": { metadata } } } } }),
    );
  const report = await checkPlans([{ name: "plan", path: join(directory, "plan.json") }], {
    emit: () => undefined,
    cwd: directory,
  });
  expect(report.verdict).toBe("denied");
  return report.plans[0]?.findings?.find(({ level }) => level === "deny");
}

describe("a finding on a plan next to its CDKTF configuration", () => {
  it("names the construct and the line that created it", async () => {
    expect(
      await finding({ path: "shop/anycast/attachment", uniqueId: "t", stackTrace: ["stacks/shop.ts:12:5"] }),
    ).toMatchObject({
      construct: "shop/anycast/attachment",
      source: { file: "stacks/shop.ts", line: 12 },
    });
  });

  it.each([
    ["is not recorded", { path: "shop/t" }],
    ["is not a source line", { path: "shop/t", stackTrace: ["somewhere"] }],
  ])("names the construct alone where the line %s", async (_name, metadata) => {
    const found = await finding(metadata);
    expect(found?.construct).toBe("shop/t");
    expect(found).not.toHaveProperty("source");
  });

  it.each([
    ["has no metadata", {}],
    ["is not JSON", "{"],
    ["does not exist", undefined],
  ])("is left as it is where the configuration %s", async (_name, metadata) => {
    expect(await finding(metadata)).not.toHaveProperty("construct");
  });
});
