import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signingKey } from "../../../src/gate/receipt/keys";
import { configFor } from "../../../src/terraform/project/project-root";

/** In a path too, so that no part of it is shown. */
const SECRET = "s3cr3t";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), `anycast-${SECRET}-`));
  mkdirSync(join(directory, "folder"));
  writeFileSync(join(directory, "no-key"), SECRET);
  writeFileSync(join(directory, "large"), Buffer.alloc(2 ** 17));
  execFileSync("mkfifo", [join(directory, "pipe")]);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function said(act: () => unknown): string {
  try {
    act();
  } catch (thrown) {
    const { message, cause } = thrown as Error;
    return `${message} ${String(cause)}`;
  }
  return "";
}

describe("what an environment variable holds is not shown", () => {
  test.each(["missing", "folder", "no-key", "large", "pipe", `${SECRET}\0`])(
    "where ANYCAST_RECEIPT_KEY_FILE names %j",
    (name) => {
      const message = said(() => signingKey(undefined, { ANYCAST_RECEIPT_KEY_FILE: join(directory, name) }));
      expect(message).toContain("the file that ANYCAST_RECEIPT_KEY_FILE names");
      expect(message).not.toContain(SECRET);
    },
  );

  test("where ANYCAST_CONFIG names no file", () => {
    const message = said(() => configFor(directory, { ANYCAST_CONFIG: join(directory, "missing") }));
    expect(message).toContain("There is no file that ANYCAST_CONFIG names.");
    expect(message).not.toContain(SECRET);
  });
});
