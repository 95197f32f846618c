import type { Body } from "../../../cloud/contract";
import { at, listAt, textAt, textsAt } from "../../api/body";
import { ProviderError } from "../../api/errors";
import { tagsOf } from "../operation";
import type { OperationContext } from "../type";
import { describeInstance, instanceOperations } from "./instance-status";
import { describeInterface, secondaryAddresses } from "./network-interface";

/** The whole sequence of looks that the real provider takes at every refresh. */
export async function readInstance(context: OperationContext): Promise<void> {
  const instance = await describeInstance(context);
  if (instance === undefined) return context.data.vanish();
  await readSystemDisk(context);
  readPlain(context, instance);
  await readUserData(context);
  await readInterfaces(context, instance);
  await readMaintenance(context);
  await readRest(context, instance);
}

async function readSystemDisk(context: OperationContext): Promise<void> {
  const { data } = context;
  const body = await instanceOperations(context).send("DescribeDisks", { InstanceId: data.id, DiskType: "system" });
  const disk = listAt(body, "Disks.Disk").find((one) => one.InstanceId === data.id);
  if (disk === undefined) {
    if (data.isNew) throw new ProviderError(`The instance ${data.id} has no system disk (simulated by the sandbox).`);
    return;
  }
  const plain: Readonly<Record<string, string>> = {
    category: "Category",
    name: "DiskName",
    description: "Description",
    size: "Size",
    auto_snapshot_policy_id: "AutoSnapshotPolicyId",
    storage_cluster_id: "StorageClusterId",
    encrypted: "Encrypted",
    kms_key_id: "KMSKeyId",
    provisioned_iops: "ProvisionedIops",
    id: "DiskId",
    performance_level: "PerformanceLevel",
  };
  for (const [name, key] of Object.entries(plain)) data.set(`system_disk_${name}`, disk[key]);
  data.setIfGiven("system_disk_bursting_enabled", disk.BurstingEnabled);
  if (at(disk, "Tags") !== undefined) data.set("volume_tags", tagsOf(listAt(disk, "Tags.Tag")));
}

/** Attribute to field of the answer, where nothing is to be converted. */
const PLAIN: Readonly<Record<string, string>> = {
  instance_name: "InstanceName",
  resource_group_id: "ResourceGroupId",
  description: "Description",
  status: "Status",
  availability_zone: "ZoneId",
  host_name: "HostName",
  image_id: "ImageId",
  instance_type: "InstanceType",
  internet_max_bandwidth_out: "InternetMaxBandwidthOut",
  internet_max_bandwidth_in: "InternetMaxBandwidthIn",
  instance_charge_type: "InstanceChargeType",
  key_name: "KeyPairName",
  spot_strategy: "SpotStrategy",
  spot_price_limit: "SpotPriceLimit",
  spot_duration: "SpotDuration",
  internet_charge_type: "InternetChargeType",
  deletion_protection: "DeletionProtection",
  credit_specification: "CreditSpecification",
  hpc_cluster_id: "HpcClusterId",
  deployment_set_id: "DeploymentSetId",
  stopped_mode: "StoppedMode",
  vpc_id: "VpcAttributes.VpcId",
  vswitch_id: "VpcAttributes.VSwitchId",
  subnet_id: "VpcAttributes.VSwitchId",
  http_tokens: "MetadataOptions.HttpTokens",
  http_endpoint: "MetadataOptions.HttpEndpoint",
  http_put_response_hop_limit: "MetadataOptions.HttpPutResponseHopLimit",
  cpu: "Cpu",
  memory: "Memory",
  os_name: "OSName",
  os_type: "OSType",
  dedicated_host_id: "DedicatedHostAttribute.DedicatedHostId",
  create_time: "CreationTime",
  start_time: "StartTime",
  expired_time: "ExpiredTime",
  enable_high_density_mode: "AdditionalInfo.EnableHighDensityMode",
};

function readPlain({ data }: OperationContext, instance: Body): void {
  for (const [name, path] of Object.entries(PLAIN)) data.set(name, at(instance, path));
  data.set("password", data.get("password"));
  const release = textAt(instance, "AutoReleaseTime");
  // The cloud leaves the seconds out, which terraform's times cannot do without.
  data.set("auto_release_time", /T\d\d:\d\dZ$/.test(release) ? release.replace(/Z$/, ":00Z") : release);
  data.set("tags", tagsOf(listAt(instance, "Tags.Tag")));
  data.set("public_ip", textsAt(instance, "PublicIpAddress.IpAddress")[0]);
  data.set("image_options", [{ login_as_non_root: at(instance, "ImageOptions.LoginAsNonRoot") ?? false }]);
  const inner = textsAt(instance, "InnerIpAddress.IpAddress").join(",");
  data.set("private_ip", textsAt(instance, "VpcAttributes.PrivateIpAddress.IpAddress")[0] ?? inner);
  data.set("security_groups", textsAt(instance, "SecurityGroupIds.SecurityGroupId"));
}

async function readUserData(context: OperationContext): Promise<void> {
  const { data } = context;
  const stored = textAt(
    await instanceOperations(context).send("DescribeUserData", { InstanceId: data.id }),
    "UserData",
  );
  const known = data.given("user_data");
  const plain = known !== undefined && Buffer.from(known, "base64").toString("base64") !== known;
  data.set("user_data", plain ? Buffer.from(stored, "base64").toString("utf8") : stored);
}

async function readInterfaces(context: OperationContext, instance: Body): Promise<void> {
  const { data } = context;
  const calls = instanceOperations(context);
  const others: Record<string, unknown>[] = [];
  for (const item of listAt(instance, "NetworkInterfaces.NetworkInterface")) {
    const id = textAt(item, "NetworkInterfaceId");
    const found = await describeInterface(calls, id);
    if (found === undefined)
      throw new ProviderError(`The network interface ${id} of ${data.id} does not exist (simulated by the sandbox).`);
    const shared = {
      network_interface_traffic_mode: found.NetworkInterfaceTrafficMode,
      queue_pair_number: found.QueuePairNumber,
      source_dest_check: found.SourceDestCheck,
      network_card_index: at(found, "Attachment.NetworkCardIndex"),
    };
    if (item.Type !== "Primary") {
      others.push({
        network_interface_id: id,
        vswitch_id: found.VSwitchId,
        ...shared,
        security_group_ids: at(found, "SecurityGroupIds.SecurityGroupId"),
      });
      continue;
    }
    data.set("primary_ip_address", item.PrimaryIpAddress);
    for (const [name, value] of Object.entries(shared)) {
      if (name === "network_card_index") data.setIfGiven(name, value);
      else data.set(name, value);
    }
    data.set("network_interface_id", id);
    const secondary = secondaryAddresses(found);
    data.set("secondary_private_ips", secondary);
    data.set("secondary_private_ip_address_count", secondary.length);
    const ipv6 = listAt(found, "Ipv6Sets.Ipv6Set").map((one) => textAt(one, "Ipv6Address"));
    data.set("ipv6_addresses", ipv6);
    data.set("ipv6_address_count", ipv6.length);
  }
  data.set("network_interfaces", others);
}

async function readMaintenance(context: OperationContext): Promise<void> {
  const { data } = context;
  const body = await instanceOperations(context).send("DescribeInstanceMaintenanceAttributes", {
    InstanceId: [data.id],
  });
  const found = listAt(body, "MaintenanceAttributes.MaintenanceAttribute").find((one) => one.InstanceId === data.id);
  const windows = listAt(found, "MaintenanceWindows.MaintenanceWindow");
  data.set(
    "maintenance_time",
    windows.map((one) => ({ start_time: one.StartTime, end_time: one.EndTime })),
  );
  data.setIfGiven("maintenance_action", at(found, "ActionOnMaintenance.Value"));
  data.set("maintenance_notify", found?.NotifyOnMaintenance);
}

async function readRest(context: OperationContext, instance: Body): Promise<void> {
  const { data } = context;
  const calls = instanceOperations(context);
  const ids = JSON.stringify([data.id]);
  if (!data.isNew || data.given("role_name") !== undefined) {
    const roles = listAt(
      await calls.send("DescribeInstanceRamRole", { InstanceIds: ids }),
      "InstanceRamRoleSets.InstanceRamRoleSet",
    );
    if (roles[0] !== undefined) data.set("role_name", roles[0].RamRoleName);
  }
  data.set(
    "enable_jumbo_frame",
    (await calls.send("DescribeInstanceAttribute", { InstanceId: data.id })).EnableJumboFrame,
  );
  if (instance.InstanceChargeType === "PrePaid") {
    const body = await calls.send("DescribeInstanceAutoRenewAttribute", { InstanceId: data.id });
    const renew = listAt(body, "InstanceRenewAttributes.InstanceRenewAttribute")[0];
    const years = renew?.RenewalStatus === "AutoRenewal" && renew.PeriodUnit === "Year";
    if (renew !== undefined) {
      data.set("renewal_status", renew.RenewalStatus);
      data.set("auto_renew_period", years ? Number(renew.Duration) * 12 : renew.Duration);
    }
    data.set("period_unit", data.given("period_unit") ?? "Month");
  } else {
    for (const name of ["renewal_status", "auto_renew_period", "period_unit"]) data.set(name, null);
  }
  const pool = listAt(
    await calls.send("DescribeInstanceAttachmentAttributes", { InstanceIds: ids }),
    "Instances.Instance",
  )[0];
  data.set("private_pool_options_match_criteria", pool?.PrivatePoolOptionsMatchCriteria);
  data.set("private_pool_options_id", pool?.PrivatePoolOptionsId);
  const body = await calls.send(
    "DescribeInstances",
    { InstanceIds: ids, AdditionalAttributes: ["CPU_OPTIONS"] },
    { place: "again" },
  );
  const again = listAt(body, "Instances.Instance")[0];
  data.set("spot_interruption_behavior", again?.SpotInterruptionBehavior);
  const cpu = at(again, "CpuOptions");
  if (cpu !== undefined && cpu !== null) {
    data.set("cpu_options", [
      {
        core_count: at(cpu, "CoreCount"),
        threads_per_core: at(cpu, "ThreadsPerCore"),
        topology_type: at(cpu, "TopologyType"),
      },
    ]);
  }
}
