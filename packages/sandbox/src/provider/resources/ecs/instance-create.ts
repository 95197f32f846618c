import { textAt } from "../../api/body";
import { ProviderError } from "../../api/errors";
import type { Request } from "../../api/params";
import type { ObjectValue } from "../../values/value";
import { isArray } from "../../values/value";
import type { ResourceData } from "../data";
import { tagList } from "../operation";
import type { OperationContext } from "../type";
import { describeInstance, instanceOperations, waitForStatus } from "./instance-status";
import { assignAddresses, changeMaintenance, changeMetadata, tagVolumes } from "./instance-parts";

export async function createInstance(context: OperationContext): Promise<void> {
  const { data } = context;
  const body = await instanceOperations(context).send("RunInstances", request(data), {
    id: "alicloud_instance",
    token: true,
    limit: data.limit("create"),
  });
  const ids = (body.InstanceIdSets as { InstanceIdSet?: readonly unknown[] } | undefined)?.InstanceIdSet ?? [];
  data.id = String(ids[0] ?? "");
  if (data.id === "")
    throw new ProviderError("RunInstances answered without an instance id (simulated by the sandbox).");
  await waitForStatus(context, "Running", data.limit("create"));
  await tagVolumes(context);
  await assignAddresses(context);
  if (data.given("status") === "Stopped") {
    await instanceOperations(context).send("StopInstance", {
      InstanceId: data.id,
      ForceStop: false,
      StoppedMode: data.given("stopped_mode"),
    });
    await waitForStatus(context, "Stopped", data.limit("create"));
  }
  await changeMetadata(context);
  await changeMaintenance(context);
  if (textAt(await describeInstance(context), "InstanceId") === "") data.vanish();
}

function request(data: ResourceData): Request {
  const prePaid = data.given("instance_charge_type") === "PrePaid";
  const cpu = data.objects("cpu_options")[0];
  return {
    InstanceType: data.given("instance_type"),
    ImageId: data.given("image_id"),
    ZoneId: data.given("availability_zone"),
    InstanceName: data.given("instance_name"),
    Description: data.given("description"),
    CreditSpecification: data.given("credit_specification"),
    ResourceGroupId: data.given("resource_group_id"),
    LaunchTemplateId: data.given("launch_template_id"),
    LaunchTemplateName: data.given("launch_template_name"),
    LaunchTemplateVersion: data.given("launch_template_version"),
    InternetChargeType: data.given("internet_charge_type"),
    InternetMaxBandwidthOut: data.given("internet_max_bandwidth_out"),
    InternetMaxBandwidthIn: data.given("internet_max_bandwidth_in"),
    HostName: data.given("host_name"),
    Password: data.given("password"),
    PasswordInherit: data.stated("password_inherit"),
    InstanceChargeType: data.given("instance_charge_type"),
    Period: prePaid ? data.given("period") : undefined,
    PeriodUnit: prePaid ? data.given("period_unit") : undefined,
    AutoRenew: prePaid && data.given("renewal_status") === "AutoRenewal" ? true : undefined,
    AutoRenewPeriod: prePaid ? data.given("auto_renew_period") : undefined,
    SpotStrategy: prePaid ? undefined : data.given("spot_strategy"),
    SpotPriceLimit: prePaid ? undefined : data.given("spot_price_limit"),
    SpotDuration: data.stated("spot_duration"),
    SpotInterruptionBehavior: data.given("spot_interruption_behavior"),
    UserData: userData(data.given("user_data")),
    RamRoleName: data.given("role_name"),
    KeyPairName: data.given("key_name"),
    SecurityEnhancementStrategy: data.given("security_enhancement_strategy"),
    AutoReleaseTime: data.given("auto_release_time"),
    DryRun: data.stated("dry_run"),
    DeletionProtection: data.stated("deletion_protection"),
    Tag: tagList(data.map("tags")),
    SystemDisk: systemDisk(data),
    DataDisk: data.objects("data_disks").map(dataDisk),
    ...network(data),
    NetworkOptions: { EnableJumboFrame: data.stated("enable_jumbo_frame") },
    HpcClusterId: data.given("hpc_cluster_id"),
    DeploymentSetId: data.given("deployment_set_id"),
    DedicatedHostId: data.given("dedicated_host_id"),
    HttpTokens: data.given("http_tokens"),
    HttpEndpoint: data.given("http_endpoint"),
    HttpPutResponseHopLimit: data.given("http_put_response_hop_limit"),
    PrivatePoolOptions: {
      MatchCriteria: data.given("private_pool_options_match_criteria"),
      Id: data.given("private_pool_options_id"),
    },
    ImageOptions: { LoginAsNonRoot: flag(data.objects("image_options")[0], "login_as_non_root") },
    AdditionalInfo: { EnableHighDensityMode: data.given("enable_high_density_mode") },
    CpuOptions: {
      Core: flag(cpu, "core_count"),
      ThreadsPerCore: flag(cpu, "threads_per_core"),
      TopologyType: flag(cpu, "topology_type"),
    },
  };
}

/** Text of a field, undefined when it is not set. */
function flag(block: ObjectValue | undefined, name: string): string | undefined {
  const value = block?.[name] ?? null;
  return value === null || value === "" ? undefined : String(value);
}

/** Sent in base64; what is base64 already is sent as it is. */
export function userData(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return Buffer.from(text, "base64").toString("base64") === text ? text : Buffer.from(text).toString("base64");
}

function systemDisk(data: ResourceData): Request {
  return {
    DiskName: data.given("system_disk_name"),
    Description: data.given("system_disk_description"),
    PerformanceLevel: data.given("system_disk_performance_level"),
    Category: data.given("system_disk_category"),
    Size: data.given("system_disk_size"),
    AutoSnapshotPolicyId: data.given("system_disk_auto_snapshot_policy_id"),
    StorageClusterId: data.given("system_disk_storage_cluster_id"),
    Encrypted: data.stated("system_disk_encrypted"),
    KMSKeyId: data.given("system_disk_kms_key_id"),
    EncryptAlgorithm: data.given("system_disk_encrypt_algorithm"),
    ProvisionedIops: data.stated("system_disk_provisioned_iops"),
    BurstingEnabled: data.stated("system_disk_bursting_enabled"),
  };
}

function dataDisk(disk: ObjectValue): Request {
  return {
    DeleteWithInstance: flag(disk, "delete_with_instance"),
    Encrypted: flag(disk, "encrypted"),
    Size: flag(disk, "size"),
    Category: flag(disk, "category"),
    DiskName: flag(disk, "name"),
    KMSKeyId: flag(disk, "kms_key_id"),
    SnapshotId: flag(disk, "snapshot_id"),
    Description: flag(disk, "description"),
    AutoSnapshotPolicyId: flag(disk, "auto_snapshot_policy_id"),
    Device: flag(disk, "device"),
    ProvisionedIops: flag(disk, "provisioned_iops"),
    BurstingEnabled: flag(disk, "bursting_enabled"),
    PerformanceLevel: flag(disk, "performance_level"),
  };
}

/** With settings of its own the primary interface is sent as one, else its parts are sent plainly. */
function network(data: ResourceData): Request {
  const own = [
    "network_interface_id",
    "network_interface_traffic_mode",
    "network_card_index",
    "queue_pair_number",
    "source_dest_check",
  ];
  const groups = data.texts("security_groups");
  const vswitch = data.given("vswitch_id");
  const others = data.objects("network_interfaces").map(secondaryInterface);
  if (!own.some((name) => data.get(name) !== null && data.get(name) !== "")) {
    return {
      VSwitchId: vswitch,
      PrivateIpAddress: vswitch === undefined ? undefined : data.given("private_ip"),
      SecurityGroupIds: vswitch === undefined ? undefined : groups,
      SecurityGroupId: vswitch === undefined ? groups[0] : undefined,
      Ipv6Address: data.texts("ipv6_addresses"),
      Ipv6AddressCount: data.stated("ipv6_address_count"),
      NetworkInterface: others,
    };
  }
  const id = data.given("network_interface_id");
  const primary: Request =
    id === undefined
      ? {
          InstanceType: "Primary",
          SecurityGroupIds: groups,
          VSwitchId: vswitch,
          PrimaryIpAddress: data.given("private_ip"),
          Ipv6Address: data.texts("ipv6_addresses"),
          Ipv6AddressCount: data.stated("ipv6_address_count"),
          NetworkInterfaceTrafficMode: data.given("network_interface_traffic_mode"),
          NetworkCardIndex: data.stated("network_card_index"),
          QueuePairNumber: data.stated("queue_pair_number"),
          SourceDestCheck: data.stated("source_dest_check"),
        }
      : { InstanceType: "Primary", NetworkInterfaceId: id };
  return { NetworkInterface: [primary, ...others] };
}

function secondaryInterface(block: ObjectValue): Request {
  const groups = block.security_group_ids ?? null;
  return {
    InstanceType: "Secondary",
    NetworkInterfaceId: flag(block, "network_interface_id"),
    VSwitchId: flag(block, "vswitch_id"),
    NetworkInterfaceTrafficMode: flag(block, "network_interface_traffic_mode"),
    NetworkCardIndex: flag(block, "network_card_index"),
    QueuePairNumber: flag(block, "queue_pair_number"),
    SourceDestCheck: flag(block, "source_dest_check"),
    SecurityGroupIds: isArray(groups) ? groups.map(String) : undefined,
  };
}
