import fc from "fast-check";
import { openEvaluator } from "./support/evaluate";
import { fixture, references, type Json } from "./support/plan";

const REGION = "ap-southeast-1";
const seed = process.env.ANYCAST_SEED === undefined ? undefined : Number(process.env.ANYCAST_SEED);

type Step = string | number;

const leaf = fc.constantFrom<Json>(REGION, REGION, "cn-hongkong", "", null, 1, true);
const name = fc.constantFrom("region", "hk", "a b", "__proto__", "0", "lb-x");
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(fc.tuple(name, tie("value")), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
  ),
}));
const steps = fc.array(fc.oneof(name, fc.nat({ max: 3 })), { maxLength: 4 });

/** A value in which a path leads somewhere. */
function around(part: Json, path: readonly Step[]): Json {
  return path.reduceRight<Json>(
    (inner, step) =>
      typeof step === "number" ? [...Array<Json>(step).fill("x"), inner] : Object.fromEntries([[step, inner]]),
    part,
  );
}

const drawn = fc.oneof(
  fc.tuple(value, steps),
  fc.tuple(leaf, steps).map(([part, path]): [Json, Step[]] => [around(part, path), path]),
);

/** What a path leads to, worked out on the value and not on the plan; undefined where it leads nowhere. */
function partOf(whole: Json, path: readonly Step[]): Json {
  let part = whole;
  for (const step of path) {
    const fits = typeof step === "number" ? Array.isArray(part) : typeof part === "object" && !Array.isArray(part);
    if (!fits || part === null || !Object.hasOwn(part as object, step)) return undefined;
    part = part[step];
  }
  return part;
}

function written(path: readonly Step[]): string {
  return path
    .map((step, i) =>
      typeof step === "number" || !/^[a-z]+$/.test(step) || i % 2 === 1 ? `[${JSON.stringify(step)}]` : `.${step}`,
    )
    .join("");
}

/** All the ways to say one thing: a variable's part, or a part of what a module is called with. */
function plans(whole: Json, path: readonly Step[]): Json[] {
  const direct = fixture("internal-vpc");
  direct.variables = { cfg: { value: whole } };
  direct.configuration.provider_config.alicloud.expressions.region = references(`var.cfg${written(path)}`);
  const called = (expression: Json): Json => {
    const plan = fixture("module-output-good");
    const { m } = plan.configuration.root_module.module_calls;
    m.expressions = { ...m.expressions, cfg: expression };
    m.module.variables = { ...m.module.variables, cfg: {} };
    const clb = m.module.resources.find((one: Json) => one.type === "alicloud_slb_load_balancer");
    clb.provider_config_key = "module.m:alicloud";
    plan.configuration.provider_config["module.m:alicloud"] = {
      ...plan.configuration.provider_config.alicloud,
      module_address: "module.m",
      expressions: { region: references(`var.cfg${written(path)}`) },
    };
    plan.variables = { cfg: { value: whole } };
    return plan;
  };
  return [
    direct,
    called({ constant_value: whole }),
    called({ constant_value: "${var.cfg}", ...references("var.cfg") }),
  ];
}

test("the region is exactly the value at a path in a variable or an argument", () => {
  const evaluators = [openEvaluator(), openEvaluator("plan")];
  const seen = { allowed: 0, denied: 0 };
  fc.assert(
    fc.property(drawn, ([whole, path]) => {
      const expected = partOf(whole, path) === REGION ? "allowed" : "denied";
      seen[expected]++;
      for (const plan of plans(whole, path))
        expect(evaluators.map((evaluate) => evaluate(plan).verdict)).toEqual([expected, expected]);
    }),
    { numRuns: 200, ...(seed === undefined ? {} : { seed }) },
  );
  expect(Math.min(seen.allowed, seen.denied)).toBeGreaterThan(10);
});
