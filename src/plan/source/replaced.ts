import type { JsonObject } from "../json";

/** Names of members and numbers of items that lead from a value to a part of it. */
export type Path = readonly (string | number)[];

/** What is put where, by the first step that leads there. */
type Steps = Map<string | number, Steps | { readonly put: unknown }>;

/**
 * A copy in which parts are replaced. They are told by where they stand: parts that read the same may be one object.
 * @param parts paths that lead to parts, none of them through another
 */
export function replaced(value: JsonObject, parts: readonly (readonly [path: Path, put: unknown])[]): JsonObject {
  const steps: Steps = new Map();
  for (const [path, put] of parts) {
    let at = steps;
    for (const step of path.slice(0, -1)) {
      const next = (at.get(step) as Steps | undefined) ?? new Map();
      at.set(step, next);
      at = next;
    }
    at.set(path.at(-1)!, { put });
  }
  return copied(value, steps) as JsonObject;
}

function copied(value: unknown, steps: Steps): unknown {
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  for (const [step, next] of steps) copy[step] = next instanceof Map ? copied(copy[step], next) : next.put;
  return copy;
}
