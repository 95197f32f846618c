import type { PlanFacts } from "../../facts";
import type { JsonObject } from "../../json";
import type { BindingFacts, HeldBinding, OutsideFacts, ProblemFacts, TargetFacts } from "../facts-document";
import { defined } from "../../../core/defined";
import { isRecord } from "../../../core/is-record";
import { entryOf, isNotShown } from "../entry";
import { idBefore, partsOf } from "./before";
import type { Names } from "./names";

/** An ordinary entry under the placeholder of its address, in the root module. */
export function renamedChange(change: JsonObject, names: Names, facts: PlanFacts): JsonObject {
  const { mode, type, provider_name: provider, deposed } = change;
  const { actions, after, before, ...marks } = change.change as JsonObject;
  const entry = entryOf(change);
  const id = entry === undefined ? undefined : idBefore(entry);
  const address = change.address as string;
  return {
    address: names.of(address),
    mode,
    type,
    name: names.nameOf(address),
    ...(provider === undefined ? {} : { provider_name: provider }),
    ...(deposed === undefined ? {} : { deposed }),
    change: {
      actions,
      ...(id === undefined ? {} : { before: { ...(before as JsonObject), id: renamedId(id, names) } }),
      after: isRecord(after) ? renamedValues(after, names, facts) : after,
      ...marks,
    },
  };
}

/** The ids in it by their placeholders; a region and a type are none. */
function renamedId(id: string, names: Names): string {
  return partsOf(id)
    .map((part, i) => (i < 2 ? names.ofId(part) : part))
    .join(":");
}

function renamedValues(after: JsonObject, names: Names, { ids, names: attributes, properName }: PlanFacts): JsonObject {
  const renamed: JsonObject = {};
  for (const [attribute, value] of Object.entries(after)) {
    const isName = typeof value === "string" && attributes.has(attribute) && properName.test(value);
    const isId = typeof value === "string" && ids.has(attribute);
    renamed[attribute] = isName ? names.of(value) : isId ? names.ofId(value) : value;
  }
  return renamed;
}

function mapped<From, To>(of: Readonly<Record<string, From>>, change: (one: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(of).map(([name, one]) => [name, change(one)]));
}

export function renamedFacts(binding: BindingFacts, names: Names): BindingFacts {
  return {
    address: names.of(binding.address),
    anycast: binding.anycast.map((one) => (one === null ? null : names.ofId(one))),
    ...defined({
      area: binding.area,
      doubt: binding.doubt && names.of(binding.doubt),
      unbound: binding.unbound && names.of(binding.unbound),
      later: binding.later && mapped(binding.later, (text) => names.of(text)),
    }),
    held: mapped(binding.held, (one) => renamedHeld(one, names)),
    targets: binding.targets.map((target) => renamedTarget(target, names)),
    problems: binding.problems.map((problem) => renamedProblem(problem, names)),
    visible: binding.visible,
  };
}

function renamedHeld({ anycast, instance, region, by }: HeldBinding, names: Names): HeldBinding {
  return { anycast: names.ofId(anycast), instance: names.ofId(instance), region, by: names.of(by) };
}

function renamedTarget(target: TargetFacts, names: Names): TargetFacts {
  const { vswitch, region, addresses } = target;
  return {
    ...target,
    address: names.of(target.address),
    ...(addresses && { addresses: addresses.map((one) => names.of(one)) }),
    by: names.of(target.by),
    ...(target.private_address && {
      private_address: { ...target.private_address, by: names.of(target.private_address.by) },
    }),
    ...(vswitch && { vswitch: isNotShown(vswitch.value) ? vswitch : { ...vswitch, value: names.of(vswitch.value) } }),
    outside: target.outside.map((one) => renamedOutside(one, names)),
    // Where there is no region, rules tell the fix by the reason.
    region: region.value === null ? region : { ...region, from: names.of(region.from) },
  };
}

function renamedOutside(one: OutsideFacts, names: Names): OutsideFacts {
  const { address, value, from } = one;
  return { ...one, address: names.of(address), from: value === null ? from : names.of(from) };
}

function renamedProblem({ problem, by, at, fix, attribute }: ProblemFacts, names: Names): ProblemFacts {
  return {
    ...(attribute === undefined ? {} : { attribute }),
    // Rules tell the fix by what is said.
    problem,
    by: names.of(by),
    ...(at === undefined ? {} : { at: names.of(at) }),
    ...(fix === undefined ? {} : { fix: names.of(fix) }),
  };
}
