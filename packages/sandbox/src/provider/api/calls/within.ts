/** Files of the released provider that hold the calls which several of its types share. */
const SHARED: Readonly<Record<string, string>> = {
  resource_alicloud_vpc: "service_alicloud_vpc_v2",
  resource_alicloud_vswitch: "service_alicloud_vpc_v2",
  resource_alicloud_security_group: "service_alicloud_ecs_v2",
  resource_alicloud_security_group_rule: "service_alicloud_ecs",
  resource_alicloud_ecs_network_interface: "service_alicloud_ecs",
  resource_alicloud_instance: "service_alicloud_ecs",
  resource_alicloud_eip_address: "service_alicloud_eip_v2",
  resource_alicloud_eip_association: "service_alicloud_eip_v2",
  resource_alicloud_eipanycast_anycast_eip_address: "service_alicloud_eipanycast_v2",
  resource_alicloud_eipanycast_anycast_eip_address_attachment: "service_alicloud_eipanycast_v2",
};
const SLB = /^resource_alicloud_slb_/;
/** Calls that read, and those for tags, are shared; those that create, change and remove are in the type's own file. */
const SHARED_ACTION = /^(Describe|List|Tag|Un[Tt]ag)/;

/** Where it is otherwise: `file.Action` to the files, the outermost first. */
const OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  "resource_alicloud_slb_load_balancer.DescribeVSwitchAttributes": ["service_alicloud_vpc"],
  "resource_alicloud_instance.DescribeUserData": [],
  "resource_alicloud_instance.DescribeInstanceRamRole": [],
  "resource_alicloud_instance.DescribeInstanceAutoRenewAttribute": [],
  "resource_alicloud_instance.TagResources": ["tags"],
  "resource_alicloud_instance.UntagResources": ["tags"],
  "resource_alicloud_instance.JoinSecurityGroup": ["service_alicloud_ecs"],
  "resource_alicloud_instance.LeaveSecurityGroup": ["service_alicloud_ecs"],
  // The functions that its update calls are in the same file.
  ...Object.fromEntries(
    [
      "ModifyInstanceAttribute",
      "ModifyInstanceChargeType",
      "ModifyInstanceNetworkSpec",
      "ModifyInstanceSpec",
      "ModifyInstanceVpcAttribute",
      "ModifyPrepayInstanceSpec",
      "AllocatePublicIpAddress",
      "ReplaceSystemDisk",
    ].map((action) => [`resource_alicloud_instance.${action}`, ["resource_alicloud_instance"]]),
  ),
};

/**
 * Files that an error passes while it is returned, each of which adds a line to it; the type's own file comes before them.
 * @param place which of several places sends it; `wait` is the wait for a status
 */
export function filesWithin(file: string, action: string, place?: string): readonly string[] {
  if (place === "wait") return [sharedFile(file)!, sharedFile(file)!];
  if (place === "tags") return ["tags"];
  const otherwise = OTHERWISE[`${file}.${action}`];
  if (otherwise !== undefined) return otherwise;
  if (!SHARED_ACTION.test(action)) return [];
  const shared = sharedFile(file);
  return shared === undefined ? [] : [shared];
}

const sharedFile = (file: string): string | undefined =>
  SHARED[file] ?? (SLB.test(file) ? "service_alicloud_slb" : undefined);
