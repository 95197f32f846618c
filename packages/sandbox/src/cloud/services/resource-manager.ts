import type { Actions, Call } from "../call";
import type { Body } from "../contract";
import { invalid, refused } from "../errors";
import type { ResourceGroup } from "../model";
import { numberedPage } from "../paging";
import { isoTime } from "./checks";
import { needed } from "./find";
import { DEFAULT_GROUP } from "./groups";
import { checkTags, tagList } from "./tags";

function attributes(call: Call, group: ResourceGroup): Body {
  return {
    Id: group.id,
    Name: group.name,
    DisplayName: group.displayName,
    AccountId: call.settings.accountId,
    Status: call.statusOf(group),
    CreateDate: isoTime(group.created),
  };
}

function list(call: Call): Body {
  const { params } = call;
  const ids = params.list("ResourceGroupIds");
  const one = params.text("ResourceGroupId");
  const found = call
    .list("resource-group")
    .filter((group) => (one === undefined || group.id === one) && (ids.length === 0 || ids.includes(group.id)))
    .filter((group) => (params.text("Name") ?? group.name) === group.name)
    .filter((group) => (params.text("Status") ?? call.statusOf(group)) === call.statusOf(group));
  const page = numberedPage(call, found, 10, 100);
  return { ...page.numbers, ResourceGroups: { ResourceGroup: page.items.map((group) => attributes(call, group)) } };
}

function get(call: Call): Body {
  const group = needed(call, "resource-group");
  return {
    ResourceGroup: {
      ...attributes(call, group),
      RegionStatuses: { RegionStatus: call.settings.regions.map((id) => ({ RegionId: id, Status: "OK" })) },
      Tags: { Tag: tagList(group.tags, "TagKey", "TagValue") },
    },
  };
}

function create(call: Call): Body {
  const name = call.params.need("Name");
  if (!/^[A-Za-z][A-Za-z0-9_-]{2,49}$/.test(name))
    throw invalid("Name", "expected 3 to 50 letters, digits, _ and -.", "InvalidParameter.Name");
  if (call.countBy("resource-group", "name", name) > 0)
    throw refused("EntityAlreadyExists.ResourceGroup", "The resource group exists already.");
  const group: ResourceGroup = {
    id: `rg-acfm${call.ids.letters(11)}`,
    region: "",
    created: call.now,
    tags: checkTags(call.params.tags()),
    name,
    displayName: call.params.text("DisplayName") ?? name,
    status: [["OK"]],
  };
  call.put("resource-group", group);
  return {
    ResourceGroup: {
      ...attributes(call, group),
      RegionStatuses: { RegionStatus: call.settings.regions.map((id) => ({ RegionId: id, Status: "OK" })) },
    },
  };
}

function update(call: Call): Body {
  const group = needed(call, "resource-group");
  return {
    ResourceGroup: attributes(
      call,
      call.update("resource-group", group, { displayName: call.params.text("NewDisplayName") ?? group.displayName }),
    ),
  };
}

function remove(call: Call): Body {
  const group = needed(call, "resource-group");
  if (group.name === DEFAULT_GROUP)
    throw refused("DeleteConflict.ResourceGroup.Default", "The default resource group cannot be deleted.");
  const kinds = [
    "vpc",
    "vswitch",
    "security-group",
    "eip",
    "instance",
    "load-balancer",
    "anycast-eip",
    "network-interface",
  ] as const;
  if (kinds.some((kind) => call.list(kind).some((record) => record.group === group.id)))
    throw refused("DeleteConflict.ResourceGroup.Resource", "The resource group still holds resources.");
  call.remove("resource-group", group.id);
  return { ResourceGroup: { ...attributes(call, group), Status: "Deleting" } };
}

export const resourceManagerActions: Actions = {
  ListResourceGroups: list,
  GetResourceGroup: get,
  CreateResourceGroup: create,
  UpdateResourceGroup: update,
  DeleteResourceGroup: remove,
};
