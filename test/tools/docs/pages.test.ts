import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VERBS } from "../../../src/cli/verbs";
import { listRules } from "../../../src/check/rules";
import { cliPage } from "../../../tools/docs/cli-page";
import { messagesPage } from "../../../tools/docs/messages-page";
import { BANNER, differences, stalePages, writePages } from "../../../tools/docs/pages";
import { rulePages } from "../../../tools/docs/rule-pages";

const ROOT = join(__dirname, "../../..");

describe("pages on disk", () => {
  let root: string;
  const pages = new Map([
    ["docs/rules/a/b.md", "one\n"],
    ["docs/x.md", "two\n"],
  ]);
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), "anycast-docs-"))));
  afterEach(() => rmSync(root, { recursive: true }));

  it("are written only where they differ", () => {
    expect(differences(root, pages)).toEqual(["docs/rules/a/b.md", "docs/x.md"]);
    expect(writePages(root, pages)).toBe(2);
    expect(readFileSync(join(root, "docs/rules/a/b.md"), "utf8")).toBe("one\n");
    expect([differences(root, pages), writePages(root, pages)]).toEqual([[], 0]);
    writeFileSync(join(root, "docs/x.md"), "edited\n");
    expect(differences(root, pages)).toEqual(["docs/x.md"]);
  });

  it("that are no longer generated are found, in generated folders only", () => {
    writePages(root, pages);
    writeFileSync(join(root, "docs/rules/a/old.md"), "");
    writeFileSync(join(root, "docs/mine.md"), "");
    expect(stalePages(root, pages)).toEqual(["docs/rules/a/old.md"]);
  });
});

describe("the generated pages", () => {
  it("of rules are one per rule and an index that links them all", () => {
    const pages = rulePages(ROOT);
    expect([...pages.keys()]).toEqual(["docs/rules/README.md", ...listRules().map(({ id }) => `docs/rules/${id}.md`)]);
    for (const { id, why, fix, source } of listRules()) {
      const page = pages.get(`docs/rules/${id}.md`)!;
      expect(page.startsWith(`${BANNER}\n\n# ${id}: `)).toBe(true);
      for (const part of [why, fix, source]) expect(page).toContain(part);
      expect(page).toMatch(/^### (Denied|Warned about)/m);
      expect(page).toMatch(/^### Allowed/m);
      expect(pages.get("docs/rules/README.md")).toContain(`[${id}](${id}.md)`);
    }
  });

  it("say of a rule whether it can be switched off and waived", () => {
    const pages = rulePages(ROOT);
    expect(pages.get("docs/rules/binding/vpc-only.md")).toContain("no, nor lowered to a warning; only waived");
    expect(pages.get("docs/rules/address/name.md")).toContain(
      "with `levels: {address/name: off}`; `warn` is possible too",
    );
    expect(pages.get("docs/rules/plan/complete.md")).not.toContain("## Waive one finding");
  });

  it("need no examples", () => {
    const root = mkdtempSync(join(tmpdir(), "anycast-docs-"));
    try {
      mkdirSync(join(root, "policies/wasm"), { recursive: true });
      copyFileSync(join(ROOT, "policies/wasm/rules.json"), join(root, "policies/wasm/rules.json"));
      expect(rulePages(root).get("docs/rules/address/name.md")).not.toContain("## Examples");
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it("of messages contain the most common messages", () => {
    const page = messagesPage(ROOT);
    for (const code of ["PlanNotFound", "PlanMissing", "RuleNotFound", "ConfigInvalid", "ProgramNotFound"])
      expect(page).toContain(`\n## ${code}\n`);
    expect(page).not.toMatch(/undefined|\[object/);
  });

  it("of the command line hold the help of every verb", async () => {
    const page = await cliPage();
    for (const verb of VERBS.keys())
      expect(page).toContain(`\n## anycast ${verb}\n\n\`\`\`text\nUsage: anycast ${verb} `);
    expect(page.match(/Exit codes: 0 allowed or done/g)).toHaveLength(1);
    expect(existsSync(join(ROOT, "docs/cli.md"))).toBe(true);
  });
});
