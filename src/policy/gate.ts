import { AnycastError } from "../core/errors";
import type { PolicyBundle } from "./bundle";
import { type Canary, CANARIES } from "./canary";
import type { Decision } from "./decision";
import { policyInput } from "./input";
import { decideByParts, type Part } from "./parts";
import { loadWasmPolicy, type WasmPolicy } from "./wasm-policy";

const REINSTALL = "Fix: install the package again, or rebuild the policy.";

/** What anycast.yaml and the command line say, completed, as the policies read it (`data.anycast_settings`). */
export interface Settings {
  /** `quick_start`, `current`, or a list of region ids. */
  readonly regions: string | readonly string[];
  readonly levels: Readonly<Record<string, string>>;
  readonly waivers: readonly { readonly rule: string; readonly address: string; readonly expires: string }[];
  readonly region_from_env: string | null;
  readonly network_interfaces: boolean;
  readonly bandwidth: { readonly min?: number; readonly max?: number };
  readonly window: { readonly open: boolean; readonly next: string } | null;
  /** Date of the check, YYYY-MM-DD in UTC. */
  readonly today: string;
  readonly live: Readonly<Record<string, unknown>>;
}

/** A plan as the gate is given it. */
export interface GateInput {
  /** The part of the plan that rules read. */
  readonly plan: Readonly<Record<string, unknown>>;
  /** What each binding binds: a `FactsDocument`. */
  readonly facts: object;
}

/** How a parsed plan becomes what the gate is given; the canaries go the same way as real plans. */
export type Prepare = (plan: Record<string, unknown>) => GateInput;

/** How what the policies are given is cut into parts that are checked one by one. */
export type CutInput = (input: Record<string, unknown>, facts: object) => Iterable<Part>;

/** A gate that has just shown, through the very path it checks plans by, that it denies a bad plan and allows a good one. */
export interface Gate {
  /** @throws AnycastError `PolicyFailed`, `PolicyUndefined`, `DecisionIncomplete` */
  evaluate(input: GateInput): Decision;
}

/**
 * Opens the gate.
 * @throws AnycastError `PolicyNotLoaded`, `CanaryWrong`
 */
export function openGate(bundle: PolicyBundle, settings: Settings, prepare: Prepare, cut: CutInput): Gate {
  const attachment = attachmentType(bundle);
  const data = { ...bundle.data, anycast_settings: { ...settings, facts: true } };
  const decide = (policyFor: (size: number) => WasmPolicy, { plan, facts }: GateInput): Decision => {
    const decision = decideByParts(cut(policyInput(plan), facts), (part, size) => policyFor(size).evaluate(part));
    proveComplete(decision, bundle, bindingsOf(plan, attachment));
    return decision;
  };
  /** An instance that has refused the bad plan and allowed the good one: no plan is given to another. */
  const proven = (largest: number): WasmPolicy => {
    const policy = loadWasmPolicy(bundle.wasm, data, bundle.entrypoint, largest);
    for (const canary of CANARIES(regionFor(bundle, settings)))
      proveCanary(
        canary,
        decide(() => policy, prepare(canary.plan)),
      );
    return policy;
  };
  let loaded: WasmPolicy | undefined = proven(0);
  const policyFor = (size: number): WasmPolicy => {
    if (loaded === undefined || loaded.room < size) loaded = proven(size);
    return loaded;
  };
  return {
    evaluate: (input) => {
      try {
        return decide(policyFor, input);
      } catch (cause) {
        // A trapped instance may be left in any state; the next plan gets a new one.
        loaded = undefined;
        throw cause;
      }
    },
  };
}

function proveCanary(canary: Canary, decision: Decision): void {
  const allowed = !decision.findings.some((finding) => finding.level === "deny" && !finding.waived);
  if (allowed === canary.allowed && (!allowed || decision.evidence.length === 1)) return;
  throw new AnycastError(
    "CanaryWrong",
    `The policy did not ${canary.allowed ? "allow" : "deny"} the canary plan, which it must. Nothing was decided. ${REINSTALL}`,
  );
}

/** Every binding is either proven or named in a finding, and every rule took part; else nothing was decided. */
function proveComplete(decision: Decision, bundle: PolicyBundle, bindings: readonly unknown[]): void {
  const missing = bundle.rules.find((rule) => !decision.rules.includes(rule.id));
  if (missing !== undefined)
    throw new AnycastError(
      "DecisionIncomplete",
      `The rule ${missing.id} was not evaluated. Nothing was decided. ${REINSTALL}`,
    );
  const refusals = decision.findings.filter((one) => one.level === "deny");
  const settled = new Set(refusals.map((one) => one.address));
  for (const { address } of decision.evidence) settled.add(address);
  const wholePlanRefused = settled.has("");
  const unsettled = bindings.find((address) => !wholePlanRefused && !settled.has(address as string));
  if (unsettled !== undefined)
    throw new AnycastError(
      "DecisionIncomplete",
      `The policy neither proved nor refused ${String(unsettled)}. Nothing was decided. ${REINSTALL}`,
    );
  if (decision.attachments !== bindings.length) {
    throw new AnycastError(
      "DecisionIncomplete",
      `The plan has ${String(bindings.length)} bindings, and the policy decided on ${String(decision.attachments)}. Nothing was decided. Fix: make the plan again and check it unchanged; if that does not help, install the package again.`,
    );
  }
}

/** Addresses of the bindings that will exist, counted here once more, apart from the policy. */
function bindingsOf(plan: Readonly<Record<string, unknown>>, attachment: string): unknown[] {
  const changes = Array.isArray(plan.resource_changes) ? (plan.resource_changes as unknown[]) : [];
  const found: unknown[] = [];
  for (const item of changes) {
    const entry = item as { type?: unknown; address?: unknown; change?: { after?: unknown; actions?: unknown } } | null;
    if (entry?.type === attachment && !isRemoved(entry.change)) found.push(entry.address);
  }
  return found;
}

function isRemoved(change: { after?: unknown; actions?: unknown } | undefined): boolean {
  return (
    change?.after === null &&
    Array.isArray(change.actions) &&
    change.actions.length > 0 &&
    change.actions.every((action) => action === "delete" || action === "forget")
  );
}

function attachmentType(bundle: PolicyBundle): string {
  return (bundle.data as { anycast: { terraform: { attachment: string } } }).anycast.terraform.attachment;
}

function regionFor(bundle: PolicyBundle, settings: Settings): string {
  if (typeof settings.regions !== "string") return settings.regions[0] ?? "";
  const lists = (bundle.data as { anycast: { regions: Record<string, readonly { id: string }[]> } }).anycast.regions;
  return lists[settings.regions]?.[0]?.id ?? "";
}
