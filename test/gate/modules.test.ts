import { refuses } from "./support/cases";
import { ATTACHMENT, block, change, CLB, references, refer, spread } from "./support/plan";
import type { Json } from "./support/plan";

const target = "binding/provable-target";
const internal = "binding/internal-only";

/** A module `m` of two instances, the first of them good and the second bad. */
function twoModules(plan: Json): Json {
  const call = plan.configuration.root_module.module_calls.m;
  call.count_expression = { constant_value: 2 };
  plan.resource_changes = plan.resource_changes.flatMap((one: Json) => {
    if (one.module_address !== "module.m") return [one];
    return [0, 1].map((i) => {
      const copy = structuredClone(one);
      copy.module_address = `module.m[${String(i)}]`;
      copy.address = copy.address.replace("module.m.", `module.m[${String(i)}].`);
      if (copy.type === CLB && i === 1) copy.change.after.address_type = "internet";
      return copy;
    });
  });
  return call.module;
}

/** Two instances of the module's CLB, the second of them bad. */
function twoInModule(plan: Json): Json {
  const clb = change(plan, CLB);
  const [, second] = spread(plan, clb, [0, 1]);
  second.change.after.address_type = "internet";
  const { module } = plan.configuration.root_module.module_calls.m;
  block(plan, CLB, { module: "m" }).count_expression = { constant_value: 2 };
  return module;
}

describe("module outputs are followed to every possible instance", () => {
  refuses([
    {
      title: "real: the module's CLB is internet-facing",
      of: "module-output-bad",
      edit: () => undefined,
      by: internal,
    },
    {
      title: "the bad instance by its index",
      of: "module-output-good",
      edit: (p) => {
        twoModules(p);
        refer(p, { references: ["module.m[1].id", "module.m[1]"] });
      },
      by: internal,
    },
    {
      title: "a good instance by its index or any by a computed one",
      of: "module-output-good",
      edit: (p) => {
        twoModules(p);
        p.variables = { flag: { value: true }, i: { value: 1 } };
        refer(p, { references: ["var.flag", "module.m[0].id", "module.m[0]", "module.m", "var.i"] });
      },
      by: internal,
    },
    {
      title: "a module as a whole, one output of which is another CLB's id",
      of: "module-output-good",
      edit: (p) => {
        twoInModule(p);
        const { outputs } = p.configuration.root_module.module_calls.m.module;
        outputs.id.expression = references(`${CLB}.lb[0].id`);
        outputs.other = { expression: references(`${CLB}.lb[1].id`) };
        spread(p, change(p, ATTACHMENT), ["x"]);
        refer(p, { references: ["module.m", "each.key"] });
      },
      by: internal,
    },
    {
      title: "an output that the module does not have",
      of: "module-output-good",
      edit: (p) => refer(p, { references: ["module.m.other", "module.m"] }),
      by: target,
    },
    {
      title: "the first of a list without text, which a condition may have reduced to the second",
      of: "module-output-good",
      edit: (p) => {
        twoInModule(p).outputs.ids = { expression: references(`${CLB}.lb`) };
        refer(p, { references: ["module.m.ids[0]", "module.m.ids", "module.m"] });
      },
      by: internal,
    },
    {
      title: "a module variable that differs from the call's argument",
      of: "module-output-good",
      edit: (p) => {
        const { module } = p.configuration.root_module.module_calls.m;
        module.outputs.id.expression = references("var.id");
        module.variables = { id: { default: "lb-elsewhere0" } };
      },
      by: target,
    },
    {
      title: "outputs with a cyclic reference",
      of: "module-output-good",
      edit: (p) => {
        const { m } = p.configuration.root_module.module_calls;
        m.module.outputs.id.expression = references("var.id");
        m.expressions = { ...m.expressions, id: { references: ["module.m.id", "module.m"] } };
      },
      by: target,
    },
  ]);
});
