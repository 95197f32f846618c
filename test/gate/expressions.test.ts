import { refuses } from "./support/cases";
import { addClb, ATTACHMENT, change, CLB, references, refer, spread } from "./support/plan";
import type { Json } from "./support/plan";

const target = "binding/provable-target";
const internal = "binding/internal-only";

describe("an id that may come from a bad CLB or from something else is refused", () => {
  refuses([
    {
      title: "a condition between a good CLB and a bad one",
      edit: (p) => {
        addClb(p, "bad", { address_type: "internet" });
        refer(p, references("var.which", `${CLB}.lb.id`, `${CLB}.bad.id`));
        p.variables = { which: { value: true } };
      },
      by: internal,
    },
    ...["vswitch_id", "address", "name", "load_balancer_name", "ids", "ID", "id "].map((attribute) => ({
      title: `attribute ${JSON.stringify(attribute)} of a good CLB`,
      edit: (p: Json): void => refer(p, references(`${CLB}.lb.${attribute}`)),
      by: target,
    })),
    ...[
      "alicloud_vpc.v.id",
      "alicloud_vswitch.s.id",
      "terraform_data.x.output",
      "random_id.x.hex",
      "alicloud_alb_load_balancer.x.id",
    ].map((reference) => ({
      title: `${reference} next to a good CLB`,
      edit: (p: Json): void => refer(p, references(`${CLB}.lb.id`, reference)),
      by: target,
    })),
    ...[
      "local.id",
      "data.alicloud_slb_load_balancers.d.ids[0]",
      "var.nowhere",
      "self.id",
      "module.nowhere.id",
      "each.value",
      "each.value.id",
      "weird",
      "",
      ".id",
      "..",
      "[0]",
    ].map((reference) => ({
      title: `${JSON.stringify(reference)} next to a good CLB`,
      edit: (p: Json): void => refer(p, { references: [...references(`${CLB}.lb.id`).references, reference] }),
      by: target,
    })),
    ...[
      null,
      {},
      { references: [] },
      { references: null },
      { references: [null] },
      { references: [`${CLB}.lb.id`, 5] },
      { constant_value: null },
      { constant_value: "" },
      [],
      [references(`${CLB}.lb.id`)],
      "x",
    ].map((expression) => ({
      title: `the expression ${JSON.stringify(expression)}`,
      edit: (p: Json): void => refer(p, expression),
      by: target,
    })),
    {
      title: "a variable that holds another id",
      edit: (p) => {
        refer(p, references(`${CLB}.lb.id`, "var.id"));
        p.variables = { id: { value: "lb-elsewhere0" } };
      },
      by: target,
    },
    {
      title: "a CLB that is not in the plan",
      edit: (p) => refer(p, references(`${CLB}.other.id`)),
      by: target,
    },
    {
      title: "an instance that is not in the plan",
      of: "count-index-good",
      edit: (p) => refer(p, references(`${CLB}.lb[2].id`)),
      by: target,
    },
    {
      title: "a CLB without keys as a whole",
      edit: (p) => refer(p, references(`${CLB}.lb`)),
      by: target,
    },
    {
      title: "the bad instance by its index",
      of: "count-index-good",
      edit: (p) => refer(p, references(`${CLB}.lb[1].id`)),
      by: internal,
    },
    {
      title: "every instance by a splat",
      of: "count-index-good",
      edit: (p) => refer(p, references(`${CLB}.lb`)),
      by: internal,
    },
    {
      title: "an instance by a computed index",
      of: "count-index-good",
      edit: (p) => refer(p, { references: [`${CLB}.lb`, "var.i"] }),
      by: internal,
    },
    {
      title: "the index of the binding, where no CLB has it",
      of: "count-index-good",
      edit: (p) => {
        spread(p, change(p, ATTACHMENT), [7]);
        refer(p, { references: [`${CLB}.lb`, "count.index"] });
      },
      by: internal,
    },
    {
      title: "a CLB of the same name in another module",
      of: "module-output-good",
      edit: (p) => refer(p, references(`${CLB}.lb.id`)),
      by: target,
    },
  ]);
});
