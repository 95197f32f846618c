import type { Way, Ways } from "./way";
import { common, legacy, legacyLoop, tea, teaLoop, teaOnce } from "./way";

/** Codes of a load balancer that is still running on the change before. */
const BUSY = ["SystemBusy", "OperationBusy", "ServiceIsStopping", "BackendServer.configuring", "ServiceIsConfiguring"];
const PROTOCOLS = ["TCP", "UDP", "HTTP", "HTTPS"];
const forProtocols = (name: (protocol: string) => string, way: Way): Record<string, Way> =>
  Object.fromEntries(PROTOCOLS.map((protocol) => [name(protocol), way]));

export const slbWays: Ways = {
  resource_alicloud_slb_load_balancer: {
    DescribeVSwitchAttributes: teaOnce(true),
    CreateLoadBalancer: tea("OperationFailed.TokenIsProcessing"),
    DescribeLoadBalancerAttribute: tea(),
    ListTagResources: teaLoop(),
    TagResources: teaLoop(),
    UntagResources: teaLoop(),
    SetLoadBalancerStatus: teaLoop(),
    SetLoadBalancerDeleteProtection: teaLoop(),
    SetLoadBalancerName: teaLoop(),
    ModifyLoadBalancerInstanceChargeType: teaLoop(),
    ModifyLoadBalancerInstanceSpec: teaLoop(),
    SetLoadBalancerModificationProtection: teaLoop(),
    ModifyLoadBalancerInternetSpec: teaLoop(),
    ModifyLoadBalancerPayType: teaLoop(),
    DeleteLoadBalancer: teaLoop(),
  },
  resource_alicloud_slb_listener: {
    ...forProtocols((protocol) => `CreateLoadBalancer${protocol}Listener`, common()),
    ...forProtocols((protocol) => `DescribeLoadBalancer${protocol}ListenerAttribute`, common(BUSY)),
    ...forProtocols(
      (protocol) => `SetLoadBalancer${protocol}ListenerAttribute`,
      common(["OperationFailed.ListenerStatusNotSupport"]),
    ),
    DescribeLoadBalancerAttribute: legacy(),
    "DescribeLoadBalancerAttribute (read)": legacy(...BUSY),
    StartLoadBalancerListener: legacy("ServiceIsConfiguring"),
    DeleteLoadBalancerListener: legacy(...BUSY),
  },
  resource_alicloud_slb_backend_server: {
    "AddBackendServers (create)": legacy("ServiceIsConfiguring"),
    AddBackendServers: legacy(),
    SetBackendServers: legacy(),
    RemoveBackendServers: legacy(),
    "RemoveBackendServers (delete)": legacy("RspoolVipExist", "ObtainIpFail", "ServiceIsStopping"),
    DescribeLoadBalancerAttribute: legacy(),
  },
  resource_alicloud_slb_server_group: {
    CreateVServerGroup: legacy(),
    SetVServerGroupAttribute: legacy(),
    AddVServerGroupBackendServers: legacy(),
    RemoveVServerGroupBackendServers: legacy(),
    DescribeVServerGroupAttribute: legacy(),
    DescribeLoadBalancerAttribute: legacy(),
    ListTagResources: teaLoop(),
    TagResources: teaLoop(),
    UntagResources: teaLoop(),
    DeleteVServerGroup: legacy("RspoolVipExist"),
  },
  resource_alicloud_slb_server_group_server_attachment: {
    AddVServerGroupBackendServers: teaLoop("VServerGroupProcessing", "ServiceIsStopping", "ServiceIsConfiguring"),
    RemoveVServerGroupBackendServers: teaLoop("VServerGroupProcessing"),
    DescribeVServerGroupAttribute: tea(),
  },
  resource_alicloud_slb_acl: {
    CreateAccessControlList: teaLoop(),
    DescribeAccessControlListAttribute: tea(),
    SetAccessControlListAttribute: teaLoop(),
    AddAccessControlListEntry: teaLoop(),
    RemoveAccessControlListEntry: teaLoop(),
    ListTagResources: teaLoop(),
    TagResources: legacyLoop(),
    UntagResources: legacyLoop(),
    DeleteAccessControlList: teaLoop(),
  },
  resource_alicloud_slb_acl_entry_attachment: {
    AddAccessControlListEntry: teaLoop("AclEntryProcessing"),
    RemoveAccessControlListEntry: teaLoop("AclEntryProcessing"),
    DescribeAccessControlListAttribute: tea(),
  },
  resource_alicloud_slb_server_certificate: {
    UploadServerCertificate: legacy(),
    SetServerCertificateName: legacy(),
    DescribeServerCertificates: legacy(),
    ListTagResources: teaLoop(),
    TagResources: legacyLoop(),
    UntagResources: legacyLoop(),
    DeleteServerCertificate: legacy("CertificateAndPrivateKeyIsRefered"),
  },
  resource_alicloud_slb_rule: {
    CreateRules: teaLoop(
      "ServiceIsConfiguring",
      "BackendServer.configuring",
      "OperationFailed.ListenerStatusNotSupport",
    ),
    DescribeRuleAttribute: tea(),
    SetRule: teaLoop("BackendServer.configuring", "OperationFailed.ListenerStatusNotSupport"),
    DescribeLoadBalancerAttribute: legacy(),
    DeleteRules: teaLoop("OperationFailed.ListenerStatusNotSupport"),
  },
  resource_alicloud_slb_master_slave_server_group: {
    CreateMasterSlaveServerGroup: legacy(),
    DescribeMasterSlaveServerGroupAttribute: legacy(),
    DescribeLoadBalancerAttribute: legacy(),
    DeleteMasterSlaveServerGroup: legacy("RspoolVipExist"),
  },
};
