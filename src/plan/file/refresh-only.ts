import { asObject, type JsonObject } from "../json";
import { copyConfiguration } from "./document/configuration-text";
import { markProjection } from "./project";

/**
 * Completes the JSON of a plan that only refreshes, of which no saved file is at hand. Terraform leaves the list of changes
 * out of it, and plans no value of any resource, whether outputs change or anything differs in the cloud; any other plan
 * lists each configured resource, if only as unchanged. So the same plan gets the same verdict, saved or as JSON.
 * @param plan as `readPlan` gives it
 * @param whole gives the whole document; it is read only where the list is missing
 */
export function completedByShape(plan: JsonObject, whole: () => JsonObject): JsonObject {
  if (Object.hasOwn(plan, "resource_changes")) return plan;
  const planned = asObject(asObject(whole().planned_values)?.root_module);
  if (planned === undefined || Object.keys(planned).length > 0) return plan;
  const completed = markProjection({ ...plan, resource_changes: [], applyable: false });
  copyConfiguration(plan, completed);
  return completed;
}
