import { readFileSync } from "node:fs";
import { join } from "node:path";
import { scaffoldFiles } from "../../../src/cli/scaffold";

const ROOT = join(__dirname, "../../..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** `OWNER/NAME@SHA # vVERSION` of every action a workflow uses, ours and a reader's own left out. */
const actionsIn = (text: string): string[] =>
  [...text.matchAll(/uses: ((?!OWNER\/|acme\/|\.\/)\S+@.*)$/gm)].map(([, used]) => used!.trim());

describe("actions that examples use", () => {
  const ours = new Set(["check.yml", "ci.yml"].flatMap((name) => actionsIn(read(`.github/workflows/${name}`))));
  const scaffold = scaffoldFiles({ name: "web", region: "cn-hongkong", version: "0.0.0", workflows: "acme/x@1" });

  test.each<[string, string]>([
    ["the workflow of a new project", scaffold.get(".github/workflows/anycast.yml")!],
    ["the page on pipelines", read("docs/pipelines.md")],
  ])("in %s are the ones of our own workflows, with the same pins", (_where, text) => {
    const named = actionsIn(text);
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((action) => !ours.has(action))).toEqual([]);
  });
});
