import { adds, plans, savedWith, sourceOf } from "./support/causes";
import { openEvaluator } from "./support/evaluate";
import { ATTACHMENT, change, CLB, fixture } from "./support/plan";

const evaluator = openEvaluator();

const PUBLIC = `resource "alicloud_slb_load_balancer" "public" {
  address_type = "internet"
  vswitch_id   = alicloud_vswitch.s.id
}
locals {
  config = yamldecode(file("config.yaml"))
  key    = local.config.key
  both   = { internal = ${CLB}.lb.id, public = ${CLB}.public.id }
  place  = alicloud_vpc.v.id == "b" ? 0 : 1
  roles  = [for key, id in local.both : { id = id } if key == local.key]
}
`;

/** What is said of the public load balancer, next to a good one, where this is the bound id. */
function saidOf(id: string, more = ""): string {
  const plan = fixture("internal-vpc");
  adds(CLB, "public", { address_type: "internet" })(plan);
  const { decision } = evaluator(plan, savedWith(sourceOf(id, PUBLIC + more)));
  const found = (decision?.findings ?? []).filter(({ rule }) => rule === "binding/internal-only");
  expect(found).toHaveLength(1);
  return found[0]!.message;
}

describe("a load balancer that may be bound is named with what leaves it open", () => {
  const file = '`file("config.yaml")` calls file, and the gate reads no files (main.tf:19)';
  it.each<[string, string, string]>([
    ["a key from a file", "local.both[local.key]", file],
    ["a condition on a file", `local.key == "a" ? ${CLB}.lb.id : ${CLB}.public.id`, file],
    ["a filter by a file", "local.roles[0].id", file],
    ["an argument from a file", 'lookup(local.both, local.key, "")', file],
    [
      "a condition on an id of the apply",
      `(alicloud_vpc.v.id == "a" ? local.both : { internal = ${CLB}.public.id }).internal`,
      '`alicloud_vpc.v.id == "a"` compares what is known only after apply (main.tf:11)',
    ],
    [
      "a key that is an id of the apply",
      "local.both[alicloud_vpc.v.id]",
      "`alicloud_vpc.v.id` is known only after apply (main.tf:11)",
    ],
    [
      "a choice in a local",
      "[for id in values(local.both) : id][local.place]",
      '`alicloud_vpc.v.id == "b"` compares what is known only after apply (main.tf:22)',
    ],
    [
      "a function that the gate does not evaluate",
      "local.both[uuid()]",
      "`uuid()` calls uuid, which the gate does not evaluate (main.tf:11)",
    ],
    [
      "a function that the gate does not evaluate for these values",
      'local.both[title("é")]',
      '`title("é")` is computed by title in a way that the gate does not evaluate (main.tf:11)',
    ],
  ])("%s", (_title, id, doubt) => {
    expect(saidOf(id)).toBe(
      `Expected the address_type of ${CLB}.public, which may be bound since ${doubt}, to be \`intranet\`, got \`internet\` (at ${CLB}.public).`,
    );
  });

  it("and the key of a block's own for_each is followed", () => {
    const plan = fixture("internal-vpc");
    adds(CLB, "public", { address_type: "internet" })(plan);
    Object.assign(change(plan, ATTACHMENT), { address: `${ATTACHMENT}.t["a"]`, index: "a" });
    const keyed =
      'for_each = { a = local.key != "" }\n  bind_instance_id = each.value ? local.both.internal : local.both.public';
    const source = sourceOf("null", PUBLIC).replace("bind_instance_id = null", keyed);
    const { decision } = evaluator(plan, savedWith(source));
    expect(decision?.findings.map(({ message }) => message).join()).toContain(", which may be bound since `file(");
  });

  it("and locals that each use another one twice are followed once", () => {
    const doubled = Array.from(
      { length: 50 },
      (_, i) => `  d${String(i)} = [local.d${String(i + 1)}, local.d${String(i + 1)}][0]\n`,
    );
    const more = `locals {\n${doubled.join("")}  d50 = local.both[local.key]\n}\n`;
    expect(saidOf("local.d0", more)).toContain("which may be bound since `file(");
  });

  it("and one that is surely bound is named alone", () => {
    expect(saidOf('local.both["public"]')).toBe(
      `Expected the address_type of ${CLB}.public to be \`intranet\`, got \`internet\` (at ${CLB}.public).`,
    );
  });
});

describe("an attribute of a binding that is known only after apply", () => {
  it.each(["bind_instance_region_id", "bind_instance_type", "association_mode"])("%s is quoted", (attribute) => {
    const plan = fixture("internal-vpc");
    plans(ATTACHMENT, { [attribute]: undefined })(plan);
    const source = sourceOf(`${CLB}.lb.id`)
      .replace("  association_mode = null\n", "")
      .replace(
        `bind_instance_id = ${CLB}.lb.id`,
        `bind_instance_id = ${CLB}.lb.id\n  ${attribute} = alicloud_vpc.v.id == "a" ? "a" : upper("b")`,
      );
    const { decision } = evaluator(plan, savedWith(source));
    const found = (decision?.findings ?? []).filter((one) => one.attribute === attribute);
    expect(found.map(({ message }) => /got `(.*)` \(at /.exec(message)?.[1])).toContain(
      'alicloud_vpc.v.id == "a" ? "a" : upper("b"), which is known only after apply (main.tf:12), since alicloud_vpc.v.id == "a" compares what is known only after apply (main.tf:12)',
    );
  });
});
