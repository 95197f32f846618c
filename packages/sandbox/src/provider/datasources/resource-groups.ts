import { listAt, textAt } from "../api/body";
import { oneOf, regularExpression } from "../validate/rules";
import { argument, ask, askAll, localFilter, rename, results } from "./shared";
import type { DataSourceType } from "./type";

const FILE = "data_source_alicloud_resource_manager_resource_groups";
const FIELDS = {
  account_id: "AccountId",
  display_name: "DisplayName",
  id: "Id",
  resource_group_name: "Name",
  name: "Name",
  status: "Status",
};

export const resourceGroups: DataSourceType = {
  file: FILE,
  checks: {
    name_regex: regularExpression,
    status: oneOf("Creating", "Deleted", "Deleting", "OK", "PendingDelete"),
  },
  read: async (given, context) => {
    const request = { Status: argument(given, "status") };
    const all = await askAll(
      context,
      FILE,
      "ResourceManager",
      "ListResourceGroups",
      request,
      "ResourceGroups.ResourceGroup",
    );
    const found = all.filter(localFilter(given, "Id", "Name"));
    const groups: Record<string, unknown>[] = [];
    for (const group of found) {
      const detail =
        given.enable_details === true
          ? await ask(context, FILE, "ResourceManager", "GetResourceGroup", { ResourceGroupId: textAt(group, "Id") })
          : undefined;
      groups.push({
        ...rename(group, FIELDS),
        region_statuses: listAt(detail, "ResourceGroup.RegionStatuses.RegionStatus").map((one) =>
          rename(one, { region_id: "RegionId", status: "Status" }),
        ),
      });
    }
    return results(
      given,
      found.map((group) => textAt(group, "Id")),
      { groups, names: found.map((group) => textAt(group, "Name")) },
    );
  },
};
