import type { Evidence, Finding, PlanReport } from "../../src/core/check-report";
import { BINDING, LB } from "./block";
import type { Trial } from "./trial-type";
import type { Form } from "./write";

/** What came of one trial. */
export interface Outcome {
  readonly trial: Trial;
  readonly form: Form;
  /** By the saved plan. */
  readonly allowed: boolean;
  /** By the plan's JSON alone. */
  readonly allowedByJson: boolean;
  /** The JSON does not show all expressions, and the evidence says so. */
  readonly byReference: boolean;
  /** What the cloud did when the plan was applied all the same: bound, and to an internal CLB in a VPC of that region. */
  readonly boundWell: boolean;
  /** What is bound is among what the evidence names. */
  readonly asProven: boolean;
  /** The address of some binding in the same plan could not be determined, so the plan as a whole is refused. */
  readonly excused: boolean;
  readonly messages: readonly string[];
  readonly messagesByJson: readonly string[];
}

/** What is needed of plan JSON and of a state as JSON. */
export interface Planned {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: { readonly actions: readonly string[]; readonly after: Values | null };
  }[];
}
export interface State {
  readonly values?: { readonly root_module: StateModule };
}
interface StateModule {
  readonly resources?: readonly Resource[];
  readonly child_modules?: readonly StateModule[];
}
interface Resource {
  readonly address: string;
  readonly type: string;
  readonly values: Values;
}
type Values = Readonly<Record<string, unknown>>;

export interface Run {
  readonly plan: Planned;
  readonly saved: PlanReport;
  readonly shown: PlanReport;
  /** What `apply -json` printed. */
  readonly log: string;
  /** The states after the apply. */
  readonly states: readonly State[];
}

const trialOf = (address: string): string => /^module\.(t\d+)\./.exec(address)?.[1] ?? "";

/** What came of each trial, by its name. */
export function outcomeIn({ plan, saved, shown, log, states }: Run): (name: string) => Omit<Outcome, "trial" | "form"> {
  const resources = states.flatMap((state) => resourcesIn(state.values?.root_module ?? {}));
  const byAddress = new Map(resources.map((one) => [one.address, one]));
  const balancers = new Map(resources.filter(({ type }) => type === LB).map((one) => [one.values.id, one.values]));
  const broken = new Set(errorsIn(log).map(trialOf));
  const planned = plan.resource_changes.filter(({ type, change }) => type === BINDING && change.after !== null);
  const isWell = ({ address, change }: Planned["resource_changes"][number]): boolean => {
    const values = byAddress.get(address)?.values;
    const lb = balancers.get(values?.bind_instance_id);
    const asked = change.after?.association_mode ?? undefined;
    const mode = asked === undefined || asked === values?.association_mode;
    return mode && lb?.address_type === "intranet" && Boolean(lb.vswitch_id);
  };
  const idsAt = (address: string): unknown[] => {
    const values = byAddress.get(address)?.values;
    return [values?.id, ...listed(values?.balancers), ...listed(values?.slbs)];
  };
  const isAsProven = ({ address, targets }: Evidence): boolean => {
    const bound = byAddress.get(address)?.values.bind_instance_id;
    return targets.some((target) => (target.addresses ?? [target.address]).some((one) => idsAt(one).includes(bound)));
  };
  return (name) => {
    const own = planned.filter(({ address }) => trialOf(address) === name);
    const proof = saved.evidence?.filter(({ address }) => trialOf(address) === name) ?? [];
    const boundWell = own.length > 0 && !broken.has(name) && own.every(isWell);
    return {
      allowed: isAllowed(saved, name),
      allowedByJson: isAllowed(shown, name),
      byReference:
        shown.evidence?.some(({ address, targets }) => trialOf(address) === name && targets.some(isUnseen)) ?? false,
      boundWell,
      asProven: !boundWell || proof.every(isAsProven),
      excused: [saved, shown].some(({ findings = [] }) => findings.some(isOfUnknownAddress)),
      messages: refusals(saved, name),
      messagesByJson: refusals(shown, name),
    };
  };
}

const isOfUnknownAddress = ({ outcome, attribute }: Finding): boolean =>
  outcome === "undetermined" && attribute === "anycast_id";
const isUnseen = ({ by }: { readonly by: string }): boolean => by.includes("expression not visible");

function isAllowed(report: PlanReport, name: string): boolean {
  const proven = report.evidence?.some(({ address }) => trialOf(address) === name) ?? false;
  return proven && refusals(report, name).length === 0;
}

/** What stops a trial, or all of them. */
function refusals(report: PlanReport, name: string): string[] {
  const denied = report.findings!.filter(({ level }) => level === "deny");
  return denied.filter(({ address }) => ["", name].includes(trialOf(address))).map(({ message }) => message);
}

function resourcesIn(module: StateModule): Resource[] {
  return [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(resourcesIn)];
}

function listed(list: unknown): unknown[] {
  return Array.isArray(list) ? list.map((one) => (one as { readonly id?: unknown }).id) : [];
}

/** Addresses of what the apply could not do. */
function errorsIn(log: string): string[] {
  return log.split("\n").flatMap((line): string[] => {
    if (!line.includes('"error"') && !line.includes("apply_errored")) return [];
    const told = JSON.parse(line) as {
      readonly "@level": string;
      readonly diagnostic?: { readonly address?: string };
      readonly hook?: { readonly resource: { readonly addr: string } };
      readonly type: string;
    };
    const address = told.hook?.resource.addr ?? told.diagnostic?.address;
    return (told["@level"] === "error" || told.type === "apply_errored") && address !== undefined ? [address] : [];
  });
}
