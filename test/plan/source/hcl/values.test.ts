import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terraformBinary, terraformEnvironment } from "../../../../src/core/terraform-binary";
import { parseExpression } from "../../../../src/plan/source/hcl";
import { EXPRESSIONS } from "./support/expressions";

/** Texts whose value shows how escapes, white space and line ends are read. */
const TEXTS: readonly string[] = [
  ...EXPRESSIONS.filter((text) => /^(?:"|<<)/.test(text)),
  '"tab\\tquote\\"backslash\\\\ \\u2028 \\U0001f600"',
  '"e\\u0301"',
  '"\u1100\u1161"',
  '"$${~a}%%{~if}"',
  '"$$$$${a}%%%%{b}"',
  '"$%$%"',
  "<<A\n  a\n    b\n\n  c\nA\n",
  "<<-A\n\n    a\n      b\n  \n   \n    c\n    A\n",
  "<<-A\n\ta\n\t\tb\n\tA\n",
  "<<-A\n  \ta\n \t b\n  A\n",
  "<<-A\n  $${a}\n   %%{b}\n  $\n  A\n",
  "<<-A\n      a\n    A\n",
  "<<-A\n    A\n",
  "<<A\n\\n \\\\ \\u00e9 \"quoted\"\nA\n",
  "<<A\nnot A\nA B\n A\n",
  "<<-A\n  a\r\n    b\r\n  A\r\n",
  "<<A\ne\u0301\nA\n",
  "<<-A\n  a\\\n  b\n  A\n",
]; // prettier-ignore

describe("the value of a string", () => {
  test("is the one that real terraform gives", () => {
    const ours = TEXTS.flatMap((text) => {
      const value = constant(text);
      return value === undefined ? [] : [{ text, value }];
    });
    expect(ours.length).toBeGreaterThan(40);
    const theirs = valuesOf(ours.map(({ text }) => text));
    expect(ours).toEqual(ours.map(({ text }, at) => ({ text, value: theirs[at] })));
  });
});

/** Undefined for what is no constant text. */
function constant(text: string): string | undefined {
  try {
    const node = parseExpression({ file: "main.tf", text });
    return node.kind === "string" ? node.value : undefined;
  } catch {
    return undefined;
  }
}

/** One process for all. Base64 keeps whatever is in a text from being shown in some other way. */
function valuesOf(texts: readonly string[]): string[] {
  const directory = mkdtempSync(join(tmpdir(), "anycast-hcl-"));
  try {
    writeFileSync(
      join(directory, "main.tf"),
      `locals {\n  texts = [\n${texts.map((text) => `base64encode(\n${text}\n),\n`).join("")}]\n}\n`,
    );
    const { stdout, stderr } = spawnSync(terraformBinary(), ["console"], {
      cwd: directory,
      env: terraformEnvironment(),
      input: 'join(",", local.texts)\n',
      encoding: "utf8",
    });
    const values = /^"([^"]*)"\n$/.exec(stdout)?.[1]?.split(",");
    if (values?.length !== texts.length) throw new Error(`${stdout}\n${stderr}`);
    return values.map((value) => Buffer.from(value, "base64").toString("utf8"));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
