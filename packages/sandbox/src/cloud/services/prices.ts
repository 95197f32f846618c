import type { Actions, Call } from "../call";
import type { Body } from "../contract";
import { instanceTypeFact, priceOf } from "../data/instance-types";
import { invalid } from "../errors";

/** So many parts are priced in one call. */
const MOST = 50;

const payAsYouGo = (call: Call): Body => prices(call, "hour");
const subscription = (call: Call): Body => prices(call, "month");

/** Prices of instance types, which are made up. */
function prices(call: Call, unit: "hour" | "month"): Body {
  const { params } = call;
  const product = params.need("ProductCode");
  if (product !== "ecs") throw invalid("ProductCode", `the sandbox prices only ecs, got "${product}".`);
  const modules = params.structs("ModuleList");
  if (modules.length > MOST) throw invalid("ModuleList", `expected at most ${MOST} modules, got ${modules.length}.`);
  const rows = modules.map(({ ModuleCode = "", Config = "" }) => {
    const cost = priceOfModule(ModuleCode, Config, unit);
    return { ModuleCode, OriginalCost: cost, CostAfterDiscount: cost, InvoiceDiscount: 0 };
  });
  return {
    Code: "Success",
    Success: true,
    Data: { Currency: "USD", ModuleDetails: { ModuleDetail: rows }, PromotionDetails: { PromotionDetail: [] } },
  };
}

function priceOfModule(code: string, config: string, unit: "hour" | "month"): number {
  const id = /(?:^|,)InstanceType:([^,]+)/.exec(config)?.[1];
  const fact = code === "InstanceType" && id !== undefined ? instanceTypeFact(id) : undefined;
  if (fact === undefined)
    throw invalid("ModuleList", `the sandbox prices only modules of instance types, got "${code}" with "${config}".`);
  return priceOf(fact, unit);
}

export const priceActions: Actions = { GetPayAsYouGoPrice: payAsYouGo, GetSubscriptionPrice: subscription };
