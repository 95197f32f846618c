import type { Body } from "../../cloud/contract";
import { listAt, textAt } from "../api/body";
import { wayOf } from "../api/calls";
import { tagsOf } from "../resources/operation";
import { oneOf, regularExpression } from "../validate/rules";
import { argument, ask, compile, rename, results } from "./shared";
import type { DataSourceContext, DataSourceType } from "./type";
import { tagFilter } from "./vpcs";

const FILE = "data_source_alicloud_images";
const FIELDS = {
  id: "ImageId",
  architecture: "Architecture",
  creation_time: "CreationTime",
  description: "Description",
  image_id: "ImageId",
  image_owner_alias: "ImageOwnerAlias",
  os_name: "OSName",
  os_name_en: "OSNameEn",
  os_type: "OSType",
  name: "ImageName",
  platform: "Platform",
  status: "Status",
  state: "Status",
  size: "Size",
  is_self_shared: "IsSelfShared",
  is_subscribed: "IsSubscribed",
  is_copied: "IsCopied",
  is_support_io_optimized: "IsSupportIoOptimized",
  image_version: "ImageVersion",
  progress: "Progress",
  usage: "Usage",
  product_code: "ProductCode",
};
/** Argument to parameter. */
const FILTERS = {
  owners: "ImageOwnerAlias",
  status: "Status",
  image_id: "ImageId",
  image_name: "ImageName",
  snapshot_id: "SnapshotId",
  image_family: "ImageFamily",
  instance_type: "InstanceType",
  resource_group_id: "ResourceGroupId",
  usage: "Usage",
  architecture: "Architecture",
  os_type: "OSType",
  action_type: "ActionType",
  is_support_io_optimized: "IsSupportIoOptimized",
  is_support_cloud_init: "IsSupportCloudinit",
  dry_run: "DryRun",
  image_owner_id: "ImageOwnerId",
};
const [ASKED, LAST_PAGE_BELOW] = [100, 50];

async function allImages(
  context: DataSourceContext,
  filters: Record<string, string | undefined>,
  tags: ReturnType<typeof tagFilter>,
): Promise<readonly Body[]> {
  const found: Body[] = [];
  for (let page = 1; ; page += 1) {
    const body = await ask(context, FILE, "Ecs", "DescribeImages", {
      ...filters,
      Tag: tags,
      PageNumber: page,
      PageSize: ASKED,
    });
    const images = listAt(body, "Images.Image");
    found.push(...images);
    if (images.length < LAST_PAGE_BELOW) return found;
  }
}

async function tags(context: DataSourceContext, id: string): Promise<Record<string, string>> {
  try {
    const request = { ResourceType: "image", ResourceId: id };
    const body = await context.api.call("Ecs", "DescribeTags", request, wayOf(FILE, "DescribeTags"));
    return tagsOf(listAt(body, "Tags.Tag"));
  } catch {
    // The real provider shows images without tags when these cannot be had.
    return {};
  }
}

export const images: DataSourceType = {
  file: FILE,
  checks: {
    name_regex: regularExpression,
    owners: oneOf("system", "self", "others", "marketplace", ""),
    status: oneOf("Available", "Creating", "Waiting", "UnAvailable", "CreateFailed", "Deprecated"),
    usage: oneOf("instance", "none"),
    architecture: oneOf("i386", "x86_64", "arm64"),
    os_type: oneOf("windows", "linux"),
    action_type: oneOf("CreateEcs", "CreateOS"),
  },
  read: async (given, context) => {
    const filters = Object.fromEntries(
      Object.entries(FILTERS).map(([name, parameter]) => [parameter, argument(given, name)]),
    );
    const pattern = argument(given, "name_regex");
    const expression = pattern === undefined ? undefined : compile(pattern);
    const all = await allImages(context, filters, tagFilter(given));
    const matching = all.filter((one) => {
      const name = textAt(one, "ImageName");
      return expression === undefined || (name !== "" && expression.test(name));
    });
    const byTime = [...matching].sort(
      (one, other) => Date.parse(textAt(one, "CreationTime")) - Date.parse(textAt(other, "CreationTime")),
    );
    const found = given.most_recent === true ? byTime.slice(-1) : matching;
    const items: Record<string, unknown>[] = [];
    for (const image of found) {
      items.push({
        ...rename(image, FIELDS),
        disk_device_mappings: listAt(image, "DiskDeviceMappings.DiskDeviceMapping").map((disk) =>
          rename(disk, { device: "Device", size: "Size", snapshot_id: "SnapshotId" }),
        ),
        tags: await tags(context, textAt(image, "ImageId")),
      });
    }
    return results(
      given,
      found.map((one) => textAt(one, "ImageId")),
      { images: items },
    );
  },
};
