import type { Body } from "../cloud/contract";

/** The list of objects found by going down `path`; empty when there is none. */
export function listIn(body: Body | undefined, ...path: string[]): Body[] {
  let at: unknown = body;
  for (const key of path) at = isBody(at) ? at[key] : undefined;
  return Array.isArray(at) ? at.filter(isBody) : [];
}

/** A scalar as text; `""` when it is missing. */
export function textIn(body: Body | undefined, key: string): string {
  const value = body?.[key];
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

function isBody(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
