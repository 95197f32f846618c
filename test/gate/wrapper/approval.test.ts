import type { Question } from "../../../src/gate/wrapper/approval";
import { wordingOf } from "../../../src/gate/wrapper/approval";

describe("the question that the wrapper asks", () => {
  test.each<[Question, string, string]>([
    ["apply", "Do you want to perform these actions?", "OpenTofu will perform the actions described above."],
    [
      "destroy",
      "Do you really want to destroy all resources?",
      "OpenTofu will destroy all your managed infrastructure",
    ],
    [
      "refresh-only",
      "Would you like to update the OpenTofu state to reflect these detected changes?",
      "OpenTofu will write these changes to the state",
    ],
  ])("names OpenTofu as OpenTofu does: %s", (question, asked, explained) => {
    const plain = { color: false, forCdktf: false } as const;
    const text = wordingOf(question, { ...plain, product: "OpenTofu" });
    expect(text).toContain(`\n${asked}\n  ${explained}`);
    expect(wordingOf(question, { ...plain, product: "Terraform" })).toBe(text.replaceAll("OpenTofu", "Terraform"));
  });

  test("asks about a refresh behind cdktf in words that cdktf recognises", () => {
    const text = wordingOf("refresh-only", { color: false, forCdktf: true, product: "OpenTofu" });
    expect(text).toContain("\nDo you want to perform these actions?\n  OpenTofu will write");
  });
});
