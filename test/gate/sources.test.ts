import { refuses } from "./support/cases";
import { addDataSource, ATTACHMENT, block, change, CLB, fixture, references } from "./support/plan";
import type { Json } from "./support/plan";

const target = "binding/provable-target";
const internal = "binding/internal-only";

/** A JSON expression: its text next to what it refers to. */
const text = (constant_value: unknown, ...lists: string[]): Json => ({ constant_value, ...references(...lists) });

describe("a vSwitch that may not be one is refused", () => {
  const vpc = "binding/vpc-only";
  const take =
    (expression: Json): ((p: Json) => void) =>
    (p) =>
      void (block(p, CLB).expressions.vswitch_id = expression);
  refuses([
    ...[
      references("alicloud_vpc.v.id"),
      references("alicloud_vswitch.s.vpc_id"),
      references("alicloud_vswitch.other.id"),
      references("alicloud_vswitch.s.id", "random_id.x.b64"),
      references("alicloud_vswitch.s.id", "local.x"),
      references("alicloud_vswitch.s.id", "data.alicloud_vswitches.d.ids"),
      references("var.v"),
      { constant_value: "vsw-1" },
      {},
      null,
      text(`\${trimprefix(alicloud_vswitch.s.id, "vsw-")}`, "alicloud_vswitch.s.id"),
    ].map((expression) => ({ title: JSON.stringify(expression), edit: take(expression), by: vpc })),
    { title: "left out of the configuration", edit: (p) => delete block(p, CLB).expressions.vswitch_id, by: vpc },
    {
      title: "a vSwitch that is destroyed",
      edit: (p) => Object.assign(change(p, "alicloud_vswitch").change, { actions: ["delete"], after: null }),
      by: vpc,
    },
  ]);
});

describe("a region that is not proven is refused", () => {
  const region =
    (expressions: Json): ((p: Json) => void) =>
    (p) =>
      void (p.configuration.provider_config.alicloud.expressions = expressions);
  const by = "binding/region-matches-target";
  refuses([
    { title: "the environment, without --region-from-env", edit: region({}), by },
    {
      title: "the environment, with another --region-from-env",
      edit: region({}),
      by,
      options: { regionFromEnv: "cn-hongkong" },
    },
    { title: "a local value", edit: region({ region: references("local.r") }), by },
    {
      title: "a local value, with --region-from-env",
      edit: region({ region: references("local.r") }),
      by,
      options: { regionFromEnv: "ap-southeast-1" },
    },
    {
      title: "the name of the workspace, with --region-from-env",
      edit: region({ region: references("terraform.workspace") }),
      by,
      options: { regionFromEnv: "ap-southeast-1" },
    },
    { title: "a variable that is not in the plan", edit: region({ region: references("var.r") }), by },
    { title: "a resource", edit: region({ region: references("terraform_data.x.output") }), by },
    {
      title: "two variables",
      edit: (p) => {
        p.variables = { a: { value: "ap-southeast-1" }, b: { value: "cn-hongkong" } };
        region({ region: references("var.a", "var.b") })(p);
      },
      by,
    },
    { title: "another provider configuration", of: "alias-mismatch", edit: () => undefined, by },
    {
      title: "no provider configuration of that name",
      edit: (p) => (block(p, CLB).provider_config_key = "alicloud.other"),
      by,
    },
  ]);
});

describe("an id that a data source read and that proves nothing is refused", () => {
  const id = fixture("literal-id").resource_changes.find((one: Json) => one.type === ATTACHMENT).change.after
    .bind_instance_id as string;
  const good = { id, address_type: "intranet", vswitch_id: "vsw-1", network_type: "vpc" };
  const seen =
    (...balancers: Json[]): ((p: Json) => void) =>
    (p) =>
      void addDataSource(p, balancers);
  const of = "literal-id";
  refuses([
    { title: "of an internet-facing CLB", of, edit: seen({ ...good, address_type: "internet" }), by: internal },
    {
      title: "of a CLB that shows no address type",
      of,
      edit: seen({ ...good, address_type: undefined }),
      by: internal,
    },
    {
      title: "of a CLB in the classic network",
      of,
      edit: seen({ ...good, network_type: "classic" }),
      by: "binding/vpc-only",
    },
    { title: "of a CLB without a vSwitch", of, edit: seen({ ...good, vswitch_id: "" }), by: "binding/vpc-only" },
    { title: "of another CLB", of, edit: seen({ ...good, id: "lb-other00000" }), by: target },
    { title: "of no CLB", of, edit: seen(), by: target },
    {
      title: "internal in one entry and not in another",
      of,
      edit: seen(good, { ...good, address_type: "internet" }),
      by: internal,
    },
    {
      title: "in another region",
      of,
      edit: (p) => {
        seen(good)(p);
        p.configuration.provider_config["alicloud.hk"] = {
          name: "alicloud",
          alias: "hk",
          expressions: { region: { constant_value: "cn-hongkong" } },
        };
        p.configuration.root_module.resources.at(-1).provider_config_key = "alicloud.hk";
      },
      by: "binding/region-matches-target",
    },
    {
      title: "that is read again during apply",
      of,
      edit: (p) => {
        const read = addDataSource(p, [good]);
        const { address, mode, type, name, provider_name } = read;
        p.resource_changes.push({
          address,
          mode,
          type,
          name,
          provider_name,
          change: { actions: ["read"], before: null, after: {}, after_unknown: {} },
        });
      },
      by: target,
    },
    {
      title: "that is only in the state",
      of,
      edit: (p) => {
        addDataSource(p, [good]);
        p.configuration.root_module.resources.pop();
      },
      by: target,
    },
    { title: "in managed mode", of, edit: (p) => void (addDataSource(p, [good]).mode = "managed"), by: target },
  ]);
});
