import { provePlanFile } from "../../../../src/plan";
import { zip } from "../../support/plan-file";

const PLAN = [
  "tfplan",
  "tfstate",
  "tfstate-prev",
  "tfconfig/m-/main.tf",
  "tfconfig/modules.json",
  ".terraform.lock.hcl",
];

const prove = (...more: readonly string[]): void =>
  provePlanFile(zip([...PLAN, ...more].map((name) => [name, Buffer.from(name)])), "p.tfplan");

describe("a saved plan", () => {
  it("holds what Terraform and OpenTofu write", () => {
    expect(() => prove("tfconfig/m-a.b/x_override.tf.json", "tfconfig/m-a/é.tofu")).not.toThrow();
  });

  it.each([
    "main.tf",
    "TFPLAN",
    "tfplan2",
    "tfconfig/main.tf",
    "tfconfig/M-/main.tf",
    "tfconfig/m-main.tf",
    "tfconfig/m-a/b/main.tf",
    "tfconfig/modules.json/x",
    "tfconfig/manifest.json",
  ])("is refused with %s in it", (name) => {
    expect(() => prove(name)).toThrow(`a file that neither Terraform nor OpenTofu writes, named ${name} (at p.tfplan)`);
  });
});
