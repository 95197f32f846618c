import { isRecord } from "../../core/is-record";
import type { PlannedAttributes } from "./planned-changes";
import { shown } from "./planned-changes";

/** How many differences are listed one by one. */
const MOST = 10;

/** How a plan differs from the checked one, as text; empty where that cannot be determined. */
export function otherChanges(checked: readonly PlannedAttributes[], now: readonly PlannedAttributes[]): string {
  const before = new Map(checked.map((one) => [one.address, one]));
  const after = new Map(now.map((one) => [one.address, one]));
  const addresses = [...new Set([...before.keys(), ...after.keys()])].sort();
  return some(
    addresses.flatMap((address) => {
      const [a, b] = [before.get(address), after.get(address)];
      if (a === undefined) return [`${address}: not changed then, ${b!.actions.join(" and ")} now`];
      if (b === undefined) return [`${address}: ${a.actions.join(" and ")} then, not changed now`];
      const actions =
        a.actions.join(" and ") === b.actions.join(" and ")
          ? []
          : [`${address}: ${a.actions.join(" and ")} then, ${b.actions.join(" and ")} now`];
      const names = [...new Set([...Object.keys(a.attributes), ...Object.keys(b.attributes)])].sort();
      return [
        ...actions,
        ...names.flatMap((name) => {
          const [then, today] = [a.attributes[name], b.attributes[name]].map(
            (pair) => pair?.join(" -> ") ?? "unchanged",
          );
          return then === today ? [] : [`${address}.${name}: \`${then}\` then, \`${today}\` now`];
        }),
      ];
    }),
  );
}

/**
 * What changed between two states, as text: resource and attribute, before and after. Sensitive values are left out.
 * @param before `prior_state` of the plan, as `show -json` prints it
 * @param now the state, as `show -json` prints it
 */
export function movedStates(before: unknown, now: unknown): string {
  const [old, current] = [before, now].map((state) => new Map(resourcesIn(state).map((one) => [one.address, one])));
  const addresses = [...new Set([...old!.keys(), ...current!.keys()])].sort();
  return some(
    addresses.flatMap((address) => {
      const [a, b] = [old!.get(address), current!.get(address)];
      if (a === undefined) return [`${address} is new`];
      if (b === undefined) return [`${address} is gone`];
      const names = [...new Set([...Object.keys(a.values), ...Object.keys(b.values)])].sort();
      return names
        .filter((name) => JSON.stringify(a.values[name] ?? null) !== JSON.stringify(b.values[name] ?? null))
        .map(
          (name) =>
            `${address}.${name}: \`${shown(a.values[name], a.marks, name)}\` -> \`${shown(b.values[name], b.marks, name)}\``,
        );
    }),
  );
}

interface Shown {
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly marks: unknown;
}

function resourcesIn(state: unknown): Shown[] {
  if (!isRecord(state) || !isRecord(state.values)) return [];
  const inModule = (module: unknown): Shown[] => {
    if (!isRecord(module)) return [];
    const resources = Array.isArray(module.resources) ? module.resources.filter(isRecord) : [];
    const children = Array.isArray(module.child_modules) ? module.child_modules : [];
    return [
      ...resources
        .filter(({ mode, deposed_key: deposed }) => mode === "managed" && deposed === undefined)
        .map((one) => ({
          address: String(one.address),
          values: isRecord(one.values) ? one.values : {},
          // Without sensitivity marks, every value may be a secret.
          marks: one.sensitive_values ?? true,
        })),
      ...children.flatMap(inModule),
    ];
  };
  return inModule(state.values.root_module);
}

const some = (all: readonly string[]): string =>
  all.slice(0, MOST).join("; ") + (all.length > MOST ? `; and ${all.length - MOST} more` : "");
