import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keyOf, nameIn } from "../../src/core/instance-key";
import { run } from "../../src/core/process";
import { terraformBinary, terraformEnvironment } from "../../src/core/terraform-binary";
import { objectsOfState } from "../../src/terraform/state/state-objects";

const NAMES = [
  "",
  " ",
  "plain",
  "a.b",
  'quote " here',
  "back \\ slash",
  "\\u00a0 written out",
  "\\U000e0001 written out",
  '"]["',
  "line\nfeed\r\ttab",
  "\b\f\u0000\u001b\u007f",
  "\u00e9 \u4e2d \u{1f600} \u{10348}",
  "no\u00a0break \u200b \u00ad \u2028 \u3000 \ufeff",
  "\ue000 \u{e0001} \u{10ffff}",
  "${x} $${x} $$${x} %{x} %%{x} $ $$ %",
  "$\u0007{ %\u0007{",
];

describe("keys of instances", () => {
  const directory = mkdtempSync(join(tmpdir(), "anycast-keys-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const terraform = async (...args: string[]): Promise<string> => {
    const env = terraformEnvironment();
    const ended = await run(terraformBinary(env), args, { cwd: directory, env });
    expect([ended.exitCode, ended.stderr.toString()]).toEqual([0, ""]);
    return ended.stdout.toString();
  };

  it("are written and read as terraform writes them, in a plan and in a state", async () => {
    const set = NAMES.map((name) =>
      JSON.stringify(name)
        .replace(/[$%](?=\{)/g, "$&$&")
        .replace(/\\[bf]/g, hcl),
    );
    writeFileSync(
      join(directory, "main.tf"),
      `resource "terraform_data" "x" {\n  for_each = toset([${set.join(", ")}])\n}\n`,
    );
    await terraform("init");
    await terraform("apply", "-auto-approve");
    await terraform("plan", "-out=p");
    const plan = JSON.parse(await terraform("show", "-json", "p")) as {
      resource_changes: { address: string; index: string }[];
    };
    const written = plan.resource_changes.map(({ address, index }) => [index, address.replace("terraform_data.x", "")]);
    expect(written.map(([index]) => index).sort()).toEqual([...NAMES].sort());
    expect(written.map(([index]) => [index, keyOf(index!)])).toEqual(written);
    expect(written.map(([, key]) => [nameIn(key!), key])).toEqual(written);
    const state = objectsOfState(await terraform("state", "pull")) ?? [];
    expect(state.map(({ address }) => address).sort()).toEqual(plan.resource_changes.map((one) => one.address).sort());
  });

  it.each(["[0]", "", '["', '["a]', '["\\x41"]', '["\\U00110000"]', '["a"b"]'])("are not read in %j", (key) => {
    expect(nameIn(key)).toBeUndefined();
  });
});

/** HCL has fewer short escapes than JSON. */
const hcl = (escape: string): string => (escape === "\\b" ? "\\u0008" : "\\u000c");
