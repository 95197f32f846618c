import { anycastAddress } from "./anycast/address";
import { anycastAttachment } from "./anycast/attachment";
import { instance } from "./ecs/instance";
import { networkInterface } from "./ecs/network-interface";
import { securityGroup } from "./ecs/security-group";
import { securityGroupRule } from "./ecs/security-group-rule";
import { eipAddress } from "./eip/address";
import { eipAssociation } from "./eip/association";
import { acl } from "./slb/acl";
import { aclEntry } from "./slb/acl-entry";
import { backendServer } from "./slb/backend-server";
import { listener } from "./slb/listener";
import { loadBalancer } from "./slb/load-balancer";
import { masterSlaveGroup } from "./slb/master-slave-group";
import { rule } from "./slb/rule";
import { serverAttachment } from "./slb/server-attachment";
import { serverCertificate } from "./slb/server-certificate";
import { serverGroup } from "./slb/server-group";
import type { ResourceType } from "./type";
import { vpc } from "./vpc/vpc";
import { vswitch } from "./vpc/vswitch";

/** Every simulated resource type. Some go by two names, as with the real provider. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map([
  ["alicloud_vpc", vpc],
  ["alicloud_vswitch", vswitch],
  ["alicloud_security_group", securityGroup],
  ["alicloud_security_group_rule", securityGroupRule],
  ["alicloud_instance", instance],
  ["alicloud_ecs_network_interface", networkInterface],
  ["alicloud_network_interface", networkInterface],
  ["alicloud_slb_load_balancer", loadBalancer],
  ["alicloud_slb", loadBalancer],
  ["alicloud_slb_listener", listener],
  ["alicloud_slb_backend_server", backendServer],
  ["alicloud_slb_server_group", serverGroup],
  ["alicloud_slb_server_group_server_attachment", serverAttachment],
  ["alicloud_slb_acl", acl],
  ["alicloud_slb_acl_entry_attachment", aclEntry],
  ["alicloud_slb_server_certificate", serverCertificate],
  ["alicloud_slb_master_slave_server_group", masterSlaveGroup],
  ["alicloud_slb_rule", rule],
  ["alicloud_eip_address", eipAddress],
  ["alicloud_eip", eipAddress],
  ["alicloud_eip_association", eipAssociation],
  ["alicloud_eipanycast_anycast_eip_address", anycastAddress],
  ["alicloud_eipanycast_anycast_eip_address_attachment", anycastAttachment],
]);
