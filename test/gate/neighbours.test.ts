import { proves } from "./support/cases";
import { addClb, ATTACHMENT, block, change, CLB, keepBinding, references, refer, spread } from "./support/plan";
import type { Json } from "./support/plan";

const T = `${ATTACHMENT}.t`;
const LB = `${CLB}.lb`;

/** Puts keys in place of `x` and `y`, as Terraform writes them. */
function rename(plan: Json, x: string, y: string): void {
  for (const one of plan.resource_changes) {
    if (one.index === undefined) continue;
    const key = one.index === "x" ? x : y;
    one.address = `${one.address.slice(0, one.address.indexOf("[")) as string}[${JSON.stringify(key)}]`;
    one.index = key;
  }
}

describe("a good instance is not refused because another instance is bad", () => {
  proves([
    { title: "real: by a literal index", of: "count-index-good", edit: () => undefined, proof: [`${T} <- ${LB}[0]`] },
    {
      title: "by each.key",
      of: "for-each-one-bad",
      edit: (p) => keepBinding(p, "x"),
      proof: [`${T}["x"] <- ${LB}["x"]`],
    },
    ...["a.b", `c"d`, "e[0]", "ünï", "😀", "lb-x", "lb-0123456789", "a\\b", "__proto__", "", "each.key"].map((key) => ({
      title: `by the key ${JSON.stringify(key)}`,
      of: "for-each-one-bad",
      edit: (p: Json): void => {
        keepBinding(p, "x");
        rename(p, key, "y");
      },
      proof: [`${T}[${JSON.stringify(key)}] <- ${LB}[${JSON.stringify(key)}]`],
    })),
    {
      title: "by each.key in a template",
      of: "for-each-one-bad",
      edit: (p) => {
        keepBinding(p, "x");
        refer(p, { constant_value: `\${${LB}[each.key].id}`, references: [LB, "each.key"] });
      },
      proof: [`${T}["x"] <- ${LB}["x"]`],
    },
    {
      title: "by a literal key",
      of: "for-each-one-bad",
      edit: (p) => {
        keepBinding(p, "y");
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
        keepBinding(p, "x");
        block(p, ATTACHMENT).for_each_expression = references(LB);
        refer(p, references("each.value.id"));
      },
      proof: [`${T}["x"] <- ${LB}["x"]`],
    },
    {
      title: "next to another CLB",
      edit: (p) => addClb(p, "bad", { address_type: "internet" }),
      proof: [`${T} <- ${LB}`],
    },
    {
      title: "next to a CLB of an unknown provider",
      edit: (p) => (addClb(p, "bad").provider_name = "registry.terraform.io/evil/alicloud"),
      proof: [`${T} <- ${LB}`],
    },
  ]);
});
