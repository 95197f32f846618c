import type { RequestValue } from "../../api/params";
import { textAt } from "../../api/body";
import { isArray } from "../../values/value";
import { changeTags } from "../operation";
import type { OperationContext } from "../type";
import { userData } from "./instance-create";
import { changeMaintenance, changeMetadata, tagVolumes } from "./instance-parts";
import { describeInstance, instanceOperations, waitForStatus } from "./instance-status";

export async function updateInstance(context: OperationContext): Promise<void> {
  const { data } = context;
  const send = async (action: string, request: Readonly<Record<string, RequestValue>>): Promise<void> => {
    await instanceOperations(context).send(action, request, {
      limit: data.limit("update"),
      token: /^(Modify|Replace)/.test(action),
    });
  };
  await changeTags(context, instanceOperations(context), "instance");
  await tagVolumes(context);
  if (data.changed("resource_group_id")) {
    await send("JoinResourceGroup", {
      ResourceType: "instance",
      ResourceId: data.id,
      ResourceGroupId: data.text("resource_group_id"),
    });
  }
  if (!data.changed("vpc_id")) await changeSecurityGroups(context, send);
  await changeSystemDisk(context, send);
  await changeAttributes(context, send);
  if (data.changed("auto_release_time")) {
    await send("ModifyInstanceAutoReleaseTime", {
      InstanceId: data.id,
      AutoReleaseTime: data.given("auto_release_time"),
    });
  }
  await changeChargeType(context, send);
  await changeWhileStopped(context, send);
  await changeBandwidth(context, send);
  if (data.text("instance_charge_type") === "PrePaid" && data.anyChanged("renewal_status", "auto_renew_period")) {
    await send("ModifyInstanceAutoRenewAttribute", {
      InstanceId: data.id,
      RenewalStatus: data.given("renewal_status"),
      Duration: data.given("auto_renew_period"),
    });
  }
  await changeAddresses(context, send);
  if (data.changed("deployment_set_id")) {
    await send("ModifyInstanceDeployment", { InstanceId: data.id, DeploymentSetId: data.given("deployment_set_id") });
  }
  await changeMaintenance(context);
  await changeMetadata(context);
  await changeBelongings(context, send);
}

type Send = (action: string, request: Readonly<Record<string, RequestValue>>) => Promise<void>;

function listChange({ data }: OperationContext, name: string): { gone: readonly string[]; fresh: readonly string[] } {
  if (!data.changed(name)) return { gone: [], fresh: [] };
  const old = data.old(name);
  const before = isArray(old) ? old.map(String) : [];
  const after = data.texts(name);
  return { gone: before.filter((one) => !after.includes(one)), fresh: after.filter((one) => !before.includes(one)) };
}

async function changeSecurityGroups(context: OperationContext, send: Send): Promise<void> {
  const { gone, fresh } = listChange(context, "security_groups");
  // Joined before left: an instance cannot be without a group.
  for (const group of fresh) await send("JoinSecurityGroup", { InstanceId: context.data.id, SecurityGroupId: group });
  for (const group of gone) await send("LeaveSecurityGroup", { InstanceId: context.data.id, SecurityGroupId: group });
}

async function changeSystemDisk({ data }: OperationContext, send: Send): Promise<void> {
  const disk = data.text("system_disk_id");
  if (data.anyChanged("system_disk_performance_level", "system_disk_provisioned_iops")) {
    await send("ModifyDiskSpec", {
      DiskId: disk,
      PerformanceLevel: data.changed("system_disk_performance_level")
        ? data.given("system_disk_performance_level")
        : undefined,
      ProvisionedIops: data.changed("system_disk_provisioned_iops")
        ? data.stated("system_disk_provisioned_iops")
        : undefined,
    });
  }
  if (data.changed("system_disk_size") && !data.changed("image_id")) {
    await send("ResizeDisk", { DiskId: disk, NewSize: data.given("system_disk_size"), Type: "online" });
  }
  if (data.changed("system_disk_auto_snapshot_policy_id")) {
    await send("ApplyAutoSnapshotPolicy", {
      diskIds: JSON.stringify([disk]),
      autoSnapshotPolicyId: data.given("system_disk_auto_snapshot_policy_id"),
    });
  }
  if (data.anyChanged("system_disk_name", "system_disk_description", "system_disk_bursting_enabled")) {
    await send("ModifyDiskAttribute", {
      DiskId: disk,
      DiskName: data.text("system_disk_name"),
      Description: data.text("system_disk_description"),
      BurstingEnabled: data.changed("system_disk_bursting_enabled")
        ? data.stated("system_disk_bursting_enabled")
        : undefined,
    });
  }
}

async function changeAttributes({ data }: OperationContext, send: Send): Promise<void> {
  const fields: Readonly<Record<string, string>> = {
    instance_name: "InstanceName",
    description: "Description",
    host_name: "HostName",
    password: "Password",
    deletion_protection: "DeletionProtection",
    credit_specification: "CreditSpecification",
    enable_jumbo_frame: "EnableJumboFrame",
  };
  const changed = Object.keys(fields).filter((name) => data.changed(name));
  const request: Record<string, string | undefined> = {};
  for (const name of changed) request[fields[name] as string] = data.text(name);
  if (data.changed("user_data")) request.UserData = userData(data.text("user_data"));
  if (Object.keys(request).length > 0) await send("ModifyInstanceAttribute", { InstanceId: data.id, ...request });
  if (data.anyChanged("host_name", "password") && data.text("status") === "Running") {
    await send("RebootInstance", { InstanceId: data.id, ForceStop: false });
  }
}

async function changeChargeType({ data }: OperationContext, send: Send): Promise<void> {
  if (!data.changed("instance_charge_type")) return;
  await send("ModifyInstanceChargeType", {
    InstanceIds: JSON.stringify([data.id]),
    InstanceChargeType: data.text("instance_charge_type"),
    IncludeDataDisks: data.stated("include_data_disks"),
    AutoPay: true,
    Period: data.given("period"),
    PeriodUnit: data.given("period_unit"),
  });
}

/** Changes that the cloud accepts of a stopped instance only; afterwards it runs again, unless it is to be stopped. */
async function changeWhileStopped(context: OperationContext, send: Send): Promise<void> {
  const { data } = context;
  const needs = [
    "image_id",
    "vswitch_id",
    "vpc_id",
    "private_ip",
    "instance_type",
    "cpu_options",
    "enable_high_density_mode",
  ];
  const limit = data.limit("update");
  const statusChanges = data.changed("status");
  if (!statusChanges && !data.anyChanged(...needs)) return;
  const target = data.given("status") === "Stopped" && statusChanges ? "Stopped" : "Running";
  if (textAt(await describeInstance(context), "Status") === "Running") {
    await send("StopInstance", {
      InstanceId: data.id,
      ForceStop: false,
      StoppedMode: target === "Stopped" ? data.given("stopped_mode") : undefined,
    });
    await waitForStatus(context, "Stopped", limit);
  }
  if (data.changed("image_id")) {
    await send("ReplaceSystemDisk", {
      InstanceId: data.id,
      ImageId: data.text("image_id"),
      "SystemDisk.Size": data.given("system_disk_size"),
      Password: data.given("password"),
      PasswordInherit: data.stated("password_inherit"),
    });
  }
  if (data.anyChanged("vswitch_id", "vpc_id", "private_ip")) {
    await send("ModifyInstanceVpcAttribute", {
      InstanceId: data.id,
      VSwitchId: data.text("vswitch_id"),
      PrivateIpAddress: data.changed("private_ip") ? data.given("private_ip") : undefined,
      VpcId: data.changed("vpc_id") ? data.given("vpc_id") : undefined,
      SecurityGroupId: data.changed("vpc_id") ? data.texts("security_groups") : undefined,
    });
  }
  if (data.changed("instance_type")) await changeType(context, send);
  const cpu = data.objects("cpu_options")[0];
  if (data.anyChanged("cpu_options", "enable_high_density_mode")) {
    await send("ModifyInstanceAttribute", {
      InstanceId: data.id,
      CpuOptions:
        cpu === undefined
          ? undefined
          : { Core: String(cpu.core_count ?? ""), ThreadsPerCore: String(cpu.threads_per_core ?? "") },
      AdditionalInfo: { EnableHighDensityMode: data.stated("enable_high_density_mode") },
    });
  }
  if (target === "Stopped") return;
  await send("StartInstance", { InstanceId: data.id });
  await waitForStatus(context, "Running", limit);
}

async function changeType({ data }: OperationContext, send: Send): Promise<void> {
  const prePaid = data.text("instance_charge_type") === "PrePaid";
  await send(prePaid ? "ModifyPrepayInstanceSpec" : "ModifyInstanceSpec", {
    InstanceId: data.id,
    InstanceType: data.text("instance_type"),
    OperatorType: prePaid ? data.given("operator_type") : undefined,
  });
}

async function changeBandwidth({ data }: OperationContext, send: Send): Promise<void> {
  if (!data.anyChanged("internet_charge_type", "internet_max_bandwidth_out", "internet_max_bandwidth_in")) return;
  await send("ModifyInstanceNetworkSpec", {
    InstanceId: data.id,
    NetworkChargeType: data.given("internet_charge_type"),
    InternetMaxBandwidthOut: data.stated("internet_max_bandwidth_out"),
    InternetMaxBandwidthIn: data.changed("internet_max_bandwidth_in")
      ? data.stated("internet_max_bandwidth_in")
      : undefined,
  });
  const had = Number(data.old("internet_max_bandwidth_out") ?? 0) > 0;
  if (!had && Number(data.text("internet_max_bandwidth_out")) > 0)
    await send("AllocatePublicIpAddress", { InstanceId: data.id });
}

async function changeAddresses(context: OperationContext, send: Send): Promise<void> {
  const { data } = context;
  const eni = data.text("network_interface_id");
  for (const [name, parameter, verb] of [
    ["secondary_private_ips", "PrivateIpAddress", "PrivateIpAddresses"],
    ["ipv6_addresses", "Ipv6Address", "Ipv6Addresses"],
  ] as const) {
    const { gone, fresh } = listChange(context, name);
    if (gone.length > 0) await send(`Unassign${verb}`, { NetworkInterfaceId: eni, [parameter]: gone });
    if (fresh.length > 0) await send(`Assign${verb}`, { NetworkInterfaceId: eni, [parameter]: fresh });
  }
  if (data.changed("secondary_private_ips") || !data.changed("secondary_private_ip_address_count")) return;
  const old = data.old("secondary_private_ips");
  const before = isArray(old) ? old.map(String) : [];
  const more = Number(data.text("secondary_private_ip_address_count")) - before.length;
  if (more > 0)
    await send("AssignPrivateIpAddresses", { NetworkInterfaceId: eni, SecondaryPrivateIpAddressCount: more });
  if (more < 0)
    await send("UnassignPrivateIpAddresses", { NetworkInterfaceId: eni, PrivateIpAddress: before.slice(0, -more) });
}

/** Key pair, role and private pool: things the instance is attached to. */
async function changeBelongings({ data }: OperationContext, send: Send): Promise<void> {
  const ids = JSON.stringify([data.id]);
  const oldText = (name: string): string => String(data.old(name) ?? "");
  if (data.changed("key_name")) {
    if (oldText("key_name") !== "") await send("DetachKeyPair", { InstanceIds: ids, KeyPairName: oldText("key_name") });
    if (data.given("key_name") !== undefined)
      await send("AttachKeyPair", { InstanceIds: ids, KeyPairName: data.text("key_name") });
  }
  if (data.anyChanged("private_pool_options_match_criteria", "private_pool_options_id")) {
    await send("ModifyInstanceAttachmentAttributes", {
      InstanceId: data.id,
      PrivatePoolOptions: {
        MatchCriteria: data.given("private_pool_options_match_criteria"),
        Id: data.given("private_pool_options_id"),
      },
    });
  }
  if (!data.changed("role_name")) return;
  if (oldText("role_name") !== "")
    await send("DetachInstanceRamRole", { InstanceIds: ids, RamRoleName: oldText("role_name") });
  if (data.given("role_name") !== undefined)
    await send("AttachInstanceRamRole", { InstanceIds: ids, RamRoleName: data.text("role_name") });
}
