import { closerPlan, type JsonObject } from "../../../src/plan";
import { CLB, ATTACHMENT, type Json } from "../../gate/support/plan";
import { ENCRYPTED, zip } from "../support/plan-file";

const LB = `${CLB}.lb`;
/** What a binding's id becomes where nothing tells which instance is meant. */
const ANY = { references: [LB] };

const hidden = (reference: string, by = "count.index"): Json => ({ references: [reference, by] });

/** A plan whose configuration has one binding in the root module, and calls of modules. */
function plan(bind_instance_id: Json, module_calls: Json = {}): JsonObject {
  const binding = { mode: "managed", type: ATTACHMENT, name: "b", expressions: { bind_instance_id } };
  return { resource_changes: [], configuration: { root_module: { resources: [binding], module_calls } } };
}

function file(sources: Readonly<Record<string, string>>): () => Buffer {
  return () => zip(Object.entries(sources).map(([name, text]) => [`tfconfig/m-${name}`, Buffer.from(text)]));
}

const bind = (expression: string): string =>
  `resource "${ATTACHMENT}" "b" {\n  count            = 2\n  bind_instance_id = ${expression}\n}\n`;

/** What the closer plan says of the binding's id; undefined when there is none. */
function told(sources: Readonly<Record<string, string>>, expression = hidden(LB)): Json {
  const closer = closerPlan(plan(expression), file(sources)) as Json;
  return closer?.configuration.root_module.resources[0].expressions.bind_instance_id;
}

describe("a plain reference by the own key says nothing that the JSON does not", () => {
  test.each([
    `${LB}[count.index].id`,
    `(( ${LB} [ count . index ] . id ))`,
    `"\${${LB}[count.index].id}"`,
    `"\${~ (${LB}[count.index].id) ~}" # ${LB}[count.index + 1].id`,
    `/* " { <<EOT */ ${LB}[/* ] */ count.index].id // }`,
    `(\n    ${LB}[\n      count.index # here\n    ].id\n  )`,
  ])("%s", (expression) => {
    expect(told({ "/main.tf": bind(expression) })).toBeUndefined();
  });

  test("in whatever else a file holds", () => {
    const noise = [
      `# resource "${ATTACHMENT}" "b" { bind_instance_id = ${LB}[count.index + 1].id }`,
      `/* resource "${ATTACHMENT}" "b" {\n bind_instance_id = 1\n} */`,
      `locals {\n  a = <<EOT\nresource "${ATTACHMENT}" "b" {\n  bind_instance_id = \${ "}" }\n}\n  EOT\n  b = <<-END\n " $\${ %%{ \${ [for x in ["}"] : x][0] } # {\n  END\n}`,
      `locals {\n  c = "$\${ \\" { \${ join("\${"}"}", ["{"]) } %{ if true }{%{ endif }"\n  d = { x = 1, "y" : [ 2 ] }\n}`,
      `terraform {\n  required_providers {\n    x = { source = "x/y" }\n  }\n}`,
      `resource unquoted labels { bind_instance_id = 1 }`,
    ].join("\n");
    expect(
      told({ "/a.tf": `\uFEFF${noise}\r\n`, "/main.tf": `${noise}\n${bind(`${LB}[count.index].id`)}` }),
    ).toBeUndefined();
  });
});

describe("anything else is handed over as the text it is, with what chooses an instance left out", () => {
  test.each([
    [`${LB}[count.index + 1].id`, `\${${LB}[…].id}`],
    [`${LB}[count.index-1].id`, `\${${LB}[…].id}`],
    [`"\${${LB}[(count.index + 1) % 2].id}"`, `\${${LB}[…].id}`],
    [`${LB}[replace("]", "[", count.index)].id`, `\${${LB}[…].id}`],
    [`(\n${LB}[\ncount.index\n+ 1\n].id\n)`, `\${${LB}[…].id}`],
    [`${LB}["\${(count.index)}"].id`, `\${${LB}[count.index].id}`],
    [`${LB}[count.index].address`, `\${${LB}[count.index].address}`],
    [`${LB}[count.index]["id"]`, `\${${LB}[count.index]["id"]}`],
    [`${LB}[*].id[count.index + 1]`, `\${${LB}[*].id[…]}`],
    [`element(${LB}.*.id, count.index)`, `\${element(${LB}.*.id, count.index)}`],
    [`replace(${LB}[count.index].id, "/.*/", "x")`, `\${replace(${LB}[count.index].id, "/.*/", "x")}`],
    [`[for i in\n [count.index] : ${LB}[i].id][0]`, `\${[for i in [count.index] : ${LB}[…].id][0]}`],
    [`"x\${${LB}[count.index].id}"`, `\${"x\${${LB}[count.index].id}"}`],
    [`"\${${LB}[count.index].id}\${""}"`, `\${"\${${LB}[count.index].id}\${""}"}`],
    [`true ? ${LB}[count.index].id : ${LB}[1 + count.index].id`, `\${true ? ${LB}[count.index].id : ${LB}[…].id}`],
    [`<<EOT\n\${${LB}[count.index].id}\nEOT`, `\${<<EOT \${${LB}[count.index].id} EOT}`],
  ])("%s", (expression, text) => {
    expect(told({ "/main.tf": bind(expression) })).toEqual({ ...hidden(LB), constant_value: text });
  });

  test("for each.key as for count.index", () => {
    const by = hidden(LB, "each.key");
    expect(told({ "/main.tf": bind(`${LB}[each.key].id`) }, by)).toBeUndefined();
    expect(told({ "/main.tf": bind(`${LB}[lower(each.key)].id`) }, by)).toEqual({
      ...by,
      constant_value: `\${${LB}[…].id}`,
    });
  });

  test("in an override file, or where one overrides", () => {
    const [plain, next] = [bind(`${LB}[count.index].id`), bind(`${LB}[count.index + 1].id`)];
    expect(told({ "/main.tf": plain, "/main_override.tf": next })).toMatchObject({ constant_value: `\${${LB}[…].id}` });
    expect(told({ "/main.tofu": next, "/main.tf": plain })).toMatchObject({ constant_value: `\${${LB}[…].id}` });
  });
});

describe("where the source does not tell, any instance may be meant", () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ["there is no source", {}],
    ["it is another module's", { "other/main.tf": bind(`${LB}[count.index].id`) }],
    ["it is another block's", { "/main.tf": bind(`${LB}[count.index].id`).replace('"b"', '"c"') }],
    [
      "the attribute is a block's inside",
      { "/main.tf": `resource "${ATTACHMENT}" "b" {\n  x {\n    bind_instance_id = ${LB}[count.index].id\n  }\n}` },
    ],
    ["only a text looks like it", { "/main.tf": `locals {\n  x = <<E\n${bind(`${LB}[count.index].id`)}E\n}\n` }],
    ["it is in JSON, and the JSON shows no text", { "/main.tf.json": "{}" }],
    ...[
      `resource "x" "y" {\n  a = "`,
      `resource "x" "y" {\n  a = [1}\n}`,
      `a = 1\na = 2`,
      `}`,
      `resource "x" "y" =`,
      `a =`,
      `a = <<E\nx`,
      `a = "$$\${b}"`,
      `a = \u0001`,
      `a = ${'"${'.repeat(200)}`,
    ].map((broken): [string, Record<string, string>] => [
      `a file of the module cannot be read: ${JSON.stringify(broken).slice(0, 40)}`,
      { "/main.tf": bind(`${LB}[count.index].id`), "/other.tf": broken },
    ]),
  ])("%s", (_title, sources) => {
    expect(told(sources)).toEqual(ANY);
  });

  test("the file holds two sources of one name, or is no archive", () => {
    const name = "tfconfig/m-/main.tf";
    const twice = zip([name, name].map((one) => [one, Buffer.from(bind(`${LB}[count.index].id`))]));
    for (const bytes of [twice, Buffer.from("no archive")]) {
      const closer = closerPlan(plan(hidden(LB)), () => bytes) as Json;
      expect(closer.configuration.root_module.resources[0].expressions.bind_instance_id).toEqual(ANY);
    }
  });

  test("but a file that only its owner can read leaves the JSON as it is", () => {
    expect(closerPlan(plan(hidden(LB)), () => ENCRYPTED)).toBeUndefined();
  });
});

describe("arguments of modules, at any depth", () => {
  const deep = (expression: Json): JsonObject =>
    plan(
      { references: ["module.m.id", "module.m"] },
      { o: { module: { module_calls: { i: { expressions: { lb: expression }, module: {} } } } } },
    );
  const argument = (closer: Json): Json =>
    closer?.configuration.root_module.module_calls.o.module.module_calls.i.expressions.lb;
  const call = (expression: string): Record<string, string> => ({
    "/main.tf": `module "i" {\n  lb = module.n[count.index + 1].id\n}\n`,
    "o/main.tf": `module "i" {\n  source = "../i"\n  lb = ${expression}\n}\n`,
  });

  test.each<[string, string, { constant_value: string }]>([
    [
      "the own key, because the JSON does not show the output",
      "module.n[count.index].id",
      { constant_value: "${module.n[count.index].id}" },
    ],
    ["another key", "module.n[count.index + 1].any", { constant_value: "${module.n[…].any}" }],
    ["a part of what it gives", "module.n[count.index].lb.id", { constant_value: "${module.n[count.index].lb.id}" }],
  ])("%s", (_title, expression, expected) => {
    const closer = closerPlan(deep(hidden("module.n")), file(call(expression)));
    expect(argument(closer)).toEqual({ ...hidden("module.n"), ...expected });
  });
});

describe("a region of variables without a value", () => {
  const withRegion = (
    references: readonly string[],
    variables: Json = { r: { value: null } },
    more: Json = {},
  ): JsonObject => ({
    ...plan({}),
    variables,
    configuration: { provider_config: { p: { name: "alicloud", ...more, expressions: { region: { references } } } } },
  });
  const region = (closer: Json): Json => closer?.configuration.provider_config.p.expressions.region.constant_value;
  const provider = (expression: string, more = ""): string =>
    `provider "alicloud" {\n  region = ${expression}\n${more}}\n`;
  const hk = provider('"cn-hongkong"', '  alias = "hk"\n');

  test.each<[string, string, string | undefined]>([
    ["is the variable", provider("var.r") + hk, undefined],
    ["is it in another writing", provider('"${ (var.r) }"'), undefined],
    [
      "has another value to fall back on",
      provider('coalesce(var.r, "cn-hongkong")'),
      '${coalesce(var.r, "cn-hongkong")}',
    ],
    ["is not in the source", hk, "${}"],
  ])("%s", (_title, source, text) => {
    expect(region(closerPlan(withRegion(["var.r"]), file({ "/main.tf": source })))).toBe(text);
  });

  test("is that of the provider with this alias", () => {
    const source = { "/main.tf": provider("var.r") + provider('var.r == "" ? "x" : var.r', '  alias = "hk"\n') };
    const aliased = withRegion(["var.r"], { r: { value: "" } }, { alias: "hk" });
    expect(region(closerPlan(aliased, file(source)))).toBe('${var.r == "" ? "x" : var.r}');
  });

  test.each<[string, JsonObject]>([
    ["has a value", withRegion(["var.r"], { r: { value: "cn-hongkong" } })],
    ["is a variable that the plan does not hold", withRegion(["var.r"], {})],
    ["is a part of one", withRegion(["var.r.x", "var.r"])],
    ["is in another module", withRegion(["var.r"], { r: {} }, { module_address: "module.m" })],
    ["shows nothing", withRegion([])],
  ])("is none where it %s", (_title, given) => {
    expect(closerPlan(given, () => Buffer.from("no archive"))).toBeUndefined();
  });
});

describe("the file is read only where a key alone tells which instance is meant", () => {
  const unread = (): Buffer => {
    throw new Error("read");
  };

  test.each<[string, Json]>([
    ["a whole reference", { references: [`${LB}.id`, LB] }],
    ["a key that is written", { references: [`${LB}[0].id`, `${LB}[0]`, LB] }],
    ["a text beside it", { ...hidden(LB), constant_value: "x" }],
    ["another reference beside it", { references: [LB, "count.index", "var.x"] }],
    ["a key of something else", { references: ["var.x", "count.index"] }],
    ["a key alone", { references: ["count.index"] }],
    ["no references", {}],
    ["no expression", null],
  ])("%s", (_title, expression) => {
    expect(closerPlan(plan(expression), unread)).toBeUndefined();
  });

  test("and the plan itself stays as it is", () => {
    const given = plan(hidden(LB));
    const before = structuredClone(given);
    expect(closerPlan(given, file({}))).not.toEqual(before);
    expect(given).toEqual(before);
  });
});
