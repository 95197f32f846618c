import { proves, refuses } from "./support/cases";
import {
  addClb,
  addDataSource,
  ADDRESS,
  ATTACHMENT,
  block,
  change,
  CLB,
  references,
  refer,
  spread,
} from "./support/plan";
import type { Json } from "./support/plan";

const T = `${ATTACHMENT}.t`;
const LB = `${CLB}.lb`;
const target = "binding/provable-target";

describe("the region is a part of a larger value", () => {
  const variables = {
    cfg: { value: { region: "ap-southeast-1", hk: { region: "cn-hongkong" }, all: ["cn-hongkong", "ap-southeast-1"] } },
    name: { value: "ap-southeast-1" },
  };
  const region =
    (expression: Json): ((p: Json) => void) =>
    (p) => {
      p.variables = variables;
      p.configuration.provider_config.alicloud.expressions.region = expression;
    };
  const by = "binding/region-matches-target";
  proves(
    ["var.cfg.region", 'var.cfg["region"]', "var.cfg.all[1]", 'var.cfg["all"][1]'].map((reference) => ({
      title: reference,
      edit: region(references(reference)),
      proof: [`${T} <- ${LB}`],
    })),
  );
  refuses(
    ["var.cfg", "var.cfg.hk", "var.cfg.hk.region", "var.cfg.all[0]", "var.cfg.all[2]", "var.cfg.other", "var.name.region"].map(
      (reference) => ({ title: reference, edit: region(references(reference)), by }),
    ),
  ); // prettier-ignore

  /** The provider is configured in a module, from an object that the module is called with. */
  const called =
    (cfg: Json): ((p: Json) => void) =>
    (p) => {
      p.variables = variables;
      const call = p.configuration.root_module.module_calls.m;
      call.expressions = { ...call.expressions, cfg };
      call.module.variables = { ...call.module.variables, cfg: {} };
      block(p, CLB, { module: "m" }).provider_config_key = "module.m:alicloud";
      p.configuration.provider_config["module.m:alicloud"] = {
        ...p.configuration.provider_config.alicloud,
        module_address: "module.m",
        expressions: { region: references("var.cfg.region") },
      };
    };
  const of = "module-output-good";
  const own = { region: "ap-southeast-1" };
  proves(
    [
      { constant_value: own },
      { constant_value: { ...own, vswitch: "${alicloud_vswitch.s.id}" }, ...references("alicloud_vswitch.s.id") },
      { constant_value: { region: "${var.cfg.region}" }, ...references("var.cfg.region") },
      { constant_value: "${var.cfg}", ...references("var.cfg") },
    ].map((cfg) => ({
      title: `of a call with ${JSON.stringify(cfg)}`,
      of,
      edit: called(cfg),
      proof: [`${T} <- module.m.${LB}`],
    })),
  );
  refuses([
    { title: "of a call with another region", of, edit: called({ constant_value: { region: "cn-hongkong" } }), by },
    {
      title: "of an object without text, which may have another region next to the variable",
      of,
      edit: called(references("var.name")),
      by,
    },
    {
      title: "of an object without text, which may be merged with another",
      of,
      edit: called(references("var.cfg")),
      by,
    },
  ]);
});

describe("a null region is the environment's", () => {
  const edit = (p: Json): void => {
    p.variables = { region: { value: null } };
    p.configuration.provider_config.alicloud.expressions.region = references("var.region");
  };
  proves([{ title: "named", edit, options: { regionFromEnv: "ap-southeast-1" }, proof: [`${T} <- ${LB}`] }]);
  refuses([
    { title: "without --region-from-env", edit, by: "binding/region-matches-target" },
    {
      title: "with another --region-from-env",
      edit,
      by: "binding/region-matches-target",
      options: { regionFromEnv: "eu-central-1" },
    },
  ]);
});

describe("keys that look like ids", () => {
  const keyed =
    (value: unknown): ((p: Json) => void) =>
    (p) => {
      spread(p, change(p, CLB), ["lb-main", "lb-other"]);
      p.variables = { key: { value } };
      refer(p, references(LB, "var.key"));
    };
  const both = [`${T} <- ${LB}["lb-main"], ${LB}["lb-other"]`];
  proves([
    { title: "are keys where a CLB has such keys", edit: keyed("lb-main"), proof: both },
    { title: "are keys in a list", edit: keyed(["lb-main", "lb-other"]), proof: both },
  ]);
  refuses([
    { title: "are ids where no CLB has such keys", edit: keyed("lb-elsewhere"), by: target },
    { title: "are ids among keys", edit: keyed({ "lb-main": "lb-elsewhere" }), by: target },
  ]);
});

describe("the provider's data source with each load balancer in two lists, the older one without an address type", () => {
  const id = "lb-gs5abcdefgh";
  const newer = { id, address_type: "intranet", vswitch_id: "vsw-1", network_type: "vpc" };
  const older = { id, internet: false, vswitch_id: "vsw-1", network_type: "vpc" };
  const of = "literal-id";
  const seen =
    (balancers: readonly Json[], slbs: readonly Json[]): ((p: Json) => void) =>
    (p) =>
      void (addDataSource(p, balancers).values.slbs = slbs);
  proves([
    {
      title: "internal in both",
      of,
      edit: seen([newer], [older]),
      proof: [`${T} <- data.alicloud_slb_load_balancers.d`],
    },
  ]);
  const by = "binding/internal-only";
  refuses([
    { title: "internet-facing", of, edit: seen([{ ...newer, address_type: "internet" }], [older]), by },
    { title: "internet-facing in the older list", of, edit: seen([newer], [{ ...older, internet: true }]), by },
    { title: "in a list that is not a list", of, edit: seen({ 0: newer } as never, [older]), by },
    { title: "in the older list only", of, edit: seen([], [older]), by },
    {
      title: "classic in the older list",
      of,
      edit: seen([newer], [{ ...older, network_type: "classic" }]),
      by: "binding/vpc-only",
    },
  ]);
});

describe("an Anycast EIP of which a plan says that its id changes", () => {
  refuses([
    {
      title: "is none that a binding may take by the id of before",
      edit: (p) => {
        const address = change(p, ADDRESS).change;
        address.actions = ["no-op"];
        address.before = { ...address.after, id: "aeip-bp1old" };
        address.after.id = "aeip-bp1new";
        delete address.after_unknown.id;
        const binding = change(p, ATTACHMENT).change;
        binding.after.anycast_id = "aeip-bp1old";
        delete binding.after_unknown.anycast_id;
      },
      by: "binding/provable-target",
    },
  ]);
});

describe("a binding that takes its address from another binding", () => {
  const second =
    (after: Json): ((p: Json) => void) =>
    (p) => {
      addClb(p, "two");
      const first = change(p, ATTACHMENT).change;
      first.after.association_mode = "Default";
      delete first.after_unknown.association_mode;
      const copy = structuredClone(change(p, ATTACHMENT));
      Object.assign(copy, { address: `${ATTACHMENT}.u`, name: "u" });
      Object.assign(copy.change.after, after);
      p.resource_changes.push(copy);
      p.configuration.root_module.resources.push({
        ...block(p, ATTACHMENT),
        address: `${ATTACHMENT}.u`,
        name: "u",
        expressions: { bind_instance_id: references(`${CLB}.two.id`), anycast_id: references(`${T}.anycast_id`) },
      });
    };
  refuses([
    {
      title: "is of the same one, with two bindings in one region",
      edit: second({ association_mode: "Normal" }),
      by: "binding/one-per-region",
    },
    {
      title: "is of the same one, with two defaults",
      edit: second({ association_mode: "Default", bind_instance_region_id: "cn-hongkong" }),
      by: "binding/one-default-per-address",
    },
  ]);
  proves([
    {
      title: "may be of another one where the plan does not show it",
      edit: (p) => {
        second({ association_mode: "Normal" })(p);
        p.configuration.root_module.resources.at(-1).expressions.anycast_id = references("local.a", `${ADDRESS}.a.id`);
      },
      proof: [`${T} <- ${LB}`, `${ATTACHMENT}.u <- ${CLB}.two`],
    },
  ]);
});

describe("a CLB among the parts of an output", () => {
  const of = "module-output-good";
  const out =
    (expression: Json, reference: string): ((p: Json) => void) =>
    (p) => {
      p.configuration.root_module.module_calls.m.module.outputs.all = { expression };
      refer(p, references(reference));
    };
  const whole = { references: [LB] };
  proves(
    ["module.m.all.id", "module.m.all.lb.id", 'module.m.all["main"].id', "module.m.all.by_name.main.id"].map(
      (reference) => ({ title: reference, of, edit: out(whole, reference), proof: [`${T} <- module.m.${LB}`] }),
    ),
  );
  refuses(
    ["module.m.all.address", "module.m.all.lb.address"].map((reference) => ({
      title: reference,
      of,
      edit: out(whole, reference),
      by: target,
    })),
  );
});

describe("a planned value that is also marked unknown is a contradiction", () => {
  refuses([
    { title: "an id", edit: (p) => void (change(p, ATTACHMENT).change.after.bind_instance_id = "lb-other00000"), by: target },
    { title: "a vSwitch", edit: (p) => void (change(p, CLB).change.after.vswitch_id = "vsw-1"), by: "binding/vpc-only" },
    { title: "an address type", edit: (p) => void (change(p, CLB).change.after_unknown.address_type = true), by: "binding/internal-only" },
  ]); // prettier-ignore
});

describe("expression texts that show more than references", () => {
  const vswitch =
    (text: string): ((p: Json) => void) =>
    (p) =>
      void (block(p, CLB).expressions.vswitch_id = {
        constant_value: `\${${text}}`,
        ...references("var.internal", "alicloud_vswitch.s.id"),
      });
  const s = "alicloud_vswitch.s.id";
  refuses([
    ...[`${s} == "x" ? ${s} : null`, `${s} == "x" ? "" : ${s}`, `var.internal ? ${s} : ${s} != "x" ? null : ${s}`].map(
      (text) => ({
        title: `a vSwitch that may be null: ${text}`,
        edit: (p: Json): void => {
          p.variables = { internal: { value: true } };
          vswitch(text)(p);
        },
        by: "binding/vpc-only",
      }),
    ),
    {
      title: "an id that is a literal key",
      edit: (p) =>
        refer(p, {
          constant_value: `\${${LB}.id == "x" ? ${LB}.id : keys({lb-elsewhere = 1})[0]}`,
          ...references(`${LB}.id`),
        }),
      by: target,
    },
  ]);
  proves([
    {
      title: "a vSwitch that a known condition has chosen",
      edit: (p) => {
        p.variables = { internal: { value: true } };
        p.configuration.root_module.variables = { internal: {} };
        vswitch(`var.internal ? ${s} : null`)(p);
      },
      proof: [`${T} <- ${LB}`],
    },
  ]);
});
