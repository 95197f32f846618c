import type { Actions, Call } from "../call";
import type { Body } from "../contract";
import { IMAGES, imageFact } from "../data/images";
import type { ImageFact } from "../data/images";
import { DISK_CATEGORIES, INSTANCE_TYPES } from "../data/instance-types";
import type { InstanceTypeFact } from "../data/instance-types";
import { regionFact, zonesOf } from "../data/regions";
import { invalid, notFound } from "../errors";
import { numberedPage, tokenPage } from "../paging";

function describeRegions(call: Call): Body {
  const rows = call.settings.regions.map((RegionId) => ({
    RegionId,
    LocalName: regionFact(RegionId)!.name,
    RegionEndpoint: call.context.endpoint ?? "",
    Status: "available",
  }));
  return { Regions: { Region: rows } };
}

function describeZones(call: Call): Body {
  const types = INSTANCE_TYPES.map((type) => type.id);
  const rows = zonesOf(call.needRegion()).map((ZoneId) => ({
    ZoneId,
    LocalName: ZoneId,
    ZoneType: "AvailabilityZone",
    AvailableInstanceTypes: { InstanceTypes: types },
    AvailableDiskCategories: { DiskCategories: DISK_CATEGORIES },
    AvailableVolumeCategories: { VolumeCategories: [] },
    AvailableDedicatedHostTypes: { DedicatedHostType: [] },
    DedicatedHostGenerations: { DedicatedHostGeneration: [] },
    AvailableResourceCreation: { ResourceTypes: ["VSwitch", "IoOptimized", "Instance", "DedicatedHost", "Disk"] },
    AvailableResources: { ResourcesInfo: [] },
  }));
  return { Zones: { Zone: rows } };
}

/** Instance types that fit the filters of DescribeAvailableResource. */
function available(call: Call): InstanceTypeFact[] {
  const { params } = call;
  const cores = params.int("Cores", { min: 1 });
  const memory = params.text("Memory");
  const asked = params.text("InstanceType");
  return INSTANCE_TYPES.filter(
    (type) =>
      (cores === undefined || type.cpu === cores) &&
      (memory === undefined || type.memory === Number(memory)) &&
      (asked === undefined || type.id === asked),
  );
}

function describeAvailableResource(call: Call): Body {
  const destination = call.params.need("DestinationResource");
  const values: Readonly<Record<string, readonly string[]>> = {
    Zone: [],
    IoOptimized: ["optimized"],
    InstanceType: available(call).map((type) => type.id),
    SystemDisk: DISK_CATEGORIES,
    DataDisk: DISK_CATEGORIES,
    Network: ["vpc"],
  };
  if (!(destination in values))
    throw invalid(
      "DestinationResource",
      `expected one of ${Object.keys(values).join(", ")}, got "${destination}".`,
      "InvalidParameter.DestinationResource",
    );
  const zone = call.params.text("ZoneId");
  const rows = zonesOf(call.needRegion())
    .filter((id) => zone === undefined || id === zone)
    .map((ZoneId) => ({
      ZoneId,
      RegionId: call.region,
      Status: "Available",
      StatusCategory: "WithStock",
      AvailableResources: {
        AvailableResource: [
          {
            Type: destination,
            SupportedResources: {
              SupportedResource: (destination === "Zone" ? [ZoneId] : values[destination]!).map((Value) => ({
                Value,
                Status: "Available",
                StatusCategory: "WithStock",
                ...(destination.endsWith("Disk") ? { Min: 20, Max: 32768, Unit: "GiB" } : {}),
              })),
            },
          },
        ],
      },
    }));
  return { AvailableZones: { AvailableZone: rows } };
}

function typeView(type: InstanceTypeFact): Body {
  return {
    InstanceTypeId: type.id,
    InstanceTypeFamily: type.family,
    InstanceFamilyLevel: "EnterpriseLevel",
    InstanceCategory: "General-purpose",
    CpuArchitecture: type.arm ? "ARM" : "X86",
    CpuCoreCount: type.cpu,
    MemorySize: type.memory,
    EniQuantity: type.enis,
    EniTotalQuantity: type.enis,
    EniPrivateIpAddressQuantity: type.addressesPerEni,
    EniIpv6AddressQuantity: type.ipv6PerEni,
    MaximumQueueNumberPerEni: type.queues,
    PrimaryEniQueueNumber: type.queues,
    SecondaryEniQueueNumber: type.queues,
    TotalEniQueueQuantity: type.queues * type.enis,
    GPUAmount: type.gpus,
    GPUSpec: type.gpu,
    InitialCredit: 0,
    BaselineCredit: 0,
    LocalStorageAmount: 0,
    LocalStorageCapacity: 0,
    LocalStorageCategory: "",
    NvmeSupport: "unsupported",
    DiskQuantity: 17,
  };
}

function describeInstanceTypes(call: Call): Body {
  const { params } = call;
  const listed = params.list("InstanceTypes");
  const family = params.text("InstanceTypeFamily");
  const one = params.text("InstanceType");
  const ipv6 = params.int("MinimumEniIpv6AddressQuantity", { min: 0 }) ?? 0;
  const addresses = params.int("MinimumEniPrivateIpAddressQuantity", { min: 0 }) ?? 0;
  const found = INSTANCE_TYPES.filter(
    (type) =>
      (listed.length === 0 || listed.includes(type.id)) &&
      (one === undefined || type.id === one) &&
      (family === undefined || type.family === family) &&
      type.ipv6PerEni >= ipv6 &&
      type.addressesPerEni >= addresses &&
      (params.text("GPUSpec") ?? type.gpu) === type.gpu,
  );
  const page = tokenPage(call, found, 1600, 1600);
  return { NextToken: page.next, InstanceTypes: { InstanceType: page.items.map(typeView) } };
}

function supportedTypes(call: Call): Body {
  const id = call.params.need("ImageId");
  if (imageFact(id) === undefined) throw notFound("InvalidImageId.NotFound", "The specified ImageId does not exist.");
  return { ImageId: id, RegionId: call.region, InstanceTypes: { InstanceType: INSTANCE_TYPES.map(typeView) } };
}

function imageView(image: ImageFact): Body {
  return {
    ImageId: image.id,
    ImageName: image.name,
    ImageFamily: image.family,
    ImageOwnerAlias: "system",
    ImageVersion: "",
    Description: "",
    CreationTime: image.created,
    Architecture: image.architecture,
    OSName: image.osName,
    OSNameEn: image.osName,
    OSType: image.osType,
    Platform: image.platform,
    Status: "Available",
    Size: image.size,
    Progress: "100%",
    Usage: "instance",
    ProductCode: "",
    IsSelfShared: "",
    IsSubscribed: false,
    IsCopied: false,
    IsPublic: false,
    IsSupportIoOptimized: true,
    IsSupportCloudinit: true,
    BootMode: "BIOS",
    DiskDeviceMappings: { DiskDeviceMapping: [] },
    Tags: { Tag: [] },
  };
}

function describeImages(call: Call): Body {
  const { params } = call;
  const owner = params.text("ImageOwnerAlias");
  const ids = params.text("ImageId")?.split(",");
  const only = (name: string, value: (image: ImageFact) => string) => (image: ImageFact) =>
    (params.text(name) ?? value(image)).toLowerCase() === value(image).toLowerCase();
  const found = IMAGES.filter(() => owner === undefined || owner === "system")
    .filter(() => params.text("ImageOwnerId") === undefined && params.text("SnapshotId") === undefined)
    .filter((image) => ids === undefined || ids.includes(image.id))
    .filter(only("ImageName", (image) => image.name))
    .filter(only("ImageFamily", (image) => image.family))
    .filter(only("Architecture", (image) => image.architecture))
    .filter(only("OSType", (image) => image.osType))
    .filter(() => (params.text("Status") ?? "Available").split(",").includes("Available"))
    .filter(() => Object.keys(params.tags()).length === 0);
  const page = numberedPage(call, found, 10, 100);
  return { ...page.numbers, RegionId: call.region, Images: { Image: page.items.map(imageView) } };
}

/** Public images carry no tags; other objects answer through ListTagResources. */
function describeTags(call: Call): Body {
  const page = numberedPage(call, [], 50, 100);
  return { ...page.numbers, Tags: { Tag: [] } };
}

export const ecsLookupActions: Actions = {
  DescribeRegions: describeRegions,
  DescribeZones: describeZones,
  DescribeAvailableResource: describeAvailableResource,
  DescribeInstanceTypes: describeInstanceTypes,
  DescribeImageSupportInstanceTypes: supportedTypes,
  DescribeImages: describeImages,
  DescribeTags: describeTags,
};
