import type { Product } from "../../../check/live/api";

/** How objects of a type are listed in the cloud. */
export interface Listing {
  readonly product: Product;
  readonly action: string;
  /** How its pages are asked for. */
  readonly paging: "number" | "token";
  /** Most on a page. */
  readonly pageSize: number;
  /** Path to the list in the answer. */
  readonly list: readonly string[];
  readonly id: string;
  /** Key of the time at which it was made. */
  readonly created: string;
  /** Attribute of the resource to path in the answer; several attributes may be names of the same. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** Parameter that narrows the list down to what belongs to another object. @default the whole region is listed */
  readonly within?: { readonly attribute: string; readonly parameter: string };
}

export interface Kind {
  /** Attributes that are its name: who gave it chose it for this one. */
  readonly names: readonly string[];
  /** Attributes that no two objects can have in common. */
  readonly natural?: readonly string[];
  readonly listing?: Listing;
  /** Its id is made of these attributes: `a|b=c` takes a, else b, else the text c. */
  readonly composed?: readonly string[];
  /** Made by several calls, of which only the first shows: what was cut off in between is made again. */
  readonly isMadeInSteps?: boolean;
}

const VPC_LIST = { product: "Vpc", paging: "number", pageSize: 50 } as const;
const ECS_LIST = { product: "Ecs", paging: "number", pageSize: 50 } as const;
const SLB_LIST = { product: "Slb", paging: "number", pageSize: 100 } as const;

const LOAD_BALANCER: Kind = {
  names: ["load_balancer_name", "name"],
  listing: {
    ...SLB_LIST,
    action: "DescribeLoadBalancers",
    list: ["LoadBalancers", "LoadBalancer"],
    id: "LoadBalancerId",
    created: "CreateTime",
    keys: {
      load_balancer_name: ["LoadBalancerName"],
      name: ["LoadBalancerName"],
      address_type: ["AddressType"],
      vswitch_id: ["VSwitchId"],
    },
  },
};

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

/** Types that can be looked up. */
const KINDS: Readonly<Record<string, Kind>> = {
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
  alicloud_ecs_network_interface: {
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
  },
  alicloud_eip_address: EIP,
  alicloud_eip: EIP,
  alicloud_slb_load_balancer: LOAD_BALANCER,
  alicloud_slb: LOAD_BALANCER,
  alicloud_slb_server_group: {
    names: ["name"],
    natural: ["load_balancer_id", "name"],
    listing: {
      ...SLB_LIST,
      action: "DescribeVServerGroups",
      list: ["VServerGroups", "VServerGroup"],
      id: "VServerGroupId",
      created: "CreateTime",
      keys: { name: ["VServerGroupName"] },
      within: { attribute: "load_balancer_id", parameter: "LoadBalancerId" },
    },
  },
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
  alicloud_slb_listener: {
    names: [],
    composed: ["load_balancer_id", "protocol", "frontend_port"],
    isMadeInSteps: true,
  },
  alicloud_slb_backend_server: { names: [], composed: ["load_balancer_id"] },
  alicloud_slb_server_group_server_attachment: { names: [], composed: ["server_group_id", "server_id", "port"] },
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
  },
};

export const kindOf = (type: string): Kind | undefined => KINDS[type];

/** Attributes that are written down of a creation, so that it can be found afterwards. */
export function attributesOf(type: string): readonly string[] {
  const kind = KINDS[type];
  if (kind === undefined) return [];
  const composed = (kind.composed ?? []).flatMap((part) => part.split("=")[0]!.split("|"));
  return [...new Set([...kind.names, ...(kind.natural ?? []), ...Object.keys(kind.listing?.keys ?? {}), ...composed])];
}
