import type { Body } from "../../cloud/contract";

/** Reading answers of the cloud: a missing step anywhere on the way is undefined, never an error. */
export function at(body: unknown, path: string): unknown {
  let value: unknown = body;
  for (const step of path.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

/** Text, `""` when there is none. */
export function textAt(body: unknown, path: string): string {
  const value = at(body, path);
  return value === null || value === undefined ? "" : String(value);
}

/** A list of objects, empty when there is none. */
export function listAt(body: unknown, path: string): readonly Body[] {
  const value = at(body, path);
  return Array.isArray(value) ? (value as Body[]) : [];
}

/** A list of texts, empty when there is none. */
export function textsAt(body: unknown, path: string): readonly string[] {
  const value = at(body, path);
  return Array.isArray(value) ? value.map(String) : [];
}
