import type { PlanOverview, Reach } from "../core/check-report";
import { isRecord } from "../core/is-record";
import type { FactsDocument } from "../plan";
import { changesIn } from "../terraform/plan-changes";

/** Most resources that are listed, and most ways from the internet. */
const MOST = 300;
const MOST_REACH = 60;

/** Types that open a way from the internet without an Anycast EIP. */
const OPEN: Readonly<Record<string, (after: Readonly<Record<string, unknown>>) => boolean>> = {
  alicloud_slb_load_balancer: ({ address_type }) => address_type === "internet",
  alicloud_slb: ({ address_type }) => address_type === "internet",
  alicloud_eip_association: () => true,
};

/**
 * What a plan does, and what will be reachable from the internet, for those who review it.
 * @param plan the whole document
 * @param proven addresses of the bindings that are proven
 */
export function overviewOf(
  plan: Readonly<Record<string, unknown>>,
  { bindings }: FactsDocument,
  proven: ReadonlySet<string>,
): PlanOverview {
  const { counts, hasChanges } = changesIn(plan);
  const entries = (Array.isArray(plan.resource_changes) ? plan.resource_changes : []).filter(isRecord);
  const listed = entries.flatMap((entry) => {
    const action = actionOf(entry);
    return action === undefined ? [] : [{ address: String(entry.address), action }];
  });
  const reach = [
    ...bindings.map((binding): Reach => ({
      binding: binding.address,
      addresses: binding.anycast.map((one) => one ?? "unknown"),
      targets: binding.targets.map(({ address, region }) => ({
        address,
        region: region.shown ?? region.value ?? "unknown",
      })),
      proven: proven.has(binding.address),
    })),
    ...entries
      .filter(isOpen)
      .map((entry): Reach => ({ binding: String(entry.address), addresses: [], targets: [], proven: false })),
  ];
  return {
    add: counts.add,
    change: counts.change,
    destroy: counts.remove,
    import: counts.import,
    hasChanges,
    resources: listed.slice(0, MOST),
    reach: reach.slice(0, MOST_REACH),
    ...(listed.length > MOST ? { moreResources: listed.length - MOST } : {}),
    ...(reach.length > MOST_REACH ? { moreReach: reach.length - MOST_REACH } : {}),
  };
}

type Entry = Readonly<Record<string, unknown>>;

const changeOf = (entry: Entry): Entry => (isRecord(entry.change) ? entry.change : {});

/** Terraform's name of the action, `replace` for both orders; undefined where nothing changes. */
function actionOf(entry: Entry): string | undefined {
  const { actions, importing } = changeOf(entry);
  const words = Array.isArray(actions) ? actions.map(String) : [];
  if (words.length > 1) return "replace";
  const only = words[0] ?? "unknown";
  if (only !== "no-op" && only !== "read") return only;
  return isRecord(importing) ? "import" : undefined;
}

function isOpen(entry: Entry): boolean {
  const { after } = changeOf(entry);
  return entry.mode === "managed" && isRecord(after) && OPEN[String(entry.type)]?.(after) === true;
}
