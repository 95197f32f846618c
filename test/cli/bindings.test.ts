import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { main } from "../../src/cli/main";

const made: string[] = [];
afterAll(() => made.forEach((directory) => rmSync(directory, { recursive: true, force: true })));
function project(files: Readonly<Record<string, string>> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), "bindings-"));
  made.push(directory);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}

async function bindings(cwd: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ["", ""];
  const code = await main(["bindings", ...args], {
    stdin: new PassThrough().end(),
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    env: process.env,
    cwd,
  });
  return { code, out, err };
}

describe("anycast bindings", () => {
  it("creates a folder for each type of resource and data source, and keeps those of earlier calls", async () => {
    const cwd = project();
    expect(await bindings(cwd, "alidns_record", "alicloud_cms_alarm")).toMatchObject({
      code: 0,
      out: `${join(cwd, "alicloud")}\n`,
    });
    expect((await bindings(cwd, "data.alicloud_zones", "vpcs")).code).toBe(0);
    expect(readdirSync(join(cwd, "alicloud")).sort()).toEqual([
      "alidns-record",
      "bindings.json",
      "cms-alarm",
      "data-alicloud-vpcs",
      "data-alicloud-zones",
    ]);
    expect(readFileSync(join(cwd, "alicloud/alidns-record/index.ts"), "utf8")).toContain("export class AlidnsRecord ");
    expect(readdirSync(cwd)).toEqual(["alicloud"]);
  });

  it.each([
    ["CommonJS", "{}", '"./src/alicloud/alidns-record"'],
    ["ES modules", '{"type":"module"}', '"./src/alicloud/alidns-record/index.js"'],
  ])("says how a project with %s imports one", async (_, manifest, line) => {
    const cwd = project({ "package.json": manifest });
    expect((await bindings(cwd, "alidns_record", "--out", "src/alicloud")).err).toContain(line);
  });

  it.each<[string, string[], string]>([
    ["a misspelled type", ["alidns_recrod"], "did you mean alidns_record? [UnknownType]"],
    ["a resource requested as a data source", ["data.alidns_record"], "[UnknownType]"],
    ["no type", [], "Fix: anycast bindings alidns_record [NoTypes]"],
    ["types together with --all", ["vpc", "--all"], "[NoTypes]"],
  ])("refuses %s, and writes nothing", async (_, args, said) => {
    const cwd = project();
    const ended = await bindings(cwd, ...args);
    expect(ended).toMatchObject({ code: 2, out: "" });
    expect(ended.err).toContain(said);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("never replaces a folder that it did not create", async () => {
    const cwd = project();
    mkdirSync(join(cwd, "alicloud"));
    writeFileSync(join(cwd, "alicloud", "mine.ts"), "mine");
    expect((await bindings(cwd, "alidns_record")).err).toContain("[NotBindings]");
    expect(readFileSync(join(cwd, "alicloud", "mine.ts"), "utf8")).toBe("mine");
    expect(existsSync(join(cwd, "alicloud", "alidns-record"))).toBe(false);
  });
});
