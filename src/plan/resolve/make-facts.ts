import type { PlanFacts } from "../facts";
import type { JsonObject } from "../json";
import { Addresses } from "./assemble/addresses";
import { Areas } from "./assemble/areas";
import { Balancers } from "./assemble/balancers";
import { Bindings } from "./assemble/bindings";
import { Held } from "./assemble/held";
import { Ids } from "./assemble/ids";
import { Live } from "./assemble/live";
import { NetworksOf } from "./assemble/networks";
import { Outside } from "./assemble/outside";
import { PrivateAddresses } from "./assemble/private-addresses";
import { DataRead } from "./assemble/read-data";
import { RegionEvidence } from "./assemble/region-evidence";
import { Regions } from "./assemble/regions";
import { DataSources } from "./assemble/data-sources";
import { Targets } from "./assemble/targets";
import { VSwitches } from "./assemble/vswitches";
import { configuredAttributes } from "./configured";
import type { FactsContext } from "./context";
import { isRemoved } from "./entry";
import type { FactsDocument } from "./facts-document";
import type { Origins } from "./origins";
import { PlanIndex } from "./plan-index";
import { ByReference } from "./reference/by-reference";
import { unplannedBindings } from "./unplanned";
import { withEvaluated } from "./with-evaluated";

/** Works out what each binding of a plan will bind. See `evaluatePlan`. */
export function makeFacts(plan: JsonObject, facts: PlanFacts, context: FactsContext = {}): FactsDocument {
  return evaluatePlan(plan, facts, context).facts;
}

/**
 * Works out what each binding of a plan will bind. The document grows with the bindings and the resources, not with
 * their product: what many bindings reach is one object that they share.
 * @param plan as `readPlan` gives it
 * @returns the facts, and the plan with the values that only its expressions tell
 * @throws AnycastError `AddressListedTwice`
 */
export function evaluatePlan(
  plan: JsonObject,
  facts: PlanFacts,
  context: FactsContext = {},
): { readonly plan: JsonObject; readonly facts: FactsDocument } {
  const index = new PlanIndex(plan, facts);
  const origins = originsIn(index, context);
  const evaluated = withEvaluated(index, origins);
  if (evaluated === undefined) return { plan, facts: factsOf(index, origins, context) };
  const again = new PlanIndex(evaluated, facts);
  return { plan: evaluated, facts: factsOf(again, originsIn(again, context), context) };
}

function originsIn(index: PlanIndex, { sources }: FactsContext): Origins {
  const byReference = new ByReference(index);
  return sources?.(index, byReference) ?? byReference;
}

function factsOf(index: PlanIndex, origins: Origins, context: FactsContext): FactsDocument {
  const data = new DataRead(index);
  const regions = new Regions(index, origins, context.regionFromEnv ?? null, new RegionEvidence(index, data));
  const networks = new NetworksOf(index, origins, data);
  const outside = new Outside(index, networks, regions);
  const ids = new Ids(index);
  const vswitches = new VSwitches(index, origins, ids.leavingVSwitches);
  const privateAddresses = new PrivateAddresses(index, networks);
  const targets = new Targets(new Balancers(index, origins, regions, vswitches, outside, privateAddresses));
  const bindings = new Bindings(
    index,
    origins,
    new Addresses(index, origins),
    new Areas(data, index.facts.areas),
    new Held(index, data),
    ids,
    targets,
    new DataSources(data, regions),
    new Live(context.live),
  );
  // Whatever its mode or provider: an entry that looks like a binding is checked as one.
  const attachments = index.entriesOf("attachment").filter((one) => !isRemoved(one));
  return {
    version: 1,
    bindings: attachments.map((entry) => bindings.of(entry)),
    unplanned: unplannedBindings(index).filter((address) => origins.isTurnedOff?.(address) !== true),
    configured: configuredAttributes(index, origins),
  };
}
