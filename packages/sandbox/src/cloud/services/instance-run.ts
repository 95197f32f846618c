import type { Call } from "../call";
import type { Body } from "../contract";
import { imageFact } from "../data/images";
import type { ImageFact } from "../data/images";
import { instanceTypeFact } from "../data/instance-types";
import { regionFact } from "../data/regions";
import { invalid, missing, notFound, quotaExceeded, refused } from "../errors";
import type { Instance, NetworkInterface, VSwitch } from "../model";
import { descriptionIn, nameIn } from "./checks";
import { newDisks } from "./disk-new";
import { checkGroups, newInterface, newIpv6 } from "./eni-parts";
import { needed } from "./find";
import { groupFor } from "./groups";
import { checkTags } from "./tags";

/** RunInstances: makes instances with disks and interfaces and starts them. */
export function runInstances(call: Call): Body {
  const region = call.needRegion();
  const { params } = call;
  const amount = params.int("Amount", { min: 1, max: 100 }) ?? 1;
  const limit = call.settings.quotas.instances;
  if (call.countBy("instance", "region", region.id) + amount > limit)
    throw quotaExceeded("QuotaExceed.ElasticQuota", "instances per region", limit);
  const image = imageFact(params.need("ImageId"));
  if (image === undefined) throw notFound("InvalidImageId.NotFound", "The specified ImageId does not exist.");
  const type = params.need("InstanceType");
  if (instanceTypeFact(type) === undefined)
    throw invalid("InstanceType", `"${type}" is not an instance type.`, "InvalidInstanceType.NotSupported");
  const network = networkIn(call);
  const made = Array.from({ length: amount }, (_, index) => runOne(call, image, network, index, amount));
  return { InstanceIdSets: { InstanceIdSet: made.map((instance) => instance.id) } };
}

interface Network {
  readonly vswitch: VSwitch;
  readonly groups: readonly string[];
  readonly primary: Readonly<Record<string, string>>;
  readonly secondary: readonly Readonly<Record<string, string>>[];
}

const groupsOf = (fields: Readonly<Record<string, string>>): string[] =>
  Object.entries(fields)
    .filter(([name, value]) => /^SecurityGroupIds?(\.\d+)?$/.test(name) && value !== "")
    .map(([, value]) => value);

function networkIn(call: Call): Network {
  const { params } = call;
  const structs = params.structs("NetworkInterface");
  const primary = structs.find((struct) => struct["InstanceType"] === "Primary") ?? {};
  const vswitchId = params.text("VSwitchId") ?? (primary["VSwitchId"] || undefined);
  if (vswitchId === undefined) throw missing("VSwitchId");
  const vswitch = needed(call, "vswitch", vswitchId);
  if (call.statusOf(vswitch) !== "Available")
    throw refused("IncorrectVSwitchStatus", "The status of the vSwitch does not support this operation.");
  const zone = params.text("ZoneId");
  if (zone !== undefined && zone !== vswitch.zone)
    throw invalid(
      "VSwitchId",
      `the vSwitch is in the zone ${vswitch.zone}, not in ${zone}.`,
      "InvalidParameter.Mismatch",
    );
  const one = params.text("SecurityGroupId");
  const groups = one !== undefined ? [one] : [...params.list("SecurityGroupIds"), ...groupsOf(primary)];
  if (groups.length === 0) throw missing("SecurityGroupId");
  return {
    vswitch,
    groups: checkGroups(call, vswitch.vpc, groups),
    primary,
    secondary: structs.filter((struct) => struct["InstanceType"] !== "Primary"),
  };
}

function runOne(call: Call, image: ImageFact, network: Network, index: number, amount: number): Instance {
  const { params, ids } = call;
  const { vswitch } = network;
  const id = ids.make("i", vswitch.region, 17);
  const group = groupFor(call);
  const name = nameIn(call, "InstanceName", "ecs", "InvalidInstanceName.Malformed");
  const suffix = amount > 1 && (params.flag("UniqueSuffix") ?? false) ? String(index + 1).padStart(3, "0") : "";
  const primary = attached(call, id, network, group);
  const out = params.int("InternetMaxBandwidthOut", { min: 0, max: 100 }) ?? 0;
  const prePaid =
    params.oneOf("InstanceChargeType", ["PostPaid", "PrePaid"], "InvalidInstanceChargeType.ValueNotSupported") ===
    "PrePaid";
  const instance: Instance = {
    id,
    region: vswitch.region,
    created: call.now,
    group,
    tags: checkTags(params.tags()),
    zone: vswitch.zone,
    vpc: vswitch.vpc,
    vswitch: vswitch.id,
    name: name === "" ? id : name + suffix,
    description: descriptionIn(call, "InvalidDescription.Malformed"),
    hostName: params.text("HostName") ?? `iZ${id.slice(2)}Z`,
    type: params.need("InstanceType"),
    image: image.id,
    groups: primary.groups,
    status: call.status(["Pending", "instancePending"], ["Starting", "instanceStart"], ["Running"]),
    stoppedMode: "Not-applicable",
    chargeType: prePaid ? "PrePaid" : "PostPaid",
    period: { count: params.int("Period", { min: 1, max: 60 }) ?? 1, unit: params.text("PeriodUnit") ?? "Month" },
    renewal: {
      status: (params.flag("AutoRenew") ?? false) ? "AutoRenewal" : "Normal",
      duration: params.int("AutoRenewPeriod", { min: 1, max: 12 }) ?? 1,
      unit: params.text("PeriodUnit") ?? "Month",
    },
    started: call.now,
    publicIp: out > 0 ? newPublicIp(call, vswitch.region) : "",
    internet: {
      chargeType: params.oneOf("InternetChargeType", ["PayByTraffic", "PayByBandwidth"]) ?? "PayByTraffic",
      out,
      in: params.int("InternetMaxBandwidthIn", { min: -1, max: 1000 }) ?? 200,
    },
    ...extras(call),
  };
  call.put("instance", instance);
  for (const disk of newDisks(call, instance, image)) call.put("disk", disk);
  return instance;
}

/** The instance's interfaces: a new primary one, and secondary ones that are new or given by id. */
function attached(call: Call, instance: string, network: Network, group: string): NetworkInterface {
  const { params } = call;
  const { vswitch, primary: fields } = network;
  const inUse = { instance, status: [["InUse"]] } as const;
  const ip = params.text("PrivateIpAddress") ?? (fields["PrimaryIpAddress"] || undefined);
  const base = newInterface(call, {
    vswitch,
    groups: network.groups,
    ip,
    name: "",
    description: "",
    group,
    ownGroup: "",
  });
  const primary: NetworkInterface = {
    ...base,
    ...inUse,
    type: "Primary",
    ipv6: newIpv6(call, vswitch, params.int("Ipv6AddressCount", { min: 1, max: 10 }) ?? 0),
    trafficMode: fields["NetworkInterfaceTrafficMode"] || "Standard",
    cardIndex: Number(fields["NetworkCardIndex"] || "0"),
    queuePairs: Number(fields["QueuePairNumber"] || "0"),
    sourceDestCheck: fields["SourceDestCheck"] === "true",
  };
  call.put("network-interface", primary);
  for (const struct of network.secondary) {
    const given = struct["NetworkInterfaceId"] ?? "";
    if (given !== "") {
      const eni = needed(call, "network-interface", given);
      if (call.statusOf(eni) !== "Available" || eni.vpc !== vswitch.vpc)
        throw refused(
          "InvalidOperation.InvalidEniState",
          `The network interface ${given} is not free or is in another VPC.`,
        );
      call.update("network-interface", eni, inUse);
      continue;
    }
    const where = struct["VSwitchId"] ? needed(call, "vswitch", struct["VSwitchId"]) : vswitch;
    const own = groupsOf(struct);
    const groups = own.length === 0 ? network.groups : checkGroups(call, where.vpc, own);
    const eni = newInterface(call, {
      vswitch: where,
      groups,
      ip: struct["PrimaryIpAddress"] || undefined,
      name: "",
      description: "",
      group,
      ownGroup: "",
    });
    call.put("network-interface", { ...eni, ...inUse });
  }
  return primary;
}

/** A public address that nothing in the region has. */
export function newPublicIp(call: Call, region: string): string {
  const taken = (ip: string): boolean =>
    call.countBy("eip", "ip", ip) > 0 || call.countBy("instance", "publicIp", ip) > 0;
  return call.ids.publicAddress(regionFact(region)!.publicPrefix, taken);
}

type Extras = Pick<
  Instance,
  | "keyPair"
  | "userData"
  | "role"
  | "deletionProtection"
  | "spot"
  | "credit"
  | "autoRelease"
  | "hpcCluster"
  | "deploymentSet"
  | "dedicatedHost"
  | "metadata"
  | "maintenance"
  | "jumbo"
  | "pool"
  | "loginAsNonRoot"
  | "highDensity"
  | "cpuOptions"
>;

function extras(call: Call): Extras {
  const { params } = call;
  const text = (name: string, otherwise = ""): string => params.text(name) ?? otherwise;
  const type = instanceTypeFact(params.need("InstanceType"))!;
  const burstable = /^ecs\.t\d/.test(type.id);
  return {
    keyPair: text("KeyPairName"),
    userData: text("UserData"),
    role: text("RamRoleName"),
    deletionProtection: params.flag("DeletionProtection") ?? false,
    spot: {
      strategy: params.oneOf("SpotStrategy", ["NoSpot", "SpotAsPriceGo", "SpotWithPriceLimit"]) ?? "NoSpot",
      price: Number(text("SpotPriceLimit", "0")),
      duration: params.int("SpotDuration", { min: 0, max: 6 }) ?? 1,
      interruption: text("SpotInterruptionBehavior"),
    },
    credit: text("CreditSpecification", burstable ? "Standard" : ""),
    autoRelease: text("AutoReleaseTime"),
    hpcCluster: text("HpcClusterId"),
    deploymentSet: text("DeploymentSetId"),
    dedicatedHost: text("DedicatedHostId"),
    metadata: {
      tokens: text("HttpTokens", "optional"),
      endpoint: text("HttpEndpoint", "enabled"),
      hops: params.int("HttpPutResponseHopLimit", { min: 1, max: 64 }) ?? 1,
    },
    maintenance: { action: "AutoRecover", notify: false, windows: [] },
    jumbo: params.flag("NetworkOptions.EnableJumboFrame") ?? false,
    pool: { criteria: text("PrivatePoolOptions.MatchCriteria", "Open"), id: text("PrivatePoolOptions.Id") },
    loginAsNonRoot: params.flag("ImageOptions.LoginAsNonRoot") ?? false,
    highDensity: params.flag("AdditionalInfo.EnableHighDensityMode") ?? false,
    cpuOptions: {
      cores: params.int("CpuOptions.Core", { min: 1 }) ?? Math.max(1, type.cpu / 2),
      threads: params.int("CpuOptions.ThreadsPerCore", { min: 1, max: 2 }) ?? 2,
      topology: text("CpuOptions.TopologyType", "ContinuousCoreToHTMapping"),
    },
  };
}
