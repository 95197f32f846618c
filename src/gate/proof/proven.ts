import type { CheckReport } from "../../core/check-report";

/** What the check has proven of one binding; all that is compared after the apply. */
export interface ProvenBinding {
  /** Terraform address of the binding. */
  readonly address: string;
  /** `bind_instance_region_id`; undefined where it is sensitive, so that the evidence does not show it. */
  readonly region: string | undefined;
  /** It must be bound to one of these. */
  readonly targets: readonly ProvenTarget[];
}

export interface ProvenTarget {
  /** Addresses in the state at which it may be; none for one that is known only from the cloud. */
  readonly addresses: readonly string[];
  /** Its id, where the check has known it. */
  readonly id: string | undefined;
  /** Undefined where there is none to check (for a network interface). */
  readonly addressType: string | undefined;
  /** Id of the vSwitch, or what it comes from; undefined as above. */
  readonly vswitch: string | undefined;
}

/** How the evidence writes a value that it does not show. */
const HIDDEN = "(sensitive value)";

/** Ways to find a target that begin with its id. */
const KNOWN = new Set(["id", "data", "live"]);
const ID = /^(lb|eni)-[A-Za-z0-9-]+/;

/** The bindings that a report proves. No other code reads its evidence. */
export function provenBindings(report: CheckReport): ProvenBinding[] {
  return report.plans
    .flatMap(({ evidence = [] }) => evidence)
    .map(({ address, region, targets }) => ({
      address,
      region: region === HIDDEN ? undefined : region,
      targets: targets.map((target) => ({
        addresses: addressesOf(target),
        id: KNOWN.has(target.via) ? ID.exec(target.by)?.[0] : undefined,
        addressType: target.address_type || undefined,
        vswitch: target.vswitch || undefined,
      })),
    }));
}

/** A group of load balancers with the same proof has several addresses. */
function addressesOf({ address, addresses }: { address: string; addresses?: readonly string[] }): readonly string[] {
  return (addresses ?? [address]).filter((one) => one !== "live" && one !== "");
}

/** Bindings whose proof is missing, where a waiver lifts that or the settings only warn. */
export function excusedBindings(report: CheckReport): ReadonlySet<string> {
  const findings = report.plans.flatMap((plan) => plan.findings ?? []);
  return new Set(findings.filter(({ rule }) => rule.startsWith("binding/")).map(({ address }) => address));
}
