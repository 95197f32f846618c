import type { Body } from "../../cloud/contract";
import { listAt, textAt } from "../api/body";
import type { ObjectValue } from "../values/value";
import { matches, oneOf } from "../validate/rules";
import { availableZones } from "./available";
import { argument, ask, askService, rename, results } from "./shared";
import type { DataSourceContext, DataSourceType } from "./type";

const FILE = "data_source_alicloud_instance_types";
const FIELDS = {
  id: "InstanceTypeId",
  cpu_core_count: "CpuCoreCount",
  memory_size: "MemorySize",
  family: "InstanceTypeFamily",
  eni_amount: "EniQuantity",
  eni_quantity: "EniQuantity",
  nvme_support: "NvmeSupport",
  primary_eni_queue_number: "PrimaryEniQueueNumber",
  secondary_eni_queue_number: "SecondaryEniQueueNumber",
  eni_ipv6_address_quantity: "EniIpv6AddressQuantity",
  maximum_queue_number_per_eni: "MaximumQueueNumberPerEni",
  total_eni_queue_quantity: "TotalEniQueueQuantity",
  eni_private_ip_address_quantity: "EniPrivateIpAddressQuantity",
};

async function allTypes(context: DataSourceContext, given: ObjectValue): Promise<readonly Body[]> {
  const found: Body[] = [];
  let NextToken: string | undefined;
  do {
    const body = await ask(context, FILE, "Ecs", "DescribeInstanceTypes", {
      MinimumEniIpv6AddressQuantity: argument(given, "minimum_eni_ipv6_address_quantity"),
      MinimumEniPrivateIpAddressQuantity: argument(given, "minimum_eni_private_ip_address_quantity"),
      InstanceTypeFamily: argument(given, "instance_type_family"),
      GPUSpec: argument(given, "gpu_spec"),
      SystemDiskCategory: argument(given, "system_disk_category"),
      InstanceType: argument(given, "instance_type"),
      NextToken,
    });
    found.push(...listAt(body, "InstanceTypes.InstanceType"));
    NextToken = textAt(body, "NextToken") || undefined;
  } while (NextToken !== undefined);
  return found;
}

async function supportedBy(
  context: DataSourceContext,
  image: string | undefined,
): Promise<ReadonlySet<string> | undefined> {
  if (image === undefined) return undefined;
  const body = await ask(context, FILE, "Ecs", "DescribeImageSupportInstanceTypes", { ImageId: image });
  return new Set(listAt(body, "InstanceTypes.InstanceType").map((one) => textAt(one, "InstanceTypeId")));
}

function fits(type: Body, given: ObjectValue): boolean {
  const number = (name: string): number => Number(given[name] ?? 0);
  const [cpu, memory, gpu] = [number("cpu_core_count"), number("memory_size"), number("gpu_amount")];
  if (cpu > 0 && Number(type.CpuCoreCount) !== cpu) return false;
  if (memory > 0 && Number(type.MemorySize) !== memory) return false;
  if (number("eni_amount") > Number(type.EniQuantity)) return false;
  if (gpu > 0 && Number(type.GPUAmount) !== gpu) return false;
  const role = argument(given, "kubernetes_node_role");
  if (role === undefined) return true;
  const family = textAt(type, "InstanceTypeFamily");
  if (family === "ecs.t5" || Number(type.CpuCoreCount) < 2 || Number(type.MemorySize) < 4) return false;
  return !(role === "Master" && family.startsWith("ecs.gn"));
}

/** Parts that the released provider has priced in one call. */
const PRICED = 50;

/** @returns the price of each, in the order of the types */
async function pricesOf(
  context: DataSourceContext,
  given: ObjectValue,
  types: readonly Body[],
): Promise<readonly number[]> {
  const isHourly = argument(given, "instance_charge_type") !== "PrePaid";
  const action = isHourly ? "GetPayAsYouGoPrice" : "GetSubscriptionPrice";
  const { region } = context.settings;
  const prices: number[] = [];
  for (let at = 0; ; at += PRICED) {
    const part = types.slice(at, at + PRICED);
    const ModuleList = part.map((type) => ({
      ModuleCode: "InstanceType",
      Config: `InstanceType:${textAt(type, "InstanceTypeId")},IoOptimized:IoOptimized,ImageOs:linux,Region:${region}`,
      ...(isHourly ? { PriceType: "Hour" } : {}),
    }));
    const request = { Region: region, ProductCode: "ecs", ModuleList };
    const body = await askService(context, FILE, "service_alicloud_bss_open_api", "BssOpenApi", action, request);
    prices.push(...listAt(body, "Data.ModuleDetails.ModuleDetail").map((one) => Number(one.OriginalCost)));
    if (part.length < PRICED) return prices;
  }
}

const SORTED: Readonly<Record<string, string>> = { CPU: "CpuCoreCount", Memory: "MemorySize" };

export const instanceTypes: DataSourceType = {
  file: FILE,
  skippable: true,
  checks: {
    instance_type_family: matches(/^ecs\..*/, "prefix must be 'ecs.'"),
    instance_charge_type: oneOf("PrePaid", "PostPaid"),
    network_type: oneOf("Vpc", "Classic"),
    spot_strategy: oneOf("NoSpot", "SpotAsPriceGo", "SpotWithPriceLimit"),
    kubernetes_node_role: oneOf("Master", "Worker"),
    sorted_by: oneOf("CPU", "Memory", "Price"),
    system_disk_category: oneOf(
      ..."cloud ephemeral_ssd cloud_essd cloud_efficiency cloud_ssd cloud_essd_entry cloud_auto".split(" "),
    ),
  },
  read: async (given, context) => {
    const order = argument(given, "sorted_by");
    const zone = argument(given, "availability_zone");
    const zonesOf = new Map<string, string[]>();
    for (const one of await availableZones(context, FILE, given, "InstanceType")) {
      if (zone !== undefined && one.zoneId !== zone) continue;
      for (const type of one.values) zonesOf.set(type, [...(zonesOf.get(type) ?? []), one.zoneId]);
    }
    const image = await supportedBy(context, argument(given, "image_id")?.trim());
    const found = (await allTypes(context, given)).filter((type) => {
      const id = textAt(type, "InstanceTypeId");
      return zonesOf.has(id) && (image === undefined || image.has(id)) && fits(type, given);
    });
    const field = SORTED[order ?? ""];
    if (field !== undefined) found.sort((one, other) => Number(one[field]) - Number(other[field]));
    const prices =
      order === "Price" && found.length > 0 ? await pricesOf(context, given, found) : ([] as readonly number[]);
    const priced = new Map(found.map((type, at) => [type, prices[at]]));
    if (prices.length > 0) found.sort((one, other) => priced.get(one)! - priced.get(other)!);
    return results(
      given,
      found.map((type) => textAt(type, "InstanceTypeId")),
      {
        instance_types: found.map((type) => ({
          ...rename(type, FIELDS),
          ...(prices.length > 0 ? { price: priced.get(type)!.toFixed(4) } : {}),
          availability_zones: [...(zonesOf.get(textAt(type, "InstanceTypeId")) ?? [])].sort(),
          gpu: texts(rename(type, { amount: "GPUAmount", category: "GPUSpec" })),
          burstable_instance: texts(
            rename(type, { initial_credit: "InitialCredit", baseline_credit: "BaselineCredit" }),
          ),
          local_storage: texts(
            rename(type, {
              capacity: "LocalStorageCapacity",
              amount: "LocalStorageAmount",
              category: "LocalStorageCategory",
            }),
          ),
        })),
      },
    );
  },
};

const texts = (fields: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value ?? "")]));
