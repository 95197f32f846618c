import type { Call } from "../call";
import type { CloudError } from "../contract";
import { notFound } from "../errors";
import type { Kind, Kinds } from "../model";

/** Not-found errors by kind, with the codes that clients look for. */
const NOT_FOUND = {
  vpc: ["InvalidVpcID.NotFound", "Specified VPC does not exist."],
  vswitch: ["InvalidVSwitchId.NotFound", "Specified vswitch does not exist."],
  eip: ["InvalidAllocationId.NotFound", "Specified allocation ID does not exist."],
  "anycast-eip": ["ResourceNotFound.AnycastInstance", "The specified resource of AnycastInstance is not found."],
  "security-group": ["InvalidSecurityGroupId.NotFound", "The specified SecurityGroupId does not exist."],
  instance: ["InvalidInstanceId.NotFound", "The specified InstanceId does not exist."],
  disk: ["InvalidDiskId.NotFound", "The specified disk does not exist."],
  "network-interface": ["InvalidEniId.NotFound", "The specified EniId does not exist."],
  "load-balancer": ["InvalidLoadBalancerId.NotFound", "The specified LoadBalancerId does not exist."],
  "server-group": ["InvalidParameter", "The specified VServerGroupId does not exist."],
  acl: ["AclNotExist", "The specified AclId does not exist."],
  "server-certificate": ["ServerCertificateId.NotFound", "The specified ServerCertificateId does not exist."],
  "master-slave-group": ["InvalidParameter", "The specified MasterSlaveGroupId does not exist"],
  "forwarding-rule": ["InvalidRuleId.NotFound", "The specified RuleId does not exist."],
  "resource-group": ["EntityNotExists.ResourceGroup", "The resource group does not exist."],
} as const satisfies Partial<Record<Kind, readonly [string, string]>>;
type Findable = keyof typeof NOT_FOUND;

/** Parameter that names an object of each kind. */
const ID_PARAMETER: Readonly<Record<Findable, string>> = {
  vpc: "VpcId",
  vswitch: "VSwitchId",
  eip: "AllocationId",
  "anycast-eip": "AnycastId",
  "security-group": "SecurityGroupId",
  instance: "InstanceId",
  disk: "DiskId",
  "network-interface": "NetworkInterfaceId",
  "load-balancer": "LoadBalancerId",
  "server-group": "VServerGroupId",
  acl: "AclId",
  "server-certificate": "ServerCertificateId",
  "master-slave-group": "MasterSlaveServerGroupId",
  "forwarding-rule": "RuleId",
  "resource-group": "ResourceGroupId",
};

export function notFoundOf(kind: Findable): CloudError {
  const [code, message] = NOT_FOUND[kind];
  return notFound(code, message);
}

/**
 * The object a call is about.
 * @param id default: the parameter that names such objects
 * @throws CloudError the kind's not-found error
 */
export function needed<K extends Findable>(call: Call, kind: K, id = call.params.need(ID_PARAMETER[kind])): Kinds[K] {
  const record = call.find(kind, id);
  if (record === undefined) throw notFoundOf(kind);
  return record;
}
