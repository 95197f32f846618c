import { proves } from "./support/cases";
import { addClb, ATTACHMENT, block, change, CLB, keepBinding, references, refer, spread } from "./support/plan";
import type { Json } from "./support/plan";

const T = `${ATTACHMENT}.t`;
const LB = `${CLB}.lb`;

/** A JSON expression: its text next to what it refers to. */
const text = (constant_value: unknown, ...lists: string[]): Json => ({ constant_value, ...references(...lists) });

describe("equivalent configurations get the same verdict", () => {
  const both = [`${T} <- ${LB}, ${CLB}.two`];
  proves([
    { title: "the older name of the CLB", edit: (p) => toSlb(p), proof: [`${T} <- alicloud_slb.lb`] },
    {
      title: "the provider's address in OpenTofu",
      edit: (p) => {
        const twin = (name: string): string => name.replace("registry.terraform.io", "registry.opentofu.org");
        for (const one of p.resource_changes) one.provider_name = twin(one.provider_name);
        p.configuration.provider_config.alicloud.full_name = twin(p.configuration.provider_config.alicloud.full_name);
        delete p.complete;
      },
      proof: [`${T} <- ${LB}`],
    },
    {
      title: "a condition between two good CLBs",
      edit: (p) => {
        addClb(p, "two");
        p.variables = { which: { value: false } };
        refer(p, references("var.which", `${LB}.id`, `${CLB}.two.id`));
      },
      proof: both,
    },
    {
      title: "a condition between two good CLBs, with its text",
      edit: (p) => {
        addClb(p, "two");
        p.variables = { which: { value: false } };
        refer(p, text(`\${var.which ? ${LB}.id : ${CLB}.two.id}`, "var.which", `${LB}.id`, `${CLB}.two.id`));
      },
      proof: both,
    },
    {
      title: "the id that coalesce selects, with its text",
      edit: (p) => {
        addClb(p, "two");
        refer(p, text(`\${coalesce(${LB}.id, ${CLB}.two.id)}`, `${LB}.id`, `${CLB}.two.id`));
      },
      // An id is never null or empty, so the first is the one.
      proof: [`${T} <- ${LB}`],
    },
    { title: "a template", edit: (p) => refer(p, text(`\${${LB}.id}`, `${LB}.id`)), proof: [`${T} <- ${LB}`] },
    {
      title: "a computed index, all instances good",
      of: "count-index-good",
      edit: (p) => {
        change(p, CLB, 1).change.after.address_type = "intranet";
        p.variables = { i: { value: 1 } };
        refer(p, { references: [LB, "var.i"] });
      },
      proof: [`${T} <- ${LB}[0], ${LB}[1]`],
    },
    {
      title: "the binding's index where no CLB has it, all instances good",
      of: "count-index-good",
      edit: (p) => {
        change(p, CLB, 1).change.after.address_type = "intranet";
        spread(p, change(p, ATTACHMENT), [7]);
        refer(p, { references: [LB, "count.index"] });
      },
      proof: [`${T}[7] <- ${LB}[0], ${LB}[1]`],
    },
    {
      title: "each.value of a map with one id",
      edit: (p) => {
        spread(p, change(p, ATTACHMENT), ["main"]);
        block(p, ATTACHMENT).for_each_expression = references(`${LB}.id`);
        refer(p, references("each.value"));
      },
      proof: [`${T}["main"] <- ${LB}`],
    },
    {
      title: "each.value of a map of objects with ids",
      edit: (p) => {
        spread(p, change(p, ATTACHMENT), ["main"]);
        block(p, ATTACHMENT).for_each_expression = references(`${LB}.id`);
        refer(p, references("each.value.lb"));
      },
      proof: [`${T}["main"] <- ${LB}`],
    },
    {
      title: "each.value of a map of objects, with its text and one attribute",
      edit: (p) => {
        spread(p, change(p, ATTACHMENT), ["main"]);
        const map = { main: { lb: `\${${LB}.id}`, network: "${alicloud_vpc.v.id}" } };
        block(p, ATTACHMENT).for_each_expression = text(map, `${LB}.id`, "alicloud_vpc.v.id");
        refer(p, text("${each.value.lb}", "each.value.lb"));
      },
      proof: [`${T}["main"] <- ${LB}`],
    },
    {
      title: "each.value of a set of keys",
      of: "for-each-one-bad",
      edit: (p) => {
        change(p, CLB, 1).change.after.address_type = "intranet";
        keepBinding(p, "x");
        delete block(p, ATTACHMENT).for_each_expression;
        refer(p, { references: [LB, "each.value"] });
      },
      proof: [`${T}["x"] <- ${LB}["x"], ${LB}["y"]`],
    },
    {
      title: "each.value of a set of keys, with its text",
      of: "for-each-one-bad",
      edit: (p) => {
        change(p, CLB, 1).change.after.address_type = "intranet";
        keepBinding(p, "x");
        block(p, ATTACHMENT).for_each_expression = { constant_value: `\${toset(["x","y"])}` };
        refer(p, { constant_value: `\${${LB}[each.value].id}`, references: [LB, "each.value"] });
      },
      proof: [`${T}["x"] <- ${LB}["x"], ${LB}["y"]`],
    },
    {
      title: "a region by variable",
      edit: (p) => {
        p.variables = { region: { value: "ap-southeast-1" } };
        p.configuration.provider_config.alicloud.expressions.region = references("var.region");
      },
      proof: [`${T} <- ${LB}`],
    },
    {
      title: "a region by variable, with its text",
      edit: (p) => {
        p.variables = { region: { value: "ap-southeast-1" } };
        p.configuration.provider_config.alicloud.expressions.region = text("${var.region}", "var.region");
      },
      proof: [`${T} <- ${LB}`],
    },
    {
      title: "a region from the environment, given with --region-from-env",
      edit: (p) => delete p.configuration.provider_config.alicloud.expressions.region,
      options: { regionFromEnv: "ap-southeast-1" },
      proof: [`${T} <- ${LB}`],
    },
    {
      title: "a region from the environment, given with --region-from-env, without a provider configuration",
      edit: (p) => delete p.configuration.provider_config.alicloud,
      options: { regionFromEnv: "ap-southeast-1" },
      proof: [`${T} <- ${LB}`],
    },
    {
      title: "a known vSwitch",
      edit: (p) => {
        change(p, CLB).change.after.vswitch_id = "vsw-t4n0123456789";
        delete change(p, CLB).change.after_unknown.vswitch_id;
      },
      proof: [`${T} <- ${LB}`],
    },
    {
      title: "a vSwitch under a condition that is known",
      edit: (p) => {
        p.variables = { internal: { value: true } };
        block(p, CLB).expressions.vswitch_id = references("var.internal", "alicloud_vswitch.s.id");
      },
      proof: [`${T} <- ${LB}`],
    },
    { title: "format 1.9", edit: (p) => (p.format_version = "1.9"), proof: [`${T} <- ${LB}`] },
    {
      title: "an unknown action",
      edit: (p) => (change(p, CLB).change.actions = ["adopt"]),
      proof: [`${T} <- ${LB}`],
    },
    {
      title: "resources of unknown types",
      edit: (p) => p.resource_changes.push(stranger()),
      proof: [`${T} <- ${LB}`],
    },
    {
      title: "sensitive marks",
      edit: (p) => (change(p, CLB).change.after_sensitive = { address_type: true }),
      proof: [`${T} <- ${LB}`],
    },
  ]);

  function toSlb(p: Json): void {
    const clb = change(p, CLB);
    const its = block(p, CLB);
    for (const one of [clb, its]) Object.assign(one, { type: "alicloud_slb", address: "alicloud_slb.lb" });
    refer(p, references("alicloud_slb.lb.id"));
  }

  function stranger(): Json {
    return {
      address: "random_id.x",
      mode: "managed",
      type: "random_id",
      name: "x",
      provider_name: "registry.terraform.io/hashicorp/random",
      change: { actions: ["create"], before: null, after: { byte_length: 4 }, after_unknown: { hex: true } },
    };
  }
});
