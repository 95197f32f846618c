import { refuses } from "./support/cases";
import { ATTACHMENT, change, CLB, references, refer } from "./support/plan";
import type { Json } from "./support/plan";

const target = "binding/provable-target";
const internal = "binding/internal-only";

/** A JSON expression: its text next to what it refers to. */
const text = (constant_value: unknown, ...lists: string[]): Json => ({ constant_value, ...references(...lists) });

describe("JSON configuration shows its expressions, and one that could give another value is refused", () => {
  const lb = `${CLB}.lb`;
  const literal = "lb-elsewhere0";
  refuses(
    [
      `\${var.x ? "${literal}" : ${lb}.id}`,
      `\${var.x ? " ${literal}" : ${lb}.id}`,
      `\${var.x ? "\\u006cb-elsewhere0" : ${lb}.id}`,
      `\${var.x ? "\\U0000006cb-elsewhere0" : ${lb}.id}`,
      `\${replace(${lb}.id, "/.*/", "x")}`,
      `\${join("", ["l", "b-elsewhere0", substr(${lb}.id, 0, 0)])}`,
      `\${format("%s-", ${lb}.id)}`,
      `\${provider::x::make(${lb}.id)}`,
      `x\${${lb}.id}`,
      `\${${lb}.id}x`,
      ` \${${lb}.id}`,
      `\${${lb}.id}\${${lb}.id}`,
      `\${var.x ? "l\${"b-elsewhere0"}" : ${lb}.id}`,
      `%{ if var.x }${literal}%{ else }\${${lb}.id}%{ endif }`,
      `$\${${lb}.id}`,
      literal,
      "eni-elsewhere0",
    ].map((constant) => ({
      title: constant,
      edit: (p: Json): void => {
        p.variables = { x: { value: true } };
        refer(p, text(constant, `${lb}.id`));
      },
      by: target,
    })),
  );
  refuses([
    ...["count.index", "[0][count.index]"].map((key) => ({
      title: `another attribute of the instance [${key}]`,
      of: "count-index-good",
      edit: (p: Json): void => {
        change(p, CLB, 1).change.after.address_type = "intranet";
        refer(p, { constant_value: `\${${lb}[${key}].address}`, references: [lb, "count.index"] });
      },
      by: target,
    })),
    {
      title: "an instance with a key other than the binding's",
      of: "for-each-one-bad",
      edit: (p) => {
        p.resource_changes = p.resource_changes.filter((one: Json) => one.type !== ATTACHMENT || one.index === "x");
        refer(p, { constant_value: `\${${lb}[each.key == "x" ? "y" : "x"].id}`, references: [lb, "each.key"] });
      },
      by: internal,
    },
    {
      title: "an each that a for expression redefines",
      of: "for-each-one-bad",
      edit: (p) => {
        p.resource_changes = p.resource_changes.filter((one: Json) => one.type !== ATTACHMENT || one.index === "x");
        refer(p, { constant_value: `\${[for each in [{key="y"}] : ${lb}[each.key].id][0]}`, references: [lb] });
      },
      by: internal,
    },
    {
      title: "an each that a for expression redefines from each itself",
      of: "for-each-one-bad",
      edit: (p) => {
        p.resource_changes = p.resource_changes.filter((one: Json) => one.type !== ATTACHMENT || one.index === "x");
        const constant = `\${[for i, each in [{key=each.key=="x"?"y":"x"}] : ${lb}[each.key].id][0]}`;
        refer(p, { constant_value: constant, references: [lb, "each.key"] });
      },
      by: internal,
    },
    {
      title: "a region that a condition chooses",
      edit: (p) => {
        p.variables = { r: { value: "ap-southeast-1" } };
        const { expressions } = p.configuration.provider_config.alicloud;
        expressions.region = text(`\${true ? "cn-shanghai" : var.r}`, "var.r");
      },
      by: "binding/region-matches-target",
    },
    {
      title: "a region that is a substring of a variable",
      edit: (p) => {
        p.variables = { r: { value: "ap-southeast-1" } };
        const { expressions } = p.configuration.provider_config.alicloud;
        expressions.region = text(`\${substr(var.r, 0, 5)}`, "var.r");
      },
      by: "binding/region-matches-target",
    },
  ]);
});
