import type { Actions, Call } from "../call";
import type { Body } from "../contract";
import { instanceTypeFact } from "../data/instance-types";
import { invalid, missing, notFound, refused } from "../errors";
import type { Instance } from "../model";
import { takeAddresses } from "./addresses";
import { changedText, defined, descriptionIn, nameIn } from "./checks";
import { checkGroups } from "./eni-parts";
import { needed } from "./find";
import { needStatus } from "./instance-power";
import { newPublicIp } from "./instance-run";
import { interfacesOf } from "./instance-view";

/** An action that changes one instance and answers with nothing. */
const change =
  (changes: (call: Call, instance: Instance) => Partial<Instance>) =>
  (call: Call): Body => {
    const instance = needed(call, "instance");
    call.update("instance", instance, changes(call, instance));
    return {};
  };

/** An action that changes the instances that `InstanceIds` (JSON) or `InstanceId` name. */
const changeAll =
  (changes: (call: Call, instance: Instance) => Partial<Instance>) =>
  (call: Call): Body => {
    const listed = call.params.jsonList("InstanceIds") ?? [
      ...call.params.list("InstanceId"),
      ...(call.params.text("InstanceId")?.split(",") ?? []),
    ];
    if (listed.length === 0) throw missing("InstanceId");
    for (const id of listed) {
      const instance = needed(call, "instance", id);
      call.update("instance", instance, changes(call, instance));
    }
    return {};
  };

const modifyAttribute = change((call, instance) => {
  const { params } = call;
  const groups = params.list("SecurityGroupIds");
  if (groups.length > 0) setGroups(call, instance, groups);
  return defined<Partial<Instance>>({
    name: changedText(call, "InstanceName", () => nameIn(call, "InstanceName", "ecs", "InvalidInstanceName.Malformed")),
    description: changedText(call, "Description", () => descriptionIn(call, "InvalidDescription.Malformed")),
    userData: params.raw("UserData"),
    hostName: params.text("HostName"),
    deletionProtection: params.flag("DeletionProtection"),
    credit: params.text("CreditSpecification"),
    jumbo: params.flag("EnableJumboFrame"),
    highDensity: params.flag("AdditionalInfo.EnableHighDensityMode"),
    groups: groups.length > 0 ? groups : undefined,
    cpuOptions: {
      cores: params.int("CpuOptions.Core", { min: 1 }) ?? instance.cpuOptions.cores,
      threads: params.int("CpuOptions.ThreadsPerCore", { min: 1, max: 2 }) ?? instance.cpuOptions.threads,
      topology: params.text("CpuOptions.TopologyType") ?? instance.cpuOptions.topology,
    },
  });
});

function setGroups(call: Call, instance: Instance, groups: readonly string[]): void {
  checkGroups(call, instance.vpc, groups);
  const primary = interfacesOf(call, instance).find((eni) => eni.type === "Primary");
  if (primary !== undefined) call.update("network-interface", primary, { groups });
}

const joinGroup = change((call, instance) => {
  const id = call.params.need("SecurityGroupId");
  const groups = [...new Set([...instance.groups, id])];
  setGroups(call, instance, groups);
  return { groups };
});

const leaveGroup = change((call, instance) => {
  const id = call.params.need("SecurityGroupId");
  if (!instance.groups.includes(id))
    throw notFound("InvalidSecurityGroupId.NotFound", "The instance is not in the security group.");
  const groups = instance.groups.filter((group) => group !== id);
  if (groups.length === 0)
    throw refused(
      "InstanceLastSecurityGroup",
      "The instance needs at least one security group; it cannot leave the last one.",
    );
  setGroups(call, instance, groups);
  return { groups };
});

const modifySpec = change((call, instance) => {
  const type = call.params.need("InstanceType");
  if (instanceTypeFact(type) === undefined)
    throw invalid("InstanceType", `"${type}" is not an instance type.`, "InvalidInstanceType.ValueNotSupported");
  if (instance.chargeType === "PostPaid") needStatus(call, instance, "Stopped");
  return { type };
});

const modifyVpc = change((call, instance) => {
  needStatus(call, instance, "Stopped");
  const vswitch = needed(call, "vswitch");
  const asked = call.params.text("PrivateIpAddress");
  const primary = interfacesOf(call, instance).find((eni) => eni.type === "Primary")!;
  const listed = call.params.list("SecurityGroupId");
  const groups = checkGroups(call, vswitch.vpc, listed.length > 0 ? listed : instance.groups);
  const same = vswitch.id === primary.vswitch && (asked ?? primary.ip) === primary.ip;
  const ip = same
    ? primary.ip
    : takeAddresses(call, vswitch, asked === undefined ? [] : [asked], asked === undefined ? 1 : 0)[0]!;
  call.update("network-interface", primary, { vswitch: vswitch.id, vpc: vswitch.vpc, zone: vswitch.zone, ip, groups });
  return { vswitch: vswitch.id, vpc: vswitch.vpc, zone: vswitch.zone, groups };
});

const modifyNetwork = change((call, instance) => ({
  internet: {
    chargeType:
      call.params.oneOf("NetworkChargeType", ["PayByTraffic", "PayByBandwidth"]) ?? instance.internet.chargeType,
    out: call.params.int("InternetMaxBandwidthOut", { min: 0, max: 100 }) ?? instance.internet.out,
    in: call.params.int("InternetMaxBandwidthIn", { min: -1, max: 1000 }) ?? instance.internet.in,
  },
}));

function allocatePublicIp(call: Call): Body {
  const instance = needed(call, "instance");
  const ip = instance.publicIp === "" ? newPublicIp(call, instance.region) : instance.publicIp;
  call.update("instance", instance, { publicIp: ip });
  return { IpAddress: ip };
}

const metadata = change((call, instance) => ({
  metadata: {
    tokens: call.params.oneOf("HttpTokens", ["optional", "required"]) ?? instance.metadata.tokens,
    endpoint: call.params.oneOf("HttpEndpoint", ["enabled", "disabled"]) ?? instance.metadata.endpoint,
    hops: call.params.int("HttpPutResponseHopLimit", { min: 1, max: 64 }) ?? instance.metadata.hops,
  },
}));

const maintenance = changeAll((call, instance) => {
  const windows = call.params.structs("MaintenanceWindow");
  return {
    maintenance: {
      action: call.params.text("ActionOnMaintenance") ?? instance.maintenance.action,
      notify: call.params.flag("NotifyOnMaintenance") ?? instance.maintenance.notify,
      windows:
        windows.length === 0
          ? instance.maintenance.windows
          : windows.map((window) => ({ start: window["StartTime"] ?? "", end: window["EndTime"] ?? "" })),
    },
  };
});

const renewal = changeAll((call, instance) => ({
  renewal: {
    status:
      call.params.text("RenewalStatus") ??
      ((call.params.flag("AutoRenew") ?? false) ? "AutoRenewal" : instance.renewal.status),
    duration: call.params.int("Duration", { min: 1, max: 12 }) ?? instance.renewal.duration,
    unit: call.params.text("PeriodUnit") ?? instance.renewal.unit,
  },
}));

const chargeType = changeAll((call, instance) => ({
  chargeType: call.params.oneOf("InstanceChargeType", ["PostPaid", "PrePaid"]) ?? instance.chargeType,
}));

const keyPair = (attach: boolean) => changeAll((call) => ({ keyPair: attach ? call.params.need("KeyPairName") : "" }));

const role = (attach: boolean) => changeAll((call) => ({ role: attach ? call.params.need("RamRoleName") : "" }));

export const instanceChangeActions: Actions = {
  ModifyInstanceAttribute: modifyAttribute,
  JoinSecurityGroup: joinGroup,
  LeaveSecurityGroup: leaveGroup,
  ModifyInstanceSpec: modifySpec,
  ModifyPrepayInstanceSpec: modifySpec,
  ModifyInstanceVpcAttribute: modifyVpc,
  ModifyInstanceNetworkSpec: modifyNetwork,
  AllocatePublicIpAddress: allocatePublicIp,
  ModifyInstanceMetadataOptions: metadata,
  ModifyInstanceMaintenanceAttributes: maintenance,
  ModifyInstanceAutoRenewAttribute: renewal,
  ModifyInstanceChargeType: chargeType,
  ModifyInstanceAutoReleaseTime: change((call) => ({ autoRelease: call.params.text("AutoReleaseTime") ?? "" })),
  ModifyInstanceAttachmentAttributes: change((call, instance) => ({
    pool: {
      criteria: call.params.text("PrivatePoolOptions.MatchCriteria") ?? instance.pool.criteria,
      id: call.params.text("PrivatePoolOptions.Id") ?? "",
    },
  })),
  ModifyInstanceDeployment: change((call, instance) => ({
    deploymentSet: call.params.raw("DeploymentSetId") ?? instance.deploymentSet,
    dedicatedHost: call.params.raw("DedicatedHostId") ?? instance.dedicatedHost,
  })),
  AttachKeyPair: keyPair(true),
  DetachKeyPair: keyPair(false),
  AttachInstanceRamRole: role(true),
  DetachInstanceRamRole: role(false),
};
