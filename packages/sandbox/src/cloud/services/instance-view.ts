import type { Actions, Call } from "../call";
import type { Body } from "../contract";
import { imageFact } from "../data/images";
import { instanceTypeFact } from "../data/instance-types";
import type { Instance, NetworkInterface } from "../model";
import { numberedPage } from "../paging";
import { minuteTime } from "./checks";
import { bindingOf } from "./eip-view";
import { needed } from "./find";
import { hasTags } from "./tags";

/** The interfaces of an instance, the primary one first. */
export const interfacesOf = (call: Call, instance: Instance): NetworkInterface[] =>
  call
    .by("network-interface", "instance", instance.id)
    .sort((a, b) => (a.type === b.type ? 0 : a.type === "Primary" ? -1 : 1));

function eipOf(call: Call, instance: Instance): Body {
  const eip = call.by("eip", "instance", instance.id).find((one) => bindingOf(one, call.now) !== undefined);
  return eip === undefined
    ? { IpAddress: "", AllocationId: "", InternetChargeType: "" }
    : { IpAddress: eip.ip, AllocationId: eip.id, InternetChargeType: eip.internetChargeType, Bandwidth: eip.bandwidth };
}

function attributes(call: Call, instance: Instance): Body {
  const type = instanceTypeFact(instance.type);
  const image = imageFact(instance.image);
  const interfaces = interfacesOf(call, instance);
  return {
    InstanceId: instance.id,
    InstanceName: instance.name,
    HostName: instance.hostName,
    Hostname: instance.hostName,
    Description: instance.description,
    Status: call.statusOf(instance),
    RegionId: instance.region,
    ZoneId: instance.zone,
    ImageId: instance.image,
    InstanceType: instance.type,
    InstanceTypeFamily: type?.family ?? "",
    Cpu: type?.cpu ?? 0,
    CPU: type?.cpu ?? 0,
    Memory: (type?.memory ?? 0) * 1024,
    OSName: image?.osName ?? "",
    OSNameEn: image?.osName ?? "",
    OSType: image?.osType ?? "linux",
    ResourceGroupId: instance.group,
    InstanceNetworkType: "vpc",
    InternetMaxBandwidthOut: instance.internet.out,
    InternetMaxBandwidthIn: instance.internet.in,
    InternetChargeType: instance.internet.chargeType,
    InstanceChargeType: instance.chargeType,
    KeyPairName: instance.keyPair,
    SpotStrategy: instance.spot.strategy,
    SpotPriceLimit: instance.spot.price,
    SpotDuration: instance.spot.duration,
    SpotInterruptionBehavior: instance.spot.interruption,
    DeletionProtection: instance.deletionProtection,
    CreditSpecification: instance.credit,
    AutoReleaseTime: instance.autoRelease,
    HpcClusterId: instance.hpcCluster,
    DeploymentSetId: instance.deploymentSet,
    DeploymentSetGroupNo: 0,
    StoppedMode: call.statusOf(instance) === "Stopped" ? instance.stoppedMode : "Not-applicable",
    CreationTime: minuteTime(instance.created),
    StartTime: minuteTime(instance.started),
    ExpiredTime: "2099-12-31T15:59Z",
    IoOptimized: true,
    DeviceAvailable: true,
    SaleCycle: "",
    VlanId: "",
    ClusterId: "",
    SerialNumber: instance.id,
    Recyclable: false,
    GPUAmount: 0,
    GPUSpec: "",
    PublicIpAddress: { IpAddress: instance.publicIp === "" ? [] : [instance.publicIp] },
    InnerIpAddress: { IpAddress: [] },
    EipAddress: eipOf(call, instance),
    SecurityGroupIds: { SecurityGroupId: instance.groups },
    VpcAttributes: {
      VpcId: instance.vpc,
      VSwitchId: instance.vswitch,
      NatIpAddress: "",
      PrivateIpAddress: { IpAddress: interfaces.filter((eni) => eni.type === "Primary").map((eni) => eni.ip) },
    },
    NetworkInterfaces: {
      NetworkInterface: interfaces.map((eni) => ({
        NetworkInterfaceId: eni.id,
        Type: eni.type,
        MacAddress: eni.mac,
        PrimaryIpAddress: eni.ip,
        PrivateIpSets: {
          PrivateIpSet: [eni.ip, ...eni.secondaryIps].map((ip, index) => ({
            PrivateIpAddress: ip,
            Primary: index === 0,
          })),
        },
      })),
    },
    OperationLocks: { LockReason: [] },
    DedicatedHostAttribute: { DedicatedHostId: instance.dedicatedHost, DedicatedHostName: "" },
    DedicatedInstanceAttribute: { Affinity: "", Tenancy: "" },
    MetadataOptions: {
      HttpTokens: instance.metadata.tokens,
      HttpEndpoint: instance.metadata.endpoint,
      HttpPutResponseHopLimit: instance.metadata.hops,
    },
    AdditionalInfo: { EnableHighDensityMode: instance.highDensity },
    ImageOptions: { LoginAsNonRoot: instance.loginAsNonRoot },
    CpuOptions: {
      CoreCount: instance.cpuOptions.cores,
      ThreadsPerCore: instance.cpuOptions.threads,
      TopologyType: instance.cpuOptions.topology,
      Numa: "",
    },
    Tags: { Tag: Object.entries(instance.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })) },
  };
}

function describeInstances(call: Call): Body {
  const { params } = call;
  const ids = params.jsonList("InstanceIds");
  const addresses = params.jsonList("PrivateIpAddresses");
  const group = params.text("SecurityGroupId");
  const tags = params.tags();
  const only = (name: string, value: (instance: Instance) => string) => (instance: Instance) =>
    (params.text(name) ?? value(instance)) === value(instance);
  const base = ids === undefined ? call.list("instance") : ids.flatMap((id) => call.find("instance", id) ?? []);
  const found = base
    .filter(only("VpcId", (instance) => instance.vpc))
    .filter(only("VSwitchId", (instance) => instance.vswitch))
    .filter(only("ZoneId", (instance) => instance.zone))
    .filter(only("InstanceName", (instance) => instance.name))
    .filter(only("InstanceType", (instance) => instance.type))
    .filter(only("InstanceChargeType", (instance) => instance.chargeType))
    .filter(only("ImageId", (instance) => instance.image))
    .filter(only("KeyPairName", (instance) => instance.keyPair))
    .filter(only("ResourceGroupId", (instance) => instance.group))
    .filter(only("Status", (instance) => call.statusOf(instance)))
    .filter((instance) => group === undefined || instance.groups.includes(group))
    .filter(
      (instance) => addresses === undefined || interfacesOf(call, instance).some((eni) => addresses.includes(eni.ip)),
    )
    .filter((instance) => hasTags(instance.tags, tags));
  const page = numberedPage(call, found, 10, 100);
  return {
    ...page.numbers,
    NextToken: "",
    Instances: { Instance: page.items.map((instance) => attributes(call, instance)) },
  };
}

/** The instances that `InstanceIds` (JSON) or `InstanceId.N` name, as far as they exist. */
function named(call: Call): Instance[] {
  const ids = call.params.jsonList("InstanceIds") ?? call.params.list("InstanceId");
  return ids.flatMap((id) => call.find("instance", id) ?? []);
}

function describeMaintenance(call: Call): Body {
  const rows = named(call).map((instance) => ({
    InstanceId: instance.id,
    MaintenanceWindows: {
      MaintenanceWindow: instance.maintenance.windows.map((window) => ({
        StartTime: window.start,
        EndTime: window.end,
      })),
    },
    ActionOnMaintenance: {
      Value: instance.maintenance.action,
      DefaultValue: "AutoRecover",
      SupportedValues: { SupportedValue: ["Stop", "AutoRecover", "AutoRedeploy"] },
    },
    NotifyOnMaintenance: instance.maintenance.notify,
  }));
  return {
    TotalCount: rows.length,
    PageNumber: 1,
    PageSize: 10,
    MaintenanceAttributes: { MaintenanceAttribute: rows },
  };
}

function describeAttribute(call: Call): Body {
  const instance = needed(call, "instance");
  return {
    ...attributes(call, instance),
    EnableJumboFrame: instance.jumbo,
    CreationTime: minuteTime(instance.created),
  };
}

function describeRamRole(call: Call): Body {
  const rows = named(call).filter((instance) => instance.role !== "");
  return {
    RegionId: call.region,
    TotalCount: rows.length,
    InstanceRamRoleSets: {
      InstanceRamRoleSet: rows.map((instance) => ({ InstanceId: instance.id, RamRoleName: instance.role })),
    },
  };
}

function describeAutoRenew(call: Call): Body {
  const one = call.params.text("InstanceId");
  const instances = one === undefined ? named(call) : one.split(",").flatMap((id) => call.find("instance", id) ?? []);
  const rows = instances.map((instance) => ({
    InstanceId: instance.id,
    RenewalStatus: instance.renewal.status,
    AutoRenewEnabled: instance.renewal.status === "AutoRenewal",
    Duration: instance.renewal.duration,
    PeriodUnit: instance.renewal.unit,
  }));
  return { TotalCount: rows.length, InstanceRenewAttributes: { InstanceRenewAttribute: rows } };
}

function describeAttachment(call: Call): Body {
  const rows = named(call).map((instance) => ({
    InstanceId: instance.id,
    PrivatePoolOptionsMatchCriteria: instance.pool.criteria,
    PrivatePoolOptionsId: instance.pool.id,
  }));
  return { TotalCount: rows.length, PageNumber: 1, PageSize: 10, Instances: { Instance: rows } };
}

export const instanceViewActions: Actions = {
  DescribeInstances: describeInstances,
  DescribeInstanceAttribute: describeAttribute,
  DescribeInstanceMaintenanceAttributes: describeMaintenance,
  DescribeInstanceRamRole: describeRamRole,
  DescribeInstanceAutoRenewAttribute: describeAutoRenew,
  DescribeInstanceAttachmentAttributes: describeAttachment,
  DescribeUserData: (call) => {
    const instance = needed(call, "instance");
    return { RegionId: instance.region, InstanceId: instance.id, UserData: instance.userData };
  },
};
