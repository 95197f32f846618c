import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Receipt } from "../../../src/gate/receipt";
import { compareWithReceipt, terraformVersionIn } from "../../../src/gate/receipt";

const FIXTURES = join(__dirname, "..", "..", "fixtures");
/** In one line, as both programs print it. */
const printed = (name: string): Buffer =>
  Buffer.from(JSON.stringify(JSON.parse(readFileSync(join(FIXTURES, name), "utf8"))) + "\n");

describe("the program in a receipt", () => {
  test.each([
    ["plans/internal-vpc.json", "1.11.4"],
    ["opentofu/internal-vpc.json", "OpenTofu 1.11.0"],
  ])("is read from its version output: %s by %s", (name, version) => {
    expect(terraformVersionIn(printed(name))).toBe(version);
  });

  test("makes a plan that was checked with OpenTofu unusable with Terraform of the same version", () => {
    const receipt = { stack: "s", digests: {}, versions: { terraform: "OpenTofu 1.11.4" } } as unknown as Receipt;
    expect(() => compareWithReceipt(receipt, { terraform: "1.11.4" })).toThrow(
      expect.objectContaining({
        code: "ReceiptMismatch",
        message: expect.stringContaining("(`OpenTofu 1.11.4`), got `1.11.4`") as string,
      }) as Error,
    );
  });
});
