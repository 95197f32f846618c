import type { Actions, Call } from "../call";
import type { Body } from "../contract";
import { imageFact } from "../data/images";
import { missing, notFound, refused } from "../errors";
import type { Disk } from "../model";
import { numberedPage } from "../paging";
import { defined, isoTime } from "./checks";
import { newDisk } from "./disk-new";
import { needed } from "./find";
import { needStatus } from "./instance-power";
import { hasTags } from "./tags";

function attributes(disk: Disk): Body {
  return {
    DiskId: disk.id,
    DiskName: disk.name,
    Description: disk.description,
    RegionId: disk.region,
    ZoneId: disk.zone,
    InstanceId: disk.instance,
    Status: disk.instance === "" ? "Available" : "In_use",
    Type: disk.type,
    Category: disk.category,
    Size: disk.size,
    Device: disk.device,
    PerformanceLevel: disk.performanceLevel,
    Encrypted: disk.encrypted,
    KMSKeyId: disk.kmsKey,
    AutoSnapshotPolicyId: disk.snapshotPolicy,
    EnableAutomatedSnapshotPolicy: disk.snapshotPolicy !== "",
    EnableAutoSnapshot: true,
    // A storage cluster that was not requested would look like a change.
    StorageClusterId: "",
    ProvisionedIops: disk.provisionedIops,
    BurstingEnabled: disk.bursting,
    DeleteWithInstance: disk.deleteWithInstance,
    DeleteAutoSnapshot: true,
    DiskChargeType: disk.chargeType,
    Portable: disk.type === "data",
    ImageId: "",
    SourceSnapshotId: "",
    ResourceGroupId: disk.group,
    CreationTime: isoTime(disk.created),
    ExpiredTime: "2099-12-31T15:59Z",
    OperationLocks: { OperationLock: [] },
    Tags: { Tag: Object.entries(disk.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })) },
  };
}

function describe(call: Call): Body {
  const { params } = call;
  const instance = params.text("InstanceId");
  const ids = params.jsonList("DiskIds");
  const type = params.text("DiskType") ?? "all";
  const tags = params.tags();
  const found = (instance === undefined ? call.list("disk") : call.by("disk", "instance", instance))
    .filter((disk) => ids === undefined || ids.includes(disk.id))
    .filter((disk) => type === "all" || disk.type === type)
    .filter((disk) => (params.text("Category") ?? disk.category) === disk.category)
    .filter((disk) => (params.text("ZoneId") ?? disk.zone) === disk.zone)
    .filter((disk) => (params.text("ResourceGroupId") ?? disk.group) === disk.group)
    .filter((disk) => hasTags(disk.tags, tags))
    .sort((a, b) => (a.type === b.type ? 0 : a.type === "system" ? -1 : 1));
  const page = numberedPage(call, found, 10, 100);
  return { ...page.numbers, NextToken: "", Disks: { Disk: page.items.map(attributes) } };
}

function resize(call: Call): Body {
  const disk = needed(call, "disk");
  const size = call.params.needInt("NewSize", { min: 1, max: 65536, code: "InvalidDiskSize.NotSupported" });
  if (size < disk.size) throw refused("InvalidDiskSize.TooSmall", "A disk cannot become smaller.");
  call.update("disk", disk, { size });
  return {};
}

function modifySpec(call: Call): Body {
  const disk = needed(call, "disk");
  call.update(
    "disk",
    disk,
    defined<Pick<Disk, "performanceLevel" | "category" | "provisionedIops">>({
      performanceLevel: call.params.oneOf("PerformanceLevel", ["PL0", "PL1", "PL2", "PL3"]),
      category: call.params.text("DiskCategory"),
      provisionedIops: call.params.int("ProvisionedIops", { min: 0 }),
    }),
  );
  return { TaskId: `t-${call.ids.letters(18)}`, OrderId: "" };
}

function modifyAttribute(call: Call): Body {
  const one = call.params.text("DiskId");
  const ids = one === undefined ? call.params.list("DiskIds") : [one];
  if (ids.length === 0) throw missing("DiskId");
  for (const id of ids)
    call.update(
      "disk",
      needed(call, "disk", id),
      defined<Pick<Disk, "name" | "description" | "deleteWithInstance" | "bursting">>({
        name: call.params.raw("DiskName"),
        description: call.params.raw("Description"),
        deleteWithInstance: call.params.flag("DeleteWithInstance"),
        bursting: call.params.flag("BurstingEnabled"),
      }),
    );
  return {};
}

/** These two actions spell their parameters with a small first letter. */
const snapshotPolicy =
  (apply: boolean) =>
  (call: Call): Body => {
    const ids = call.params.jsonList("diskIds") ?? call.params.jsonList("DiskIds") ?? [];
    const policy = call.params.text("autoSnapshotPolicyId") ?? call.params.text("AutoSnapshotPolicyId");
    if (apply && policy === undefined) throw missing("autoSnapshotPolicyId");
    for (const id of ids) call.update("disk", needed(call, "disk", id), { snapshotPolicy: apply ? policy! : "" });
    return {};
  };

function replaceSystemDisk(call: Call): Body {
  const instance = needed(call, "instance");
  needStatus(call, instance, "Stopped");
  const id = call.params.text("ImageId") ?? instance.image;
  if (imageFact(id) === undefined) throw notFound("InvalidImageId.NotFound", "The specified ImageId does not exist.");
  const old = call.by("disk", "instance", instance.id).find((disk) => disk.type === "system")!;
  const size = call.params.int("SystemDisk.Size", { min: 1, max: 2048 }) ?? old.size;
  const disk: Disk = {
    ...old,
    id: newDisk(call, instance, {}, 0).id,
    created: call.now,
    size,
    encrypted: call.params.flag("Encrypted") ?? old.encrypted,
    kmsKey: call.params.text("KMSKeyId") ?? old.kmsKey,
  };
  call.remove("disk", old.id);
  call.put("disk", disk);
  call.update("instance", instance, { image: id, keyPair: call.params.text("KeyPairName") ?? instance.keyPair });
  return { DiskId: disk.id };
}

export const diskActions: Actions = {
  DescribeDisks: describe,
  ResizeDisk: resize,
  ModifyDiskSpec: modifySpec,
  ModifyDiskAttribute: modifyAttribute,
  ApplyAutoSnapshotPolicy: snapshotPolicy(true),
  CancelAutoSnapshotPolicy: snapshotPolicy(false),
  ReplaceSystemDisk: replaceSystemDisk,
};
