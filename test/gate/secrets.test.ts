import { bind, make } from "./support/made";
import { check, openEvaluator } from "./support/evaluate";
import { addClb, ATTACHMENT, block, change, CLB, fixture, references, type Json } from "./support/plan";

const SECRET = "eu-west-99-secret";

/** Two bindings of one Anycast EIP, both default, in one region. */
function meeting(plan: Json, sensitive: readonly string[]): void {
  addClb(plan, "two");
  const first = change(plan, ATTACHMENT);
  first.change.after.association_mode = "Default";
  first.change.after.anycast_id = "aeip-open";
  for (const attribute of ["association_mode", "anycast_id"]) delete first.change.after_unknown[attribute];
  for (const attribute of sensitive) first.change.after[attribute] = SECRET;
  first.change.after_sensitive = Object.fromEntries(sensitive.map((attribute) => [attribute, true]));
  const second = structuredClone(first);
  Object.assign(second, { address: `${ATTACHMENT}.u`, name: "u" });
  plan.resource_changes.push(second);
  const its = structuredClone(block(plan, ATTACHMENT));
  Object.assign(its, { address: `${ATTACHMENT}.u`, name: "u" });
  its.expressions.bind_instance_id = references(`${CLB}.two.id`);
  plan.configuration.root_module.resources.push(its);
}

function regionBy(plan: Json, variable: Json): void {
  plan.configuration.provider_config.alicloud.expressions.region = references("var.region");
  plan.variables = { region: { value: SECRET } };
  plan.configuration.root_module.variables = { region: variable };
}

const whole = openEvaluator("plan");
const slices = openEvaluator();

test.each<[string, string, (plan: Json) => void]>([
  ["an Anycast EIP's id", "binding/one-default-per-address", (p) => meeting(p, ["anycast_id"])],
  ["an Anycast EIP's id", "binding/one-per-region", (p) => meeting(p, ["anycast_id"])],
  ["a region", "binding/one-per-region", (p) => meeting(p, ["bind_instance_region_id"])],
  ["a region", "binding/supported-region", (p) => meeting(p, ["bind_instance_region_id"])],
  ["a provider's region", "binding/region-matches-target", (p) => regionBy(p, { sensitive: true })],
  [
    "a specification",
    "clb/charge-type",
    (p) => {
      const clb = change(p, CLB).change;
      clb.after.load_balancer_spec = SECRET;
      delete clb.after_unknown.load_balancer_spec;
      clb.after_sensitive = { load_balancer_spec: true };
    },
  ],
  [
    "a CLB's id",
    "binding/provable-target",
    (p) => {
      make(p);
      bind(p, `lb-${SECRET}`);
      change(p, ATTACHMENT).change.after_sensitive = { bind_instance_id: true };
    },
  ],
  [
    "an address type",
    "binding/internal-only",
    (p) => {
      change(p, CLB).change.after.address_type = SECRET;
      change(p, CLB).change.after_sensitive = { address_type: true };
    },
  ],
])("%s that is sensitive is checked by %s and never shown", async (_what, rule, edit) => {
  const plan = fixture("internal-vpc");
  edit(plan);
  const report = await check(plan);
  expect((report.findings ?? []).map((one) => one.rule)).toContain(rule);
  expect(JSON.stringify(report)).toContain("(sensitive value)");
  expect(JSON.stringify(report)).not.toContain(SECRET);
  const texts = (evaluate: typeof whole): string[] =>
    evaluate(plan)
      .decision!.findings.map((one) => `${one.address} ${one.message}`)
      .sort();
  expect(texts(slices)).toEqual(texts(whole));
});

test("a region from a variable that is not sensitive is shown", async () => {
  const plan = fixture("internal-vpc");
  regionBy(plan, {});
  expect(JSON.stringify(await check(plan))).toContain(SECRET);
});
