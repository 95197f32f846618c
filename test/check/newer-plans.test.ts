import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPlans } from "../../src/check";

/** Plans of newer programs, as `tools/record/newer-plans.ts` recorded them. The end of a name is the right verdict. */
const CASES = ["opentofu", "terraform"].flatMap((product) => {
  const folder = join(__dirname, "../fixtures", product, "cases");
  return readdirSync(folder).map((name): [string, string, string] => [product, name, join(folder, name)]);
});

describe("A plan of a newer Terraform or OpenTofu", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "anycast-newer-"))));
  afterEach(() => rmSync(directory, { recursive: true }));

  test.each(CASES)("%s: %s", async (product, name, folder) => {
    const program = join(directory, product === "opentofu" ? "tofu" : "terraform");
    writeFileSync(program, `#!/bin/sh\ncat '${join(folder, "plan.json")}'\n`);
    chmodSync(program, 0o755);
    const report = await checkPlans([{ name, path: join(folder, "plan.tfplan") }], {
      emit: () => undefined,
      env: { PATH: process.env.PATH, TERRAFORM_BINARY_NAME: program },
      cwd: directory,
    });
    const [plan] = report.plans;
    expect([plan?.verdict, plan?.error?.message]).toEqual([name.endsWith("-good") ? "allowed" : "denied", undefined]);
  });

  test("is among allowed and refused ones", () => {
    expect(CASES.filter(([, name]) => name.endsWith("-good")).length).toBeGreaterThan(9);
    expect(CASES.filter(([, name]) => name.endsWith("-bad")).length).toBeGreaterThan(7);
  });
});
