import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { run } from "../../../../src/core/process";
import { terraformBinary, terraformEnvironment } from "../../../../src/core/terraform-binary";
import { aboutPlanFile, ArchiveError, leavesStateAlone } from "../../../../src/plan/file/saved";
import type { PlanFileFacts } from "../../../../src/plan/file/saved";
import type { PlanFields } from "../../support/plan-file";
import { BY_OPENTOFU, BY_TERRAFORM, ENCRYPTED, message, planFile, zip } from "../../support/plan-file";

const BINDING = "alicloud_eipanycast_anycast_eip_address_attachment.b";

describe("what a saved plan file says about its origin and completeness", () => {
  const tofu = { version: "1.11.0", madeBy: "OpenTofu", whole: true, refreshOnly: false, destroy: false } as const;
  const terraform = {
    version: "1.11.4",
    madeBy: "Terraform",
    whole: true,
    refreshOnly: false,
    destroy: false,
  } as const;

  test.each<[string, PlanFields, PlanFileFacts]>([
    ["a plan of OpenTofu is complete", BY_OPENTOFU, tofu],
    ["-exclude makes it partial", { ...BY_OPENTOFU, 6: [BINDING] }, { ...tofu, whole: false }],
    [
      "-target makes it partial, and its program is unknown",
      { ...BY_OPENTOFU, 5: [BINDING, "b"] },
      { ...tofu, whole: false, madeBy: undefined },
    ],
    [
      "an error makes it partial, and its program is unknown",
      { ...BY_OPENTOFU, 20: 1 },
      { ...tofu, whole: false, madeBy: undefined },
    ],
    ["a refresh-only plan is recognised", { ...BY_OPENTOFU, 17: 2 }, { ...tofu, refreshOnly: true }],
    ["a destroy plan is not refresh-only", { ...BY_OPENTOFU, 17: 1 }, { ...tofu, destroy: true }],
    ["a plan of Terraform is complete when it says so", BY_TERRAFORM, terraform],
    [
      "a plan of Terraform is partial when it does not say so",
      { ...BY_TERRAFORM, 26: 0 },
      { ...terraform, whole: false },
    ],
    ["a plan of Terraform with -target is partial", { ...BY_TERRAFORM, 5: [BINDING] }, { ...terraform, whole: false }],
    [
      "a plan with deferred changes is Terraform's and not complete",
      { 1: 3, 14: "1.11.4", 27: ["x"] },
      { ...terraform, whole: false },
    ],
    [
      "Terraform 1.7 cannot be distinguished from OpenTofu",
      { ...BY_OPENTOFU, 14: "1.7.5" },
      { ...tofu, version: "1.7.5", madeBy: undefined },
    ],
    ["a plan without a version is of an unknown program", { 1: 3 }, { ...tofu, version: "", madeBy: undefined }],
  ])("%s", (_title, fields, facts) => {
    expect(aboutPlanFile(planFile(fields))).toEqual(facts);
  });

  test("real terraform's files give the same results", async () => {
    const directory = mkdtempSync(join(tmpdir(), "anycast-plan-file-"));
    try {
      writeFileSync(
        join(directory, "main.tf"),
        'resource "terraform_data" "a" {}\nresource "terraform_data" "b" { input = terraform_data.a.id }\n',
      );
      const terraform_ = async (...args: string[]): Promise<void> => {
        const { exitCode, stderr } = await run(terraformBinary(), args, {
          cwd: directory,
          env: terraformEnvironment(),
        });
        if (exitCode !== 0) throw new Error(stderr.toString("utf8"));
      };
      const about = async (...args: string[]): Promise<PlanFileFacts> => {
        await terraform_("plan", "-out=p", ...args);
        return aboutPlanFile(readFileSync(join(directory, "p")));
      };
      await terraform_("init");
      expect(await about()).toMatchObject({ whole: true, refreshOnly: false });
      expect(await about("-target=terraform_data.a")).toMatchObject({ whole: false });
      expect(await about("-destroy")).toMatchObject({ refreshOnly: false, destroy: true });
      expect(await about("-refresh-only")).toMatchObject({ whole: true, refreshOnly: true });
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});

describe("whether a plan without changes leaves the state as it is", () => {
  const state = (serial: number, lineage: string, id: string): string =>
    JSON.stringify({ version: 4, terraform_version: "1.11.4", serial, lineage, resources: [{ id }] });
  const file = (fields: PlanFields, after: string, before: string): Buffer =>
    zip([
      ["tfplan", message(fields)],
      ["tfstate", Buffer.from(after)],
      ["tfstate-prev", Buffer.from(before)],
    ]);

  test.each<[string, Buffer, boolean]>([
    ["the refresh found no difference", file(BY_TERRAFORM, state(7, "x", "a"), state(0, "", "a")), true],
    ["the refresh found a difference", file(BY_TERRAFORM, state(7, "x", "b"), state(0, "", "a")), false],
    ["checks have results", file({ ...BY_TERRAFORM, 19: ["c"] }, state(7, "x", "a"), state(0, "", "a")), false],
    ["a state is not JSON", file(BY_TERRAFORM, "{", "{"), false],
    ["there are no states", planFile(BY_TERRAFORM), false],
    ["it is encrypted", ENCRYPTED, false],
  ])("where %s", (_title, bytes, alone) => {
    expect(leavesStateAlone(bytes)).toBe(alone);
  });
});

describe("a file that is not a plan", () => {
  const good = planFile(BY_TERRAFORM);

  test.each<[string, Buffer, string]>([
    ["text", Buffer.from("no archive, but long enough to be one"), "does not end with"],
    ["nothing", Buffer.alloc(0), "does not end with"],
    ["an archive without a plan", zip([["tfstate", Buffer.from("{}")]]), "no file named tfplan"],
    [
      "an archive with two plans",
      zip([
        ["tfplan", Buffer.of(8, 3)],
        ["tfplan", Buffer.of(8, 3)],
      ]),
      "more than one file named tfplan",
    ],
    ["a truncated message", zip([["tfplan", Buffer.of(42, 200)]]), "cut off|damaged"],
    ["a message of an unknown wire type", zip([["tfplan", Buffer.of(8 + 3)]]), "damaged"],
  ])("with %s is refused", (_what, bytes, why) => {
    expect(() => aboutPlanFile(bytes)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(why) as string }) as Error,
    );
    expect(() => aboutPlanFile(bytes)).toThrow(ArchiveError);
  });

  test("a damaged one is refused with an error, or read", () => {
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, byte, end) => {
        const bytes = Buffer.from(good.subarray(0, Math.max(end, at + 1)));
        bytes[at] = byte;
        try {
          expect(typeof aboutPlanFile(bytes).whole).toBe("boolean");
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(ArchiveError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
