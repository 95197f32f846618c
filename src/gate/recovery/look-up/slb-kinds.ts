import type { Kind } from "./kind";
import { SLB_LIST } from "./kind";

const OF_LOAD_BALANCER = [{ attribute: "load_balancer_id", parameter: "LoadBalancerId" }];

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

/** Types of load balancers and of what stands around them. */
export const SLB_KINDS: Readonly<Record<string, Kind>> = {
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
      within: OF_LOAD_BALANCER,
    },
  },
  alicloud_slb_master_slave_server_group: {
    names: ["name"],
    listing: {
      ...SLB_LIST,
      action: "DescribeMasterSlaveServerGroups",
      list: ["MasterSlaveServerGroups", "MasterSlaveServerGroup"],
      id: "MasterSlaveServerGroupId",
      created: "CreateTime",
      keys: { name: ["MasterSlaveServerGroupName"] },
      within: OF_LOAD_BALANCER,
    },
  },
  alicloud_slb_rule: {
    names: [],
    // A listener has one rule for a domain and a path.
    natural: ["load_balancer_id", "frontend_port", "domain", "url"],
    listing: {
      ...SLB_LIST,
      action: "DescribeRules",
      list: ["Rules", "Rule"],
      id: "RuleId",
      keys: { domain: ["Domain"], url: ["Url"] },
      leftOut: { domain: "", url: "" },
      within: [...OF_LOAD_BALANCER, { attribute: "frontend_port", parameter: "ListenerPort" }],
    },
  },
  alicloud_slb_acl: {
    names: ["name"],
    listing: {
      ...SLB_LIST,
      pageSize: 50,
      action: "DescribeAccessControlLists",
      list: ["Acls", "Acl"],
      id: "AclId",
      created: "CreateTime",
      keys: { name: ["AclName"], ip_version: ["AddressIPVersion"] },
    },
  },
  alicloud_slb_server_certificate: {
    names: ["name"],
    listing: {
      ...SLB_LIST,
      action: "DescribeServerCertificates",
      list: ["ServerCertificates", "ServerCertificate"],
      id: "ServerCertificateId",
      created: "CreateTime",
      keys: { name: ["ServerCertificateName"] },
    },
  },
  alicloud_slb_ca_certificate: {
    names: ["ca_certificate_name", "name"],
    listing: {
      ...SLB_LIST,
      action: "DescribeCACertificates",
      list: ["CACertificates", "CACertificate"],
      id: "CACertificateId",
      created: "CreateTime",
      keys: { ca_certificate_name: ["CACertificateName"], name: ["CACertificateName"] },
    },
  },
  alicloud_slb_listener: {
    names: [],
    composed: ["load_balancer_id", "protocol", "frontend_port"],
    isMadeInSteps: true,
  },
  alicloud_slb_acl_entry_attachment: { names: [], composed: ["acl_id", "entry"] },
  alicloud_slb_backend_server: { names: [], composed: ["load_balancer_id"] },
  alicloud_slb_server_group_server_attachment: { names: [], composed: ["server_group_id", "server_id", "port"] },
};
