import type { Actions, Call } from "../call";
import { isIpv4, isIpv6 } from "../cidr";
import type { Body } from "../contract";
import { invalid, missing, quotaExceeded, refused } from "../errors";
import type { Acl } from "../model";
import { numberedPage } from "../paging";
import { isoTime } from "./checks";
import { needed } from "./find";
import { groupFor } from "./groups";
import { tagList } from "./tags";

/** Entries of one list. */
const MAX_ENTRIES = 300;

function create(call: Call): Body {
  const acl: Acl = {
    id: call.ids.make("acl", call.needRegion().id),
    region: call.region,
    created: call.now,
    group: groupFor(call),
    tags: {},
    name: call.params.need("AclName"),
    ipVersion: call.params.oneOf("AddressIPVersion", ["ipv4", "ipv6"]) ?? "ipv4",
    entries: [],
  };
  call.put("acl", acl);
  return { AclId: acl.id };
}

function describe(call: Call): Body {
  const acl = needed(call, "acl");
  const listeners = call.by("listener", "acl", acl.id).map((listener) => ({
    LoadBalancerId: listener.balancer,
    ListenerPort: listener.port,
    Protocol: listener.protocol,
    AclType: String(listener.attributes["AclType"] ?? ""),
  }));
  return {
    AclId: acl.id,
    AclName: acl.name,
    AddressIPVersion: acl.ipVersion,
    ResourceGroupId: acl.group,
    TotalAclEntry: acl.entries.length,
    AclEntrys: {
      AclEntry: acl.entries.map(({ entry, comment }) => ({ AclEntryIP: entry, AclEntryComment: comment })),
    },
    RelatedListeners: { RelatedListener: listeners },
    Tags: { Tag: tagList(acl.tags, "TagKey", "TagValue") },
  };
}

/** A part of a name finds it. */
function list(call: Call): Body {
  const name = call.params.text("AclName");
  const version = call.params.oneOf("AddressIPVersion", ["ipv4", "ipv6"]);
  const group = call.params.text("ResourceGroupId");
  const found = call
    .list("acl")
    .filter((acl) => name === undefined || acl.name.includes(name))
    .filter((acl) => version === undefined || acl.ipVersion === version)
    .filter((acl) => group === undefined || acl.group === group);
  const { items, numbers } = numberedPage(call, found, 10, 50);
  const rows = items.map((acl) => ({
    AclId: acl.id,
    AclName: acl.name,
    AddressIPVersion: acl.ipVersion,
    ResourceGroupId: acl.group,
    CreateTime: isoTime(acl.created),
    Tags: { Tag: tagList(acl.tags, "TagKey", "TagValue") },
  }));
  return { Acls: { Acl: rows }, Count: rows.length, ...numbers };
}

/** `AclEntrys`: a JSON list. Clients put a `null` before what they mean. @throws CloudError */
function entriesIn(call: Call, acl: Acl): Acl["entries"] {
  const text = call.params.text("AclEntrys");
  if (text === undefined) throw missing("AclEntrys");
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw invalid("AclEntrys", "it is not a JSON list.");
  }
  const list = (Array.isArray(parsed) ? parsed : []).filter((one) => typeof one === "object" && one !== null) as {
    entry?: unknown;
    comment?: unknown;
  }[];
  if (list.length === 0) throw refused("AclEntryEmpty", "The list of entries is empty.");
  return list.map(({ entry, comment }) => {
    const block = String(entry ?? "");
    if (!(acl.ipVersion === "ipv6" ? isIpv6 : isIpv4)(block) || !block.includes("/"))
      throw invalid("AclEntrys", `"${block}" is no ${acl.ipVersion} block.`, "AclEntryInvalid");
    return { entry: block, comment: String(comment ?? "") };
  });
}

function add(call: Call): Body {
  const acl = needed(call, "acl");
  const added = entriesIn(call, acl);
  const others = acl.entries.filter((one) => !added.some(({ entry }) => entry === one.entry));
  const entries = [...others, ...added];
  if (entries.length > MAX_ENTRIES) throw quotaExceeded("AclEntriesOverLimit", "entries per list", MAX_ENTRIES);
  call.update("acl", acl, { entries });
  return {};
}

function take(call: Call): Body {
  const acl = needed(call, "acl");
  const gone = entriesIn(call, acl).map(({ entry }) => entry);
  call.update("acl", acl, { entries: acl.entries.filter(({ entry }) => !gone.includes(entry)) });
  return {};
}

function remove(call: Call): Body {
  const acl = needed(call, "acl");
  if (call.countBy("listener", "acl", acl.id) > 0)
    throw refused("AclInUsed", "The access control list is used by a listener.");
  call.remove("acl", acl.id);
  return {};
}

export const aclActions: Actions = {
  CreateAccessControlList: create,
  DescribeAccessControlLists: list,
  DescribeAccessControlListAttribute: describe,
  SetAccessControlListAttribute: (call) => {
    call.update("acl", needed(call, "acl"), { name: call.params.need("AclName") });
    return {};
  },
  AddAccessControlListEntry: add,
  RemoveAccessControlListEntry: take,
  DeleteAccessControlList: remove,
};
