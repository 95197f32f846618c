import type { Actions, Call } from "../call";
import { CloudError } from "../contract";
import { MAX_TAGS } from "../data/limits";
import { invalid, missing, notFound, quotaExceeded } from "../errors";
import type { Kinds, Tags } from "../model";
import { tokenPage } from "../paging";

/** Kinds of objects that carry tags. */
export type TaggedKind = {
  [K in keyof Kinds]: Kinds[K] extends { readonly tags: Tags } ? K : never;
}[keyof Kinds];

/** The kind that each ResourceType (in lower case) of a product means. */
export type TagTypes = Readonly<Record<string, TaggedKind>>;

/** @throws CloudError when the cloud would not take these tags */
export function checkTags(tags: Tags): Tags {
  for (const [key, value] of Object.entries(tags)) {
    if (key.length > 128 || /^(aliyun|acs:)/.test(key) || /https?:\/\//.test(key))
      throw invalid("Tag.N.Key", `"${key}" is too long or has a reserved form.`, "InvalidTagKey.Malformed");
    if (value.length > 256 || /^acs:/.test(value) || /https?:\/\//.test(value))
      throw invalid("Tag.N.Value", `"${value}" is too long or has a reserved form.`, "InvalidTagValue.Malformed");
  }
  if (Object.keys(tags).length > MAX_TAGS) throw quotaExceeded("NumberExceed.Tags", "tags per resource", MAX_TAGS);
  return tags;
}

/** Tags as a list of pairs with the names the answer uses. */
export const tagList = (tags: Tags, key = "Key", value = "Value"): Record<string, string>[] =>
  Object.entries(tags).map(([name, text]) => ({ [key]: name, [value]: text }));

/** True when the object carries all tags asked for; an empty value asks for the key alone. */
export function hasTags(tags: Tags, asked: Tags): boolean {
  return Object.entries(asked).every(([key, value]) => key in tags && (value === "" || tags[key] === value));
}

function kindOf(types: TagTypes, type: string): TaggedKind {
  const kind = types[type.toLowerCase()];
  if (kind === undefined)
    throw invalid(
      "ResourceType",
      `expected one of ${Object.keys(types).join(", ")}, got "${type}".`,
      "InvalidResourceType.NotFound",
    );
  return kind;
}

function resources<K extends TaggedKind>(
  call: Call,
  types: TagTypes,
  ids: readonly string[],
): { kind: K; record: Kinds[K] }[] {
  const kind = kindOf(types, call.params.need("ResourceType"));
  return ids.map((id) => {
    const record = call.find(kind, id);
    if (record === undefined)
      throw notFound("InvalidResourceId.NotFound", `The specified ResourceIds are not found in our records: ${id}.`);
    return { kind: kind as K, record: record as Kinds[K] };
  });
}

function neededIds(call: Call): string[] {
  const ids = call.params.list("ResourceId");
  if (ids.length === 0) throw missing("ResourceId.N");
  if (ids.length > 50) throw quotaExceeded("NumberExceed.ResourceIds", "resources per call", 50);
  return ids;
}

function tagResources(types: TagTypes) {
  return (call: Call) => {
    const asked = call.params.tags();
    if (Object.keys(asked).length === 0) throw missing("Tag.N.Key");
    const found = resources(call, types, neededIds(call));
    const all = Object.entries(checkTags(asked));
    const given = call.faults.partialTags ? all.slice(0, Math.floor(all.length / 2)) : all;
    for (const { kind, record } of found)
      call.update(kind, record, { tags: checkTags({ ...record.tags, ...Object.fromEntries(given) }) });
    if (call.faults.partialTags)
      call.partialFailure = new CloudError(
        "OperationFailed.PartialTags",
        400,
        `Only ${given.length} of ${all.length} tags were added (a fault rule asked for it); left out: ${all
          .slice(given.length)
          .map(([key]) => key)
          .join(", ")}.`,
      );
    return {};
  };
}

function untagResources(types: TagTypes) {
  return (call: Call) => {
    const keys = call.params.list("TagKey");
    const all = call.params.flag("All") ?? false;
    if (keys.length === 0 && !all) throw missing("TagKey.N");
    for (const { kind, record } of resources(call, types, neededIds(call))) {
      const kept = Object.entries(record.tags).filter(([key]) => !all && !keys.includes(key));
      call.update(kind, record, { tags: Object.fromEntries(kept) });
    }
    return {};
  };
}

function listTagResources(types: TagTypes, bare: boolean) {
  return (call: Call) => {
    const type = call.params.need("ResourceType");
    const ids = call.params.list("ResourceId");
    const asked = call.params.tags();
    const kind = kindOf(types, type);
    // As in the real cloud, an id that does not exist has no tags; it is no error.
    const found =
      ids.length > 0 ? ids.map((id) => call.find(kind, id)).filter((record) => record !== undefined) : call.list(kind);
    const rows = found
      .filter((record) => hasTags(record.tags, asked))
      .flatMap((record) =>
        tagList(record.tags, "TagKey", "TagValue").map((tag) => ({
          ResourceType: type,
          ResourceId: record.id,
          ...tag,
        })),
      );
    const page = tokenPage(call, rows, 50, 1000);
    // A token counts as one more page as soon as it is there.
    if (bare) return { ...(page.next === "" ? {} : { NextToken: page.next }), TagResources: page.items };
    return { NextToken: page.next, TagResources: { TagResource: page.items } };
  };
}

/** The tag actions of one product. `untag` is spelt differently by the products. */
export const tagActions = (
  types: TagTypes,
  untag: "UnTagResources" | "UntagResources",
  /** The answer's list is not wrapped in an object with the name of its elements. @default false */
  bare = false,
): Actions => ({
  TagResources: tagResources(types),
  [untag]: untagResources(types),
  ListTagResources: listTagResources(types, bare),
});
