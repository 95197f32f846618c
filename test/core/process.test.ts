import { run } from "../../src/core/process";
import { PACKAGE_ROOT } from "../../src/core/package-root";

describe("a program that cannot be started", () => {
  test.each(["ANYCAST_TERRAFORM", "TERRAFORM_BINARY_NAME"])(
    "is named by %s, whose value is not shown",
    async (name) => {
      await expect(run("not-to-be-shown", [], { env: { [name]: "not-to-be-shown" } })).rejects.toMatchObject({
        code: "ProgramNotFound",
        message: `The program that ${name} names could not be started (ENOENT). Fix: correct the variable, or remove it.`,
      });
      // A directory.
      await expect(run(PACKAGE_ROOT, [], { env: { [name]: PACKAGE_ROOT } })).rejects.toMatchObject({
        code: "ProgramNotStarted",
        message: expect.not.stringContaining(PACKAGE_ROOT) as string,
      });
    },
  );

  test("is named by itself where no variable names it", async () => {
    await expect(run("no-such-program", [], { env: {} })).rejects.toMatchObject({
      code: "ProgramNotFound",
      message: "The program `no-such-program` was not found on PATH. Fix: install it, or name it by its absolute path.",
    });
  });
});
