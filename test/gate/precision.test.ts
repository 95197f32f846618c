import { proves } from "./support/cases";
import { check } from "./support/evaluate";
import { addDataSource, ATTACHMENT, change, CLB, fixture, references, refer } from "./support/plan";
import type { Json } from "./support/plan";

const T = `${ATTACHMENT}.t`;
const LB = `${CLB}.lb`;

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
      title: "the module as a whole, whose other outputs are certainly not ids of CLBs",
      of: "module-output-good",
      edit: (p) => {
        module(p).outputs.address = { expression: references(`${LB}.address`) };
        refer(p, { references: ["module.m", "terraform.workspace"] });
      },
      proof: [`${T} <- ${M}`],
    },
  ]);
});

describe("literal ids", () => {
  const good = { id: "lb-gs5abcdefgh", address_type: "intranet", vswitch_id: "vsw-1", network_type: "vpc" };
  const of = "literal-id";
  const D = `${T} <- data.alicloud_slb_load_balancers.d`;
  proves([
    { title: "seen by a data source", of, edit: (p) => addDataSource(p, [good]), proof: [D] },
    {
      title: "seen by a data source next to others",
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

  test("a sensitive one is checked and never shown", async () => {
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
      "count = 0",
      (p) => {
        delete p.resource_changes;
        p.applyable = false;
      },
    ],
    [
      "a stack that was never applied, being destroyed",
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

test("a byte order mark before the plan makes no difference", async () => {
  const report = await check(Buffer.from(`\ufeff${JSON.stringify(fixture("internal-vpc"))}`));
  expect(report.verdict).toBe("allowed");
});
