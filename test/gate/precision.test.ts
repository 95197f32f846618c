import { proves } from "./support/cases";
import { check } from "./support/judge";
import {
  addClb,
  addDataSource,
  ATTACHMENT,
  block,
  change,
  CLB,
  fixture,
  references,
  refer,
  spread,
} from "./support/plan";
import type { Json } from "./support/plan";

const T = `${ATTACHMENT}.t`;
const LB = `${CLB}.lb`;

/** A JSON expression: its text beside what it refers to. */
const text = (constant_value: unknown, ...lists: string[]): Json => ({ constant_value, ...references(...lists) });

/** Leaves only this instance of the bindings of for-each-one-bad, whose CLB `y` is internet-facing. */
function only(plan: Json, key: string): void {
  plan.resource_changes = plan.resource_changes.filter((one: Json) => one.type !== ATTACHMENT || one.index === key);
}

/** Puts keys in the place of `x` and `y`, as Terraform writes them. */
function rename(plan: Json, x: string, y: string): void {
  for (const one of plan.resource_changes) {
    if (one.index === undefined) continue;
    const key = one.index === "x" ? x : y;
    one.address = `${one.address.slice(0, one.address.indexOf("[")) as string}[${JSON.stringify(key)}]`;
    one.index = key;
  }
}

describe("a good instance is not refused because its neighbour is bad", () => {
  proves([
    { title: "real: by a literal index", of: "count-index-good", edit: () => undefined, proof: [`${T} <- ${LB}[0]`] },
    {
      title: "by each.key",
      of: "for-each-one-bad",
      edit: (p) => only(p, "x"),
      proof: [`${T}["x"] <- ${LB}["x"]`],
    },
    ...["a.b", `c"d`, "e[0]", "ünï", "😀", "lb-x", "lb-0123456789", "a\\b", "__proto__", "", "each.key"].map((key) => ({
      title: `by the key ${JSON.stringify(key)}`,
      of: "for-each-one-bad",
      edit: (p: Json): void => {
        only(p, "x");
        rename(p, key, "y");
      },
      proof: [`${T}[${JSON.stringify(key)}] <- ${LB}[${JSON.stringify(key)}]`],
    })),
    {
      title: "by each.key in a text",
      of: "for-each-one-bad",
      edit: (p) => {
        only(p, "x");
        refer(p, { constant_value: `\${${LB}[each.key].id}`, references: [LB, "each.key"] });
      },
      proof: [`${T}["x"] <- ${LB}["x"]`],
    },
    {
      title: "by a literal key",
      of: "for-each-one-bad",
      edit: (p) => {
        only(p, "y");
        refer(p, references(`${LB}["x"].id`));
      },
      proof: [`${T}["y"] <- ${LB}["x"]`],
    },
    {
      title: "by count.index",
      of: "count-index-good",
      edit: (p) => {
        spread(p, change(p, ATTACHMENT), [0]);
        refer(p, { references: [LB, "count.index"] });
      },
      proof: [`${T}[0] <- ${LB}[0]`],
    },
    {
      title: "by each.value of the CLBs themselves",
      of: "for-each-one-bad",
      edit: (p) => {
        only(p, "x");
        block(p, ATTACHMENT).for_each_expression = references(LB);
        refer(p, references("each.value.id"));
      },
      proof: [`${T}["x"] <- ${LB}["x"]`],
    },
    {
      title: "beside another CLB",
      edit: (p) => addClb(p, "bad", { address_type: "internet" }),
      proof: [`${T} <- ${LB}`],
    },
    {
      title: "beside a CLB of a provider nobody knows",
      edit: (p) => (addClb(p, "bad").provider_name = "registry.terraform.io/evil/alicloud"),
      proof: [`${T} <- ${LB}`],
    },
  ]);
});

describe("what is written in another way is the same thing", () => {
  const both = [`${T} <- ${LB}, ${CLB}.two`];
  proves([
    { title: "the older name of the CLB", edit: (p) => toSlb(p), proof: [`${T} <- alicloud_slb.lb`] },
    {
      title: "the provider as OpenTofu names it",
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
      title: "one of the ids that coalesce picks, with its text",
      edit: (p) => {
        addClb(p, "two");
        refer(p, text(`\${coalesce(${LB}.id, ${CLB}.two.id)}`, `${LB}.id`, `${CLB}.two.id`));
      },
      proof: both,
    },
    { title: "a text", edit: (p) => refer(p, text(`\${${LB}.id}`, `${LB}.id`)), proof: [`${T} <- ${LB}`] },
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
      title: "each.value of a map of objects, with its text: the part that is meant",
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
        only(p, "x");
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
        only(p, "x");
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
      title: "a region by environment, named",
      edit: (p) => delete p.configuration.provider_config.alicloud.expressions.region,
      options: { regionFromEnv: "ap-southeast-1" },
      proof: [`${T} <- ${LB}`],
    },
    {
      title: "a region by environment, named, no provider configured at all",
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
      title: "an action never seen before",
      edit: (p) => (change(p, CLB).change.actions = ["adopt"]),
      proof: [`${T} <- ${LB}`],
    },
    {
      title: "resources the gate has never heard of",
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

describe("modules are followed", () => {
  const M = `module.m.${LB}`;
  const module = (p: Json): Json => p.configuration.root_module.module_calls.m.module;
  proves([
    { title: "real: an output", of: "module-output-good", edit: () => undefined, proof: [`${T} <- ${M}`] },
    {
      title: "an object among the outputs",
      of: "module-output-good",
      edit: (p) => {
        module(p).outputs.clb = { expression: references(LB) };
        refer(p, references("module.m.clb.id"));
      },
      proof: [`${T} <- ${M}`],
    },
    {
      title: "a list with one id",
      of: "module-output-good",
      edit: (p) => {
        module(p).outputs.ids = { expression: references(`${LB}.id`) };
        refer(p, references("module.m.ids[0]"));
      },
      proof: [`${T} <- ${M}`],
    },
    {
      title: "the module as a whole, its other outputs surely no ids of CLBs",
      of: "module-output-good",
      edit: (p) => {
        module(p).outputs.address = { expression: references(`${LB}.address`) };
        refer(p, { references: ["module.m", "terraform.workspace"] });
      },
      proof: [`${T} <- ${M}`],
    },
  ]);
});

describe("ids that are written down", () => {
  const good = { id: "lb-gs5abcdefgh", address_type: "intranet", vswitch_id: "vsw-1", network_type: "vpc" };
  const of = "literal-id";
  const D = `${T} <- data.alicloud_slb_load_balancers.d`;
  proves([
    { title: "seen by a data source", of, edit: (p) => addDataSource(p, [good]), proof: [D] },
    {
      title: "seen by a data source beside others",
      of,
      edit: (p) => addDataSource(p, [{ ...good, id: "lb-other00000", address_type: "internet" }, good]),
      proof: [D],
    },
    {
      title: "seen by the older data source",
      of,
      edit: (p) => addDataSource(p, [good], "alicloud_slbs"),
      proof: [`${T} <- data.alicloud_slbs.d`],
    },
  ]);

  test("a sensitive id is judged and shown nowhere", async () => {
    const plan = fixture(of);
    addDataSource(plan, [good]);
    change(plan, ATTACHMENT).change.after_sensitive = { bind_instance_id: true };
    const allowed = await check(plan);
    expect(allowed.verdict).toBe("allowed");
    expect(JSON.stringify(allowed)).not.toContain(good.id);
    delete plan.prior_state;
    const denied = await check(plan);
    expect(denied.verdict).toBe("denied");
    expect(JSON.stringify(denied)).not.toContain(good.id);
  });
});

describe("plans without a binding", () => {
  test.each<[string, (plan: Json) => void]>([
    [
      "nothing to do, by count",
      (p) => {
        delete p.resource_changes;
        p.applyable = false;
      },
    ],
    [
      "a stack that was never applied, to be destroyed",
      (p) => {
        delete p.resource_changes;
        p.applyable = false;
        p.planned_values = {};
      },
    ],
    [
      "only outputs",
      (p) => {
        delete p.resource_changes;
        p.configuration.root_module = { outputs: { x: { expression: {} } } };
      },
    ],
    [
      "only other resources",
      (p) => {
        p.resource_changes = p.resource_changes.filter((one: Json) => one.type.startsWith("alicloud_v"));
        p.configuration.root_module.resources = p.configuration.root_module.resources.filter((one: Json) =>
          one.type.startsWith("alicloud_v"),
        );
      },
    ],
  ])("%s", async (_title, edit) => {
    const plan = fixture("internal-vpc");
    edit(plan);
    const report = await check(plan);
    expect({ verdict: report.verdict, bindings: report.bindings }).toEqual({ verdict: "allowed", bindings: 0 });
  });
});

test("a byte order mark before the plan changes nothing", async () => {
  const report = await check(Buffer.from(`\ufeff${JSON.stringify(fixture("internal-vpc"))}`));
  expect(report.verdict).toBe("allowed");
});
