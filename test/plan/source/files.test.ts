import { ArchiveError, workspaceOfPlan } from "../../../src/plan/file/saved";
import { configurationOfFile } from "../../../src/plan/source";
import { chooseFiles } from "../../../src/plan/source/files/config-files";
import type { PlanFields } from "../support/plan-file";
import { BY_OPENTOFU, BY_TERRAFORM, message, zip } from "../support/plan-file";
import { shown } from "./support/literal";

const ROOT = [{ Key: "", Dir: "." }];

/** A saved plan file with these files of its configuration. */
function file(
  files: Readonly<Record<string, string>>,
  modules: unknown = ROOT,
  fields: PlanFields = BY_TERRAFORM,
): Buffer {
  const list = typeof modules === "string" ? modules : JSON.stringify(modules);
  return zip([
    ["tfplan", message(fields)],
    ...Object.entries(files).map(([name, text]) => [`tfconfig/m-${name}`, Buffer.from(text)] as const),
    ["tfconfig/modules.json", Buffer.from(list)],
  ]);
}

describe("the files of a folder that are its configuration", () => {
  const names = ["b.tf", "a.tf.json", "a.tofu", "b.tofu", "c.tofu.json", "é.tf", "z_override.tf", "override.tf", "z_override.tofu", ".x.tf", "x.tf~", "#x.tf#", "x.hcl", "x.tfvars", "x.tftest.hcl", "notoverride.tf", "override.tf.json"]; // prettier-ignore

  test("are .tf and .tf.json in the order of their names for Terraform", () => {
    expect(chooseFiles(names, false)).toEqual({
      primary: ["a.tf.json", "b.tf", "notoverride.tf", "é.tf"],
      overrides: ["override.tf", "override.tf.json", "z_override.tf"],
    });
  });

  test("include .tofu in place of .tf of the same name for OpenTofu", () => {
    expect(chooseFiles(names, true)).toEqual({
      primary: ["a.tf.json", "a.tofu", "b.tofu", "c.tofu.json", "notoverride.tf", "é.tf"],
      overrides: ["override.tf", "override.tf.json", "z_override.tofu"],
    });
  });
});

describe("a plan file's configuration", () => {
  const FILES = { "/main.tf": 'output "o" { value = "tf" }\n', "/main.tofu": 'output "o" { value = "tofu" }\n' };
  const output = (bytes: Buffer): unknown => shown(configurationOfFile(bytes).outputs.get("o")!);

  test("is read as by the program that made the plan", () => {
    expect(output(file(FILES, ROOT, BY_OPENTOFU))).toEqual({ value: "tofu" });
    expect(output(file(FILES, ROOT, BY_TERRAFORM))).toEqual({ value: "tf" });
  });

  test("is ambiguous where it has OpenTofu's files and the plan's program is unknown", () => {
    const { unreadable } = configurationOfFile(file(FILES, ROOT, { ...BY_OPENTOFU, 5: ["a.b"] }));
    expect(unreadable).toContain("does not tell whether OpenTofu made it");
  });

  test("supports OpenTofu's enabled and for_each of providers", () => {
    const text = `
provider "alicloud" {
  alias    = "by"
  for_each = var.regions
  region   = each.value
}
resource "a_b" "c" {
  provider = alicloud.by["x"]
  lifecycle { enabled = var.on }
}
data "a_b" "d" { enabled = false }
module "m" {
  source = var.source
  lifecycle { enabled = true }
}
`;
    const root = configurationOfFile(file({ "/main.tofu": text }, ROOT, BY_OPENTOFU));
    expect(root.unreadable).toBeUndefined();
    expect(root.providers.get("alicloud.by")!.forEach).toBeDefined();
    expect([...root.resources.values()].map(({ enabled, attributes }) => [shown(enabled!), attributes.size])).toEqual([
      [{ roots: ["var"] }, 0],
      [{ value: false }, 0],
    ]);
    expect(root.resources.get("a_b.c")!.provider!.expression().kind).toBe("index");
    expect([shown(root.calls.get("m")!.enabled!), root.calls.get("m")!.module]).toEqual([{ value: true }, undefined]);
  });

  test.each<[string, string, RegExp]>([
    ["a file that cannot be parsed", "a = \n", /^main\.tf:1 has a name without a value$/],
    ["a duplicate block", 'variable "a" {}\nvariable "a" {}\n', /^main\.tf:2 has a twice$/],
    ["an unknown block", "new {}\n", /a block new that this reader does not know/],
    ["an attribute at the top level", "a = 1\n", /a block a that this reader does not know/],
    ["a block named with an escape", 'resource "a" "b" {\n  _ {\n    count = 1\n  }\n}\n', /a block `_`/],
    [
      "an alias that is a template",
      'provider "p" {\n  alias = "a${b}"\n}\n',
      /an alias that is not a plain text|a alias/,
    ],
    ["nullable that is not a constant", 'variable "v" {\n  nullable = var.x\n}\n', /nullable/],
    [
      "ignore_changes that is not a list",
      'resource "a" "b" {\n  lifecycle {\n    ignore_changes = var.x[0]\n  }\n}\n',
      /ignore_changes/,
    ],
    ["providers that are not a map", 'module "m" {\n  source    = "x"\n  providers = var.x\n}\n', /providers/],
    ["two lifecycle blocks", 'resource "a" "b" {\n  lifecycle {}\n  lifecycle {}\n}\n', /two blocks lifecycle/],
    [
      "an attribute in place of a block",
      'resource "a" "b" {\n  lifecycle = {}\n}\n',
      /an attribute where the block lifecycle/,
    ],
    ["a block with too few labels", 'resource "a" {}\n', /another number of labels/],
  ])("with %s reports that and has the rest", (_title, text, why) => {
    const root = configurationOfFile(file({ "/main.tf": text, "/good.tf": 'output "o" { value = 1 }\n' }));
    expect(root.unreadable).toMatch(why);
    expect(root.outputs.has("o")).toBe(true);
  });

  test.each<[string, string, RegExp]>([
    ["nothing to override", 'output "x" { value = 1 }\n', /nothing named x to override/],
    ["an aliased provider that does not exist", 'provider "p" {\n  alias = "q"\n}\n', /nothing named p\.q to override/],
    ["another kind of repetition", 'resource "a" "b" {\n  for_each = {}\n}\n', /two kinds of repetition/],
  ])("an override file with %s is not readable", (_title, text, why) => {
    const root = configurationOfFile(
      file({ "/main.tf": 'resource "a" "b" {\n  count = 1\n}\n', "/override.tf": text }),
    );
    expect(root.unreadable).toMatch(why);
  });

  test("a default provider may be overridden though it is not declared", () => {
    const root = configurationOfFile(file({ "/override.tf": 'provider "p" {\n  region = "r"\n}\n' }));
    expect([root.unreadable, shown(root.providers.get("p")!.attributes.get("region")!)]).toEqual([
      undefined,
      { value: "r" },
    ]);
  });

  test("a variable whose type an override changes has a default that is unknown, since terraform converts it twice", () => {
    const main = 'variable "v" {\n  type    = number\n  default = "01"\n}\n';
    const root = configurationOfFile(
      file({ "/main.tf": main, "/override.tf": 'variable "v" {\n  type = string\n}\n' }),
    );
    expect(root.variables.get("v")!.default!.expression().kind).toBe("unsupported");
    expect(root.variables.get("v")!.type!.expression()).toMatchObject({ name: "string" });
  });

  test("in JSON, duplicate blocks count twice", () => {
    const twice = '{ "provider": { "p": { "region": "a" } }, "provider": { "p": [{ "alias": "b", "region": "c" }] } }';
    const root = configurationOfFile(file({ "/main.tf.json": twice }));
    expect([...root.providers].map(([key, one]) => [key, shown(one.attributes.get("region")!)])).toEqual([
      ["p", { value: "a" }],
      ["p.b", { value: "c" }],
    ]);
    const both = configurationOfFile(file({ "/main.tf.json": '{ "resource": { "a": { "b": { "x": 1, "x": 2 } } } }' }));
    expect(both.resources.get("a.b")!.attributes.get("x")!.expression().kind).toBe("unsupported");
  });

  test("in JSON, keys of objects are templates, and a default is literal", () => {
    const text =
      '{ "output": { "o": { "value": { "$${a}": 1, "${b}": 2 } } }, "variable": { "v": { "default": "${c}", "nullable": "false" } } }';
    const root = configurationOfFile(file({ "/main.tf.json": text }));
    expect(root.outputs.get("o")!.expression()).toMatchObject({
      entries: [{ key: { kind: "string", value: "${a}" } }, { key: { kind: "wrap" } }],
    });
    expect(shown(root.variables.get("v")!.default!)).toEqual({ value: "${c}" });
    expect(root.variables.get("v")!.nullable).toBe(false);
  });

  test.each([
    "",
    "[",
    '{ "a": 1, }',
    '{ "a" 1 }',
    "{ a: 1 }",
    '"text"',
    "1",
    '[{ "output": [1] }]',
    '{ "x": "\\ud800" }',
    "{} {}",
    '{ "output": { "//": "c" } }',
    "[".repeat(5000),
  ])("invalid JSON, or JSON that is not a configuration, is not readable: %.30s", (text) => {
    expect(configurationOfFile(file({ "/main.tf.json": text })).unreadable).toMatch(/^main\.tf\.json:1 has /);
  });

  test("blocks of a resource are known by their types, dynamic ones too", () => {
    const native =
      'resource "a" "b" {\n  x = 1\n  one {}\n  dynamic "two" {\n    for_each = []\n    content {}\n  }\n  lifecycle {}\n}\n';
    const json =
      '{ "resource": { "a": { "c": { "x": 1, "one": {}, "dynamic": { "two": {} }, "list": ["y"], "lifecycle": {} } } } }';
    const { resources } = configurationOfFile(file({ "/a.tf": native, "/b.tf.json": json }));
    expect([...resources.values()].map(({ blockTypes }) => [...blockTypes])).toEqual([["one", "two"], ["one", "two"]]); // prettier-ignore
    expect([...resources.get("a.b")!.attributes.keys()]).toEqual(["x"]);
  });
});

describe("a plan file with an unexpected layout is refused:", () => {
  const main = { "/main.tf": "" };
  test.each<[string, Buffer, RegExp]>([
    ["no list of modules", zip([["tfplan", message(BY_TERRAFORM)]]), /holds no configuration/],
    ["no root module", file({}, []), /no root module/],
    ["a list of modules that is not a list", file(main, "{}"), /not as Terraform writes it/],
    ["a list of modules that is not JSON", file(main, "["), /list of modules|it has/],
    ["a key in another spelling", file(main, '[{"key":"","Key":"","Dir":"."}]'), /not as Terraform writes it/],
    ["a duplicate module", file(main, [...ROOT, ...ROOT]), /not as Terraform writes it/],
    ["files of another module", file({ ...main, "x/main.tf": "" }), /does not name/],
    ["files outside of modules", file({ "main.tf": "" }), /does not name/],
    [
      "two modules in one folder that differ",
      file({ ...main, "a/main.tf": "locals {}" }, [...ROOT, { Key: "a", Dir: "./" }]),
      /different files/,
    ],
  ])("%s", (_title, bytes, why) => {
    expect(() => configurationOfFile(bytes)).toThrow(ArchiveError);
    expect(() => configurationOfFile(bytes)).toThrow(why);
  });

  test("a workspace that is given twice, or not at all, is unknown", () => {
    const inner = message({ 1: "local", 3: "blue" }).toString("latin1");
    expect(workspaceOfPlan(zip([["tfplan", message({ 13: inner })]]))).toBe("blue");
    expect(workspaceOfPlan(zip([["tfplan", message({ 29: inner })]]))).toBe("blue");
    expect(workspaceOfPlan(zip([["tfplan", message({ 13: [inner, inner] })]]))).toBeUndefined();
    expect(workspaceOfPlan(zip([["tfplan", message(BY_TERRAFORM)]]))).toBeUndefined();
  });
});
