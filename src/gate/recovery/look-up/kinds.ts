import type { Kind } from "./kind";
import { SLB_KINDS } from "./slb-kinds";

const VPC_LIST = { product: "Vpc", paging: "number", pageSize: 50 } as const;
const ECS_LIST = { product: "Ecs", paging: "number", pageSize: 50 } as const;

const EIP: Kind = {
  names: ["address_name", "name"],
  listing: {
    ...VPC_LIST,
    action: "DescribeEipAddresses",
    list: ["EipAddresses", "EipAddress"],
    id: "AllocationId",
    created: "AllocationTime",
    keys: { address_name: ["Name"], name: ["Name"], bandwidth: ["Bandwidth"] },
  },
};

const NETWORK_INTERFACE: Kind = {
  names: ["network_interface_name", "name"],
  listing: {
    ...ECS_LIST,
    action: "DescribeNetworkInterfaces",
    list: ["NetworkInterfaceSets", "NetworkInterfaceSet"],
    id: "NetworkInterfaceId",
    created: "CreationTime",
    keys: {
      network_interface_name: ["NetworkInterfaceName"],
      name: ["NetworkInterfaceName"],
      vswitch_id: ["VSwitchId"],
    },
  },
};

/** Types that can be looked up. */
export const KINDS: Readonly<Record<string, Kind>> = {
  ...SLB_KINDS,
  alicloud_vpc: {
    names: ["vpc_name", "name"],
    listing: {
      ...VPC_LIST,
      action: "DescribeVpcs",
      list: ["Vpcs", "Vpc"],
      id: "VpcId",
      created: "CreationTime",
      keys: { vpc_name: ["VpcName"], name: ["VpcName"], cidr_block: ["CidrBlock"] },
    },
  },
  alicloud_vswitch: {
    names: ["vswitch_name", "name"],
    natural: ["vpc_id", "cidr_block"],
    listing: {
      ...VPC_LIST,
      action: "DescribeVSwitches",
      list: ["VSwitches", "VSwitch"],
      id: "VSwitchId",
      created: "CreationTime",
      keys: {
        vswitch_name: ["VSwitchName"],
        name: ["VSwitchName"],
        cidr_block: ["CidrBlock"],
        vpc_id: ["VpcId"],
        zone_id: ["ZoneId"],
      },
    },
  },
  alicloud_security_group: {
    names: ["security_group_name", "name"],
    listing: {
      ...ECS_LIST,
      action: "DescribeSecurityGroups",
      list: ["SecurityGroups", "SecurityGroup"],
      id: "SecurityGroupId",
      created: "CreationTime",
      keys: { security_group_name: ["SecurityGroupName"], name: ["SecurityGroupName"], vpc_id: ["VpcId"] },
    },
  },
  alicloud_instance: {
    names: ["instance_name"],
    listing: {
      ...ECS_LIST,
      action: "DescribeInstances",
      list: ["Instances", "Instance"],
      id: "InstanceId",
      created: "CreationTime",
      keys: {
        instance_name: ["InstanceName"],
        instance_type: ["InstanceType"],
        image_id: ["ImageId"],
        vswitch_id: ["VpcAttributes", "VSwitchId"],
      },
    },
  },
  alicloud_ecs_network_interface: NETWORK_INTERFACE,
  alicloud_network_interface: NETWORK_INTERFACE,
  alicloud_eip_address: EIP,
  alicloud_eip: EIP,
  alicloud_eipanycast_anycast_eip_address: {
    names: ["anycast_eip_address_name"],
    listing: {
      product: "Eipanycast",
      action: "ListAnycastEipAddresses",
      paging: "token",
      pageSize: 50,
      list: ["AnycastList"],
      id: "AnycastId",
      created: "CreateTime",
      keys: { anycast_eip_address_name: ["Name"], service_location: ["ServiceLocation"] },
    },
  },
  alicloud_eipanycast_anycast_eip_address_attachment: {
    names: [],
    composed: ["anycast_id", "bind_instance_id", "bind_instance_region_id", "bind_instance_type"],
  },
  alicloud_eip_association: { names: [], composed: ["allocation_id", "instance_id"] },
  alicloud_security_group_rule: {
    names: [],
    composed: [
      "security_group_id",
      "type",
      "ip_protocol",
      "port_range=-1/-1",
      "nic_type=<nil>",
      "source_security_group_id|ipv6_cidr_ip|cidr_ip|prefix_list_id",
      "policy=accept",
      "priority=1",
    ],
    written: { ipv6_cidr_ip: (block) => block.replaceAll(":", "_") },
  },
};

export const kindOf = (type: string): Kind | undefined => KINDS[type];

/** Attributes that are recorded of a creation, so that it can be found afterwards. */
export function attributesOf(type: string): readonly string[] {
  const kind = KINDS[type];
  if (kind === undefined) return [];
  const composed = (kind.composed ?? []).flatMap((part) => part.split("=")[0]!.split("|"));
  const within = (kind.listing?.within ?? []).map(({ attribute }) => attribute);
  const keys = Object.keys(kind.listing?.keys ?? {});
  return [...new Set([...kind.names, ...(kind.natural ?? []), ...keys, ...within, ...composed])];
}
