import type { Call } from "../call";
import type { ImageFact } from "../data/images";
import { DISK_CATEGORIES } from "../data/instance-types";
import { invalid } from "../errors";
import type { Disk, Instance } from "../model";
import { checkTags } from "./tags";

type Fields = Readonly<Record<string, string | undefined>>;

/** `/dev/xvda`, `/dev/xvdb`, … */
const deviceName = (index: number): string => `/dev/xvd${String.fromCharCode("a".charCodeAt(0) + index)}`;

/** The disks of a new instance: the system disk, then the data disks asked for. @throws CloudError */
export function newDisks(call: Call, instance: Instance, image: ImageFact): Disk[] {
  const system = Object.fromEntries(
    Object.entries(call.raw)
      .filter(([name]) => name.startsWith("SystemDisk."))
      .map(([name, value]) => [name.slice("SystemDisk.".length), value]),
  );
  const data = call.params.structs("DataDisk");
  return [
    newDisk(call, instance, { ...system, Size: system["Size"] || String(Math.max(40, image.size)) }, 0),
    ...data.map((fields, index) => newDisk(call, instance, fields, index + 1)),
  ];
}

/** One disk as its parameters describe it; number 0 is the system disk. @throws CloudError */
export function newDisk(call: Call, instance: Instance, fields: Fields, number: number): Disk {
  const text = (name: string, otherwise = ""): string => fields[name] || otherwise;
  const category = text("Category", number === 0 ? "cloud_essd" : "cloud_efficiency");
  if (!(DISK_CATEGORIES as readonly string[]).includes(category))
    throw invalid(
      "Category",
      `expected one of ${DISK_CATEGORIES.join(", ")}, got "${category}".`,
      "InvalidSystemDiskCategory.ValueNotSupported",
    );
  const size = Number(text("Size", "40"));
  if (!Number.isInteger(size) || size < 1 || size > 65536)
    throw invalid("Size", "expected a whole number of GiB from 1 to 65536.", "InvalidDiskSize.NotSupported");
  return {
    id: call.ids.make("d", instance.region, 17),
    region: instance.region,
    created: call.now,
    group: instance.group,
    // Tags of the call go to the disks as well.
    tags: checkTags(call.params.tags()),
    instance: instance.id,
    zone: instance.zone,
    type: number === 0 ? "system" : "data",
    category,
    size,
    name: text("DiskName"),
    description: text("Description"),
    device: text("Device", deviceName(number)),
    performanceLevel: category === "cloud_essd" ? text("PerformanceLevel", "PL1") : "",
    encrypted: text("Encrypted") === "true",
    kmsKey: text("KMSKeyId"),
    snapshotPolicy: text("AutoSnapshotPolicyId"),
    provisionedIops: Number(text("ProvisionedIops", "0")),
    bursting: text("BurstingEnabled") === "true",
    deleteWithInstance: number === 0 || text("DeleteWithInstance", "true") === "true",
    chargeType: instance.chargeType,
  };
}
