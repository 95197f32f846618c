import fc from "fast-check";
import { SETTINGS } from "../gate/support/judge";
import { fixture, fixtureNames } from "../gate/support/plan";
import { generatePlan } from "../../bench/generate";
import { Judges } from "./support/judges";
import { ADDRESS, ATTACHMENT, CLB } from "./support/parts";
import { randomPlan } from "./support/random-plan";

const judges = new Judges();
const RUNS = Number(process.env.ANYCAST_TEST_RUNS ?? 300);

describe("a plan judged in slices gets the decision of the whole", () => {
  test.each(fixtureNames())("real plan %s", (name) => {
    const plan = fixture(name);
    const whole = judges.whole(plan);
    expect(judges.projected(plan).decision).toEqual(whole.decision);
    expect(judges.sliced(plan).decision).toEqual(whole.decision);
  });

  test("plans of any shape", () => {
    let inSlices = 0;
    fc.assert(
      fc.property(randomPlan, (plan) => {
        const whole = judges.whole(plan);
        expect(judges.projected(plan).decision).toEqual(whole.decision);
        const sliced = judges.sliced(plan);
        expect(sliced.decision).toEqual(whole.decision);
        if (!sliced.inOnePiece) inSlices++;
      }),
      { numRuns: RUNS },
    );
    expect(inSlices).toBeGreaterThan(RUNS / 2);
  });

  test("plans whose addresses and bindings the settings waive, switch off or ask the cloud about", () => {
    const settings = {
      ...SETTINGS,
      levels: { "address/name": "off", "address/area": "warn" },
      waivers: [
        { rule: "binding/internal-only", address: `${ATTACHMENT}.t0`, expires: "2999-12-31" },
        { rule: "binding/supported-region", address: `${ATTACHMENT}.t1["a"]`, expires: "2999-12-31" },
        { rule: "address/name", address: `${ADDRESS}.a1`, expires: "2999-12-31" },
        { rule: "binding/vpc-only", address: `${ATTACHMENT}.t2`, expires: "2000-01-01" },
      ],
      region_from_env: "ap-southeast-1",
      network_interfaces: true,
      window: { open: false, next: "tomorrow" },
      live: {
        load_balancers: [
          { id: "lb-lb0x", address_type: "intranet", vswitch_id: "vsw-1", region: "ap-southeast-1", seen_at: "now" },
          { id: "lb-lb1ax", address_type: "internet", vswitch_id: "", region: "ap-southeast-1", seen_at: "now" },
        ],
      },
    };
    const waiving = new Judges(settings);
    fc.assert(
      fc.property(randomPlan, (plan) => {
        expect(waiving.sliced(plan).decision).toEqual(waiving.whole(plan).decision);
      }),
      { numRuns: RUNS },
    );
  });

  test("a plan of many resources, in modules and with keys", () => {
    const plan = generatePlan({ resources: 700, bindings: 60 });
    expect(judges.sliced(plan).decision).toEqual(judges.whole(plan).decision);
  });
});

describe("the work grows with the shapes of bindings, not with bindings", () => {
  test("ten times the bindings need no more evaluations", () => {
    const few = judges.sliced(generatePlan({ resources: 400, bindings: 40 }));
    const many = judges.sliced(generatePlan({ resources: 4000, bindings: 400 }));
    expect(few.inOnePiece).toBe(false);
    expect(many.evaluations).toBe(few.evaluations);
    expect(many.evaluations).toBeLessThan(12);
  });

  test("bindings without a common shape need one evaluation for each few of them", () => {
    const plan = generatePlan({ resources: 2000, bindings: 400 });
    for (const block of (plan.configuration as { root_module: { resources: { expressions: object }[] } }).root_module
      .resources)
      Object.assign(block.expressions, { bind_instance_id: { references: ["local.somewhere"] } });
    const { evaluations, decision } = judges.sliced(plan);
    expect(decision).toEqual(judges.whole(plan).decision);
    expect(evaluations).toBeLessThan(30);
  });

  test("one binding that differs from thousands is found among them", () => {
    const plan = generatePlan({ resources: 2000, bindings: 300 });
    const changes = plan.resource_changes as { type: string; address: string; change: { after: object } }[];
    const bad = changes.filter(({ type }) => type === CLB)[217]!;
    Object.assign(bad.change.after, { address_type: "internet" });
    const { findings, evidence } = judges.sliced(plan).decision as { findings: string[]; evidence: string[] };
    expect(evidence).toHaveLength(299);
    expect(findings).toHaveLength(1);
    expect((JSON.parse(findings[0]!) as { message: string }).message).toContain(bad.address);
  });
});
