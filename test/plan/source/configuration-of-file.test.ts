import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../src/core/process";
import { terraformBinary } from "../../../src/core/terraform-binary";
import type { JsonObject } from "../../../src/plan/json";
import { asList, asObject } from "../../../src/plan/json";
import { workspaceOfPlan } from "../../../src/plan/file/saved";
import type { ModuleSource } from "../../../src/plan/source";
import { configurationOfFile, configurationOfJson } from "../../../src/plan/source";
import type { Attribute } from "../../../src/plan/source/hcl";
import { lineOf } from "../../../src/plan/source/hcl";
import { Workspace } from "../../../packages/sandbox/test/provider/support/workspace";
import { MODULES } from "./support/cases";
import { shown } from "./support/literal";

const REGIONS = `
terraform {
  required_providers { alicloud = { source = "aliyun/alicloud" } }
}
locals { region = "cn-hongkong" }
provider "alicloud" { region = "ap-southeast-1" }
provider "alicloud" {
  alias  = "hk"
  region = local.region
}
resource "alicloud_vpc" "here" { cidr_block = "10.0.0.0/8" }
resource "alicloud_vpc" "there" {
  provider   = alicloud.hk
  cidr_block = "10.0.0.0/8"
}
module "passed" {
  source    = "./modules/passed"
  providers = { alicloud = alicloud.hk, alicloud.other = alicloud }
}
`;
const PASSED = `
terraform {
  required_providers {
    alicloud = {
      source                = "aliyun/alicloud"
      configuration_aliases = [alicloud.other]
    }
  }
}
resource "alicloud_vpc" "v" {
  provider   = "alicloud.other"
  cidr_block = "10.0.0.0/8"
}
`;

describe("the configuration in a saved plan file", () => {
  let workspace: Workspace;
  let root: ModuleSource;
  let json: JsonObject;

  beforeAll(async () => {
    workspace = await Workspace.open();
    const calls = Object.keys(MODULES).map(
      (name, at) => `module "m${String(at)}" {\n  source = "./modules/${name}"\n${INPUTS[name] ?? ""}}\n`,
    );
    workspace.write({
      "main.tf": `${REGIONS}${calls.join("")}`,
      "region_override.tf": 'provider "alicloud" {\n  alias  = "hk"\n  region = "us-west-1"\n}\n',
    });
    workspace.write({ "modules/passed/main.tf": PASSED });
    for (const [name, files] of Object.entries(MODULES)) {
      workspace.write(
        Object.fromEntries(Object.entries(files).map(([file, text]) => [`modules/${name}/${file}`, text])),
      );
    }
    await workspace.succeed("init", "-input=false");
    await run(terraformBinary(), ["workspace", "new", "blue"], { cwd: workspace.folder, env: workspace.env });
    await workspace.succeed("plan", "-input=false", "-out=plan");
    json = JSON.parse(await workspace.succeed("show", "-json", "plan")) as JsonObject;
    root = configurationOfFile(planFile());
  });
  afterAll(() => workspace.close());

  const planFile = (): Buffer => readFileSync(join(workspace.folder, "plan"));
  const module = (name: string): ModuleSource =>
    root.calls.get(`m${String(Object.keys(MODULES).indexOf(name))}`)!.module!;

  test("equals what real terraform shows, module by module", () => {
    const count = expectSame(root, asObject(asObject(json.configuration)?.root_module)!);
    expect(count).toBeGreaterThan(40);
  });

  test("has the workspace", () => {
    expect(workspaceOfPlan(planFile())).toBe("blue");
  });

  test("has providers with overrides, and which resource uses which", () => {
    expect([...root.providers.keys()]).toEqual(["alicloud", "alicloud.hk"]);
    expect(shown(root.providers.get("alicloud.hk")!.attributes.get("region")!)).toEqual({ value: "us-west-1" });
    expect([...root.providers.get("alicloud.hk")!.attributes.keys()]).toEqual(["region"]);
    const there = root.resources.get("alicloud_vpc.there")!;
    expect(there.provider!.expression()).toMatchObject({
      kind: "attribute",
      name: "hk",
      of: { kind: "root", name: "alicloud" },
    });
    expect([...there.attributes.keys()]).toEqual(["cidr_block"]);
    expect(root.resources.get("alicloud_vpc.here")!.provider).toBeUndefined();
    const { providers, module: passed } = root.calls.get("passed")!;
    expect([...providers].map(([name, { expression }]) => [name, expression().kind])).toEqual([
      ["alicloud", "attribute"],
      ["alicloud.other", "root"],
    ]);
    expect(passed!.resources.get("alicloud_vpc.v")!.provider!.expression()).toMatchObject({
      kind: "attribute",
      name: "other",
    });
  });

  test("has what the JSON of a plan does not show: locals, types and ignore_changes", () => {
    expect(shown(module("overridden").locals.get("l")!)).toEqual({ value: "third" });
    expect(shown(module("overridden").locals.get("m")!)).toEqual({ value: "kept" });
    expect(shown(module("mixed").locals.get("shared")!)).toEqual({ value: "json" });
    expect(module("json").variables.get("v")!.type!.expression()).toMatchObject({ kind: "call", name: "map" });
    expect(module("plain").variables.get("n")!.type!.expression()).toMatchObject({ kind: "root", name: "number" });
    const ignored = ["plain", "overridden", "json"].map((name) =>
      [...module(name).resources].map(([key, one]) => [key, one.ignoreChanges]),
    );
    expect(ignored).toEqual([
      [["terraform_data.one", []], ["terraform_data.each", ["input", "triggers_replace"]], ["terraform_data.all", "all"]],
      [["terraform_data.r", ["triggers_replace"]]],
      [["terraform_data.a", []], ["terraform_data.b", ["input"]], ["terraform_data.c", "all"], ["terraform_data.d", []]],
    ]); // prettier-ignore
  });

  test("is the same from the plan's JSON, where the configuration is written in JSON", () => {
    const fromJson = configurationOfJson(json).calls.get("m3")!.module!;
    const fromFile = module("json");
    expect(fromFile.path).toEqual(["m3"]);
    for (const kind of ["resources", "calls", "outputs", "variables"] as const) {
      expect([...fromJson[kind].keys()].sort()).toEqual([...fromFile[kind].keys()].sort());
    }
    for (const [name, { attributes, count, forEach }] of fromFile.resources) {
      const shownIn = fromJson.resources.get(name)!;
      for (const [attribute, written] of attributes)
        expect(bare(shownIn.attributes.get(attribute))).toEqual(bare(written));
      expect([bare(shownIn.count), bare(shownIn.forEach)]).toEqual([bare(count), bare(forEach)]);
    }
    for (const [name, written] of fromFile.outputs) {
      // What refers to nothing could be a text of native syntax that is escaped.
      expect(bare(fromJson.outputs.get(name))).toEqual(bare(written));
    }
    expect(bare(fromJson.calls.get("inner")!.arguments.get("a"))).toEqual(
      bare(fromFile.calls.get("inner")!.arguments.get("a")),
    );
    expect(bare(fromJson.variables.get("v")!.default)).toEqual(bare(fromFile.variables.get("v")!.default));
    expect([fromJson.withoutLocals, fromJson.locals.size]).toEqual([true, 0]);
  });

  test("is missing from the plan's JSON except for references, where the configuration is written in native syntax", () => {
    const plain = configurationOfJson(json).calls.get("m0")!.module!;
    expect(plain.resources.get("terraform_data.each")!.attributes.get("input")!.expression()).toMatchObject({
      kind: "unsupported",
      why: "hidden",
      references: ["terraform_data.one[0].id", "terraform_data.one[0]", "terraform_data.one"],
    });
    expect(plain.outputs.get("text")!.expression()).toMatchObject({ kind: "string", value: "plain" });
    // "$\${c}" is shown as a text of JSON syntax would be that is a template.
    expect(plain.outputs.get("heredoc")!.expression()).toMatchObject({ kind: "unsupported", references: [] });
    const root = configurationOfJson(json);
    expect(shown(root.providers.get("alicloud")!.attributes.get("region")!)).toEqual({ value: "ap-southeast-1" });
    expect(root.resources.get("alicloud_vpc.there")!.provider!.expression()).toMatchObject({
      kind: "attribute",
      name: "hk",
    });
    expect(root.calls.get("passed")!.module!.resources.get("alicloud_vpc.v")!.provider!.expression().kind).toBe(
      "unsupported",
    );
  });

  test("gives source positions", () => {
    const { at } = module("plain").outputs.get("o")!;
    expect([at.source.file, lineOf(at)]).toEqual(["modules/plain/main.tf", 20]);
    const text = module("json").resources.get("terraform_data.a")!.attributes.get("input")!;
    expect([text.at.source.file, lineOf(text.at), lineOf(text.expression().at)]).toEqual([
      "modules/json/main.tf.json",
      4,
      4,
    ]);
  });
});

const INPUTS: Readonly<Record<string, string>> = { inner: '  a = "x"\n  b = 2\n' };

/** An expression without places. */
function bare(attribute: Attribute | undefined): unknown {
  const text = JSON.stringify(attribute?.expression(), (key, value: unknown) => (key === "at" ? undefined : value));
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}

/** Compares everything that terraform shows; returns how much that was. */
function expectSame(source: ModuleSource, module: JsonObject): number {
  let count = 0;
  const same = (attributes: ReadonlyMap<string, Attribute>, expressions: unknown): void => {
    const theirs = Object.entries(asObject(expressions) ?? {}).map(
      ([name, one]) => [name, asShown(asObject(one)!)] as const,
    );
    const ours = theirs.map(([name, one]) => [
      name,
      "value" in one || attributes.get(name) === undefined
        ? attributes.has(name) && shown(attributes.get(name)!)
        : shown(attributes.get(name)!),
    ]);
    expect({ path: source.path, attributes: ours }).toEqual({ path: source.path, attributes: theirs });
    expect(attributes.size).toBe(theirs.length);
    count += theirs.length;
  };
  expect(source.unreadable).toBeUndefined();
  const keys = (map: ReadonlyMap<string, unknown>): string[] => [...map.keys()].sort();
  const names = (members: unknown): string[] => Object.keys(asObject(members) ?? {}).sort();
  expect(keys(source.variables)).toEqual(names(module.variables));
  const defaults = [...source.variables].map(
    ([name, one]) => [name, one.default && (shown(one.default) as { value: unknown }).value] as const,
  );
  expect(Object.fromEntries(defaults)).toEqual(
    Object.fromEntries(
      names(module.variables).map((name) => [name, asObject(asObject(module.variables)![name])!.default]),
    ),
  );
  same(
    source.outputs,
    Object.fromEntries(
      Object.entries(asObject(module.outputs) ?? {}).map(([name, one]) => [name, asObject(one)!.expression]),
    ),
  );
  const resources = asList(module.resources).map((one) => asObject(one)!);
  expect(keys(source.resources)).toEqual(resources.map(({ address }) => String(address)).sort());
  for (const resource of resources) {
    const { attributes, count: times, forEach } = source.resources.get(String(resource.address))!;
    same(attributes, resource.expressions);
    same(repetition(times, forEach), repetitionShown(resource));
  }
  const calls = asObject(module.module_calls) ?? {};
  expect(keys(source.calls)).toEqual(names(calls));
  for (const [name, call] of Object.entries(calls)) {
    const one = source.calls.get(name)!;
    same(one.arguments, asObject(call)!.expressions);
    same(repetition(one.count, one.forEach), repetitionShown(asObject(call)!));
    count += expectSame(one.module!, asObject(asObject(call)!.module) ?? {});
  }
  return count;
}

function repetition(count: Attribute | undefined, forEach: Attribute | undefined): Map<string, Attribute> {
  return new Map([["count_expression", count], ["for_each_expression", forEach]].filter((one): one is [string, Attribute] => one[1] !== undefined)); // prettier-ignore
}

function repetitionShown({ count_expression: count, for_each_expression: forEach }: JsonObject): JsonObject {
  return {
    ...(count === undefined ? {} : { count_expression: count }),
    ...(forEach === undefined ? {} : { for_each_expression: forEach }),
  };
}

function asShown({ constant_value: value, references }: JsonObject): ReturnType<typeof shown> {
  const roots = asList(references).map((one) => /^[^.[]+/.exec(String(one))![0]);
  // Of JSON syntax terraform shows the text as well; then what it refers to tells more.
  return roots.length > 0 ? { roots: [...new Set(roots)].sort() } : { value };
}
