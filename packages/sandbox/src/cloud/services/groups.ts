import type { Call } from "../call";
import { invalid, notFound } from "../errors";
import type { TaggedKind } from "./tags";

/** Name of the group that everything belongs to unless another is named. */
export const DEFAULT_GROUP = "default";

/** The group named by `ResourceGroupId`, else the default one. @throws CloudError when it does not exist */
export function groupFor(call: Call, parameter = "ResourceGroupId"): string {
  const asked = call.params.text(parameter);
  if (asked === undefined) return call.by("resource-group", "name", DEFAULT_GROUP)[0]?.id ?? "";
  if (call.find("resource-group", asked) === undefined)
    throw invalid(parameter, `the resource group "${asked}" does not exist.`, "InvalidResourceGroup.NotFound");
  return asked;
}

/** Moves an object to another group. */
export function moveToGroup(
  call: Call,
  types: Readonly<Record<string, TaggedKind>>,
  idName: string,
  groupName: string,
): Record<string, unknown> {
  const type = call.params.need("ResourceType");
  const kind = types[type.toLowerCase()];
  if (kind === undefined)
    throw invalid(
      "ResourceType",
      `expected one of ${Object.keys(types).join(", ")}, got "${type}".`,
      "InvalidResourceType.NotFound",
    );
  const id = call.params.need(idName);
  call.params.need(groupName);
  const record = call.find(kind, id);
  if (record === undefined)
    throw notFound("InvalidResourceId.NotFound", `The specified resource ${id} does not exist.`);
  const group = groupFor(call, groupName);
  // For a network interface the API returns only a group that was chosen.
  call.update(kind, record, kind === "network-interface" ? { group, ownGroup: group } : { group });
  return {};
}
