import fc from "fast-check";
import type { Json } from "../support/plan";
import { buildModel, everyClb } from "./build";
import { emit, isElsewhere } from "./emit";
import { addressOf, instancesOf, keysOf } from "./types";
import type { Model } from "./types";

/** A model whose regions are settled: one instance with this flaw puts all of its block into the other region. */
export function drawModel(draw: fc.GeneratorValue): Model {
  const model = buildModel(draw);
  for (const clb of everyClb(model.root)) {
    if (!isElsewhere(clb)) continue;
    for (const path of instancesOf(clb.module))
      for (const key of keysOf(clb.keys)) clb.flaws.set(addressOf(clb, path, key), "other region");
  }
  return model;
}

/** Plans of this many models, the same for the same seed. */
export function samplePlans(count: number, seed: number): Json[] {
  const plans: Json[] = [];
  fc.check(
    fc.property(fc.gen(), (draw) => {
      plans.push(emit(drawModel(draw)));
    }),
    { numRuns: count, seed },
  );
  return plans;
}
