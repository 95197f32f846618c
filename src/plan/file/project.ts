import type { PlanFacts } from "../facts";
import type { JsonObject } from "../json";
import { readDocument } from "./document/read-document";
import { scanText } from "./text";

/** What `readPlan` and `projectPlan` have made; it is not cut down again. */
const projections = new WeakSet<object>();

/** The part of a parsed plan that the policies read, by the very reader that reads plans off their bytes. */
export function projectPlan(plan: JsonObject, facts: PlanFacts): JsonObject {
  if (projections.has(plan)) return plan;
  const bytes = Buffer.from(JSON.stringify(plan));
  const read = (text: Buffer): unknown => readDocument(text, facts);
  return markProjection(scanText(bytes, "a parsed plan", read) as JsonObject);
}

export function markProjection(plan: JsonObject): JsonObject {
  projections.add(plan);
  return plan;
}
