import { withoutKeys } from "../../core/address";
import { isRecord } from "../../core/is-record";
import type { ProvenBinding, ProvenTarget } from "./proven";
import type { StateObject } from "../../terraform/state/state-objects";

const BINDING = "alicloud_eipanycast_anycast_eip_address_attachment";

/** What is said of a binding that does not exist, so that nothing has to be undone. */
export const MISSING = "the binding is not in the state";

/** One binding after the apply. */
export interface BindingProof {
  readonly address: string;
  /** Id it is bound to; empty when the binding does not exist. */
  readonly bound: string;
  /** What it should be bound to, with its id where that is known. */
  readonly proven: readonly string[];
  /** How it differs from what was proven. @default it does not */
  readonly broken?: string;
}

/**
 * Compares the state after an apply with what was proven before it.
 * @param excused bindings whose findings were waived, or only warn
 * @param isWhole the apply is complete: a binding that does not exist is then missing
 */
export function compareWithState(
  proven: readonly ProvenBinding[],
  excused: ReadonlySet<string>,
  state: readonly StateObject[],
  isWhole: boolean,
): BindingProof[] {
  const byAddress = new Map(state.map((object) => [object.address, object]));
  const known = new Set(proven.map(({ address }) => address));
  const compared = proven.flatMap((one): BindingProof[] => {
    const binding = byAddress.get(one.address);
    if (binding !== undefined) return [compareOne(one, binding, byAddress, state)];
    const missing = { address: one.address, bound: "", proven: one.targets.flatMap(nameOf(byAddress)) };
    return isWhole ? [{ ...missing, broken: MISSING }] : [];
  });
  const unproven = state.filter(
    ({ address, type, isData }) => type === BINDING && !isData && !known.has(address) && !excused.has(address),
  );
  return [
    ...compared,
    ...unproven.map(({ address, values }) => ({
      address,
      bound: text(values.bind_instance_id),
      proven: [],
      broken: "the check has proven nothing of this binding",
    })),
  ];
}

type ByAddress = ReadonlyMap<string, StateObject>;

function compareOne(
  one: ProvenBinding,
  { values }: StateObject,
  byAddress: ByAddress,
  state: readonly StateObject[],
): BindingProof {
  const bound = text(values.bind_instance_id);
  const base = { address: one.address, bound, proven: one.targets.flatMap(nameOf(byAddress)) };
  const region = text(values.bind_instance_region_id);
  if (one.region !== undefined && region !== one.region)
    return { ...base, broken: `its region is ${region || "empty"}, not ${one.region}` };
  const target = one.targets.find((candidate) => reaches(candidate, bound, byAddress));
  if (target === undefined) return { ...base, broken: `it is bound to ${describe(bound, state)}` };
  const facts = factsOf(target, bound, byAddress);
  const broken = facts === undefined ? undefined : differenceOf(target, facts, region, state, one.region === undefined);
  return broken === undefined ? base : { ...base, broken: `${bound} ${broken}` };
}

/** Whether the id is that of a proven target. An id that was known beforehand must be exactly the same. */
function reaches({ addresses, id }: ProvenTarget, bound: string, byAddress: ByAddress): boolean {
  if (bound === "" || (id !== undefined && id !== bound)) return false;
  const objects = addresses.map((address) => byAddress.get(address));
  if (addresses.length === 0) return id === bound;
  return objects.some((object) => object !== undefined && holds(object, bound));
}

function holds({ isData, values, type }: StateObject, bound: string): boolean {
  if (isData) return balancersIn(values).some(({ id }) => id === bound);
  if (values.id === bound) return true;
  // Some resources carry the interface that is bound in another attribute than their id.
  return !/_slb/.test(type) && bound.startsWith("eni-") && Object.values(values).includes(bound);
}

/** The state's values of the load balancer that is bound. */
function factsOf(target: ProvenTarget, bound: string, byAddress: ByAddress): StateObject["values"] | undefined {
  for (const address of target.addresses) {
    const object = byAddress.get(address);
    if (object === undefined || !holds(object, bound)) continue;
    return object.isData ? balancersIn(object.values).find(({ id }) => id === bound) : object.values;
  }
  return undefined;
}

/** A data source lists the same load balancers twice, in an older and a newer form. */
function balancersIn(values: StateObject["values"]): StateObject["values"][] {
  const lists = [values.balancers, values.slbs].map((list) => (Array.isArray(list) ? list.filter(isRecord) : []));
  return lists.flat();
}

function differenceOf(
  target: ProvenTarget,
  facts: StateObject["values"],
  region: string,
  state: readonly StateObject[],
  isHidden: boolean,
): string | undefined {
  const type = text(facts.address_type);
  if (target.addressType !== undefined && "address_type" in facts && type !== target.addressType) {
    return `has the address type ${type || "(none)"}, not ${target.addressType}`;
  }
  const zone = text(facts.region_id) || text(facts.region_id_alias) || text(facts.master_zone_id);
  if (zone !== "" && !zone.startsWith(region))
    return isHidden ? "is in another region than the binding names" : `is in ${zone}, not in ${region}`;
  if (target.vswitch === undefined || !("vswitch_id" in facts)) return undefined;
  const vswitch = text(facts.vswitch_id);
  if (vswitch === "") return "has no vSwitch";
  const allowed = vswitchesOf(target.vswitch, state);
  if (allowed.length === 0 || allowed.includes(vswitch)) return undefined;
  return `is in the vSwitch ${vswitch}, not in that of ${target.vswitch}`;
}

/** Ids of the vSwitches that the evidence names, of all modules and instances; none where that cannot be determined. */
function vswitchesOf(named: string, state: readonly StateObject[]): string[] {
  const ids: string[] = [];
  // Of many vSwitches of one block only the first is named. Of many blocks not all are named, so nothing is known.
  for (const one of withoutKeys(named).replace(ANY_OF, "").split(", ")) {
    if (/^vsw-[A-Za-z0-9-]+$/.test(one)) {
      ids.push(one);
      continue;
    }
    const block = /^(?:module\.[\w-]+\.)*(alicloud_(?:vswitch|subnet)\.[\w-]+)$/.exec(one)?.[1];
    if (block === undefined) return [];
    for (const { address, isData, values } of state) {
      const plain = withoutKeys(address);
      if (!isData && (plain === block || plain.endsWith(`.${block}`))) ids.push(text(values.id));
    }
  }
  return ids;
}

/** What follows the first of many instances. */
const ANY_OF = / \(any of \d+\)/g;

/** What a binding is bound to, for a message. */
function describe(bound: string, state: readonly StateObject[]): string {
  if (bound === "") return "nothing";
  const object = state.find(({ isData, values }) => !isData && values.id === bound);
  if (object === undefined) return `${bound}, which is not in this state`;
  const type = text(object.values.address_type);
  return `${bound} (${object.address}${type === "" ? "" : `, ${type}`})`;
}

const nameOf =
  (byAddress: ByAddress) =>
  ({ addresses, id }: ProvenTarget): string[] =>
    addresses.length === 0
      ? [id ?? "a load balancer that the cloud named"]
      : addresses.map((address) => {
          const found = text(byAddress.get(address)?.values.id);
          return found === "" ? address : `${address} (${found})`;
        });

const text = (value: unknown): string => (typeof value === "string" ? value : "");
