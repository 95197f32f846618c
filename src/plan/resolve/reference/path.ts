import { isRecord } from "../../../core/is-record";

const PATH = /^(?:\.[A-Za-z_][A-Za-z0-9_-]*|\["(?:[^"\\]|\\.)*"\]|\[[0-9]+\])*$/;
const STEP = /\.([A-Za-z_][A-Za-z0-9_-]*)|\[("(?:[^"\\]|\\.)*"|[0-9]+)\]/g;

/** What a path such as `["x"].lb` takes from a value; undefined when the value has no such part. */
export function partAt(value: unknown, path: string): unknown {
  if (path === "") return value;
  if (!PATH.test(path)) return undefined;
  let at = value;
  for (const [, name, key] of path.matchAll(STEP)) {
    const step = name ?? keyOf(key!);
    if (typeof step === "string" && isRecord(at) && Object.hasOwn(at, step)) at = at[step];
    else if (typeof step === "number" && Array.isArray(at)) at = at[step] as unknown;
    else return undefined;
  }
  return at;
}

function keyOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
