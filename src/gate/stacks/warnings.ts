import type { CheckReport, Finding } from "../../core/check-report";
import type { JsonObject } from "../../plan";
import { asList, asObject } from "../../plan";

/** The rule whose findings say that a service is interrupted. */
const INTERRUPTION = "change/interruption";

/** What the user should know before approving. */
export interface ApprovalWarning {
  /** A service is interrupted, or may be. */
  readonly interrupts: boolean;
  readonly text: string;
}

/** How many warnings are shown one by one; the report at the end has them all. */
const MOST = 50;

/**
 * What the user should know before approving: first what is interrupted, and of which address, then every other
 * warning and every waiver in use.
 * @param json what `terraform show -json` printed of the plan
 */
export function approvalWarnings(report: CheckReport, json: Uint8Array): readonly ApprovalWarning[] {
  const findings = report.plans.flatMap((plan) => plan.findings ?? []);
  if (findings.length === 0) return [];
  const told = [...findings.filter(isInterruption), ...findings.filter((one) => !isInterruption(one))];
  const names = findings.some(isInterruption) ? namesIn(json) : { bindings: new Map(), byId: new Map() };
  return told.slice(0, MOST).map((finding) => ({
    interrupts: isInterruption(finding),
    text: isInterruption(finding)
      ? `Interrupts the service: ${placeOf(finding, names)}. ${finding.message} Advice: ${finding.fix}`
      : `${finding.rule}${finding.waived ? " (waived)" : ""}: ${finding.message}`,
  }));
}

const isInterruption = ({ rule }: Finding): boolean => rule === INTERRUPTION;

/** The bindings of a plan, and its objects by id. */
interface Names {
  readonly bindings: ReadonlyMap<string, JsonObject>;
  readonly byId: ReadonlyMap<string, JsonObject>;
}

function namesIn(json: Uint8Array): Names {
  const plan = asObject(JSON.parse(Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString("utf8")));
  const bindings = asList(plan?.resource_changes).flatMap((item): [string, JsonObject][] => {
    const entry = asObject(item);
    const change = asObject(entry?.change);
    const binding = asObject(change?.before) ?? asObject(change?.after);
    return typeof entry?.address === "string" && binding !== undefined ? [[entry.address, binding]] : [];
  });
  const byId = new Map<string, JsonObject>();
  collect(asObject(asObject(plan?.prior_state)?.values), byId);
  return { bindings: new Map(bindings), byId };
}

/** Everything with an id: resources, and what data sources list. An object that occurs twice is listed completely. */
function collect(value: unknown, into: Map<string, JsonObject>): void {
  if (typeof value !== "object" || value === null) return;
  const { id } = value as JsonObject;
  if (typeof id === "string") into.set(id, { ...into.get(id), ...(value as JsonObject) });
  for (const one of Object.values(value)) collect(one, into);
}

/** The binding, its address, and what it is bound to, as far as the plan shows them. */
function placeOf(finding: Finding, { bindings, byId }: Names): string {
  const binding = bindings.get(finding.address);
  const named = (what: string, idName: string, ...details: readonly string[]): string[] => {
    const id = binding?.[idName];
    if (typeof id !== "string" || id === "") return [];
    const known = details.map((name) => byId.get(id)?.[name]).filter((one) => typeof one === "string" && one !== "");
    return [`${what} ${[...new Set([...known, id])].join(" ")}`];
  };
  const parts = [
    ...named("the address", "anycast_id", "anycast_eip_address_name", "ip_address"),
    ...named("the load balancer", "bind_instance_id", "load_balancer_name", "name"),
  ];
  return parts.length === 0 ? finding.address : `${finding.address} (${parts.join(", ")})`;
}

/** How many services the plans interrupt. */
export function interruptionsIn(plans: readonly { readonly warnings: readonly ApprovalWarning[] }[]): number {
  return plans.flatMap(({ warnings }) => warnings).filter(({ interrupts }) => interrupts).length;
}
