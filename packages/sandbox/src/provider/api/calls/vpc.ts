import type { Ways } from "./way";
import { tea, teaLoop } from "./way";

const EIP_BUSY = ["OperationConflict", "LastTokenProcessing", "IncorrectStatus", "SystemBusy", "ServiceUnavailable"];
const VSWITCH_BUSY = [
  "TaskConflict",
  "IncorrectStatus.cbnStatus",
  "InvalidStatus.RouteEntry",
  "OperationFailed.IdempotentTokenProcessing",
  "IncorrectStatus",
  "CreateVSwitch.IncorrectStatus.cbnStatus",
  "IncorrectVSwitchStatus",
  "OperationConflict",
  "OperationFailed.DistibuteLock",
  "OperationFailed.NotifyCenCreate",
];
/** An address or instance that is still running, whether it is to be bound or released. */
const BINDING_BUSY = [
  ...EIP_BUSY,
  "TaskConflict",
  "IncorrectEipStatus",
  "InvalidBindingStatus",
  "IncorrectInstanceStatus",
  "InvalidStatus.EcsStatusNotSupport",
  "InvalidStatus.EniStatusNotSupport",
];
const ANYCAST_BUSY = "IncorrectStatus.Anycast";

export const vpcWays: Ways = {
  resource_alicloud_vpc: {
    CreateVpc: tea("TaskConflict", "UnknownError"),
    CreateDefaultVpc: tea("TaskConflict"),
    DescribeVpcAttribute: tea(),
    DescribeRouteTableList: tea(),
    ModifyVpcAttribute: tea(
      ...EIP_BUSY,
      "OperationFailed.LastTokenProcessing",
      "OperationFailed.QueryCenIpv6Status",
      "IncorrectVpcStatus",
    ),
    MoveResourceGroup: tea(),
    ModifyRouteTableAttributes: tea(),
    AssociateVpcCidrBlock: tea(),
    UnassociateVpcCidrBlock: tea(),
    EnableVpcClassicLink: tea("IncorrectVpcStatus"),
    DisableVpcClassicLink: tea("InternalError", "IncorrectVpcStatus"),
    TagResources: tea(),
    UnTagResources: tea(),
    DeleteVpc: tea("DependencyViolation.VSwitch", "DependencyViolation.SecurityGroup", "IncorrectVpcStatus"),
  },
  resource_alicloud_vswitch: {
    CreateVSwitch: tea(...VSWITCH_BUSY),
    CreateDefaultVSwitch: tea(...VSWITCH_BUSY),
    DescribeVSwitchAttributes: tea(),
    ModifyVSwitchAttribute: teaLoop(
      "OperationConflict",
      "OperationFailed.LastTokenProcessing",
      "IncorrectStatus.VSwitch",
      "IncorrectStatus.VpcRouteEntry",
      "ServiceUnavailable",
    ),
    TagResources: tea(),
    UnTagResources: tea(),
    DeleteVSwitch: teaLoop(
      "DependencyViolation",
      "OperationConflict",
      "IncorrectRouteEntryStatus",
      "InternalError",
      "TaskConflict",
      "DeleteVSwitch.IncorrectStatus.cbnStatus",
      "SystemBusy",
      "IncorrectVSwitchStatus",
      "LastTokenProcessing",
      "OperationDenied.OtherSubnetProcessing",
    ),
  },
  resource_alicloud_eip_address: {
    AllocateEipAddress: tea(...EIP_BUSY, "FrequentPurchase.EIP"),
    DescribeEipAddresses: tea(),
    DescribeHighDefinitionMonitorLogAttribute: tea(),
    ModifyEipAddressAttribute: teaLoop(
      ...EIP_BUSY,
      "IncorrectEipStatus",
      "IncorrectStatus.ResourceStatus",
      "VPC_TASK_CONFLICT",
    ),
    SetHighDefinitionMonitorLogStatus: teaLoop(
      ...BINDING_BUSY,
      "IncorrectStatus.NatGateway",
      "InvalidStatus.InstanceHasBandWidth",
    ),
    MoveResourceGroup: teaLoop(),
    DeletionProtection: tea(),
    ModifyEipForwardMode: tea(),
    TagResources: tea(),
    UnTagResources: tea(),
    ReleaseEipAddress: teaLoop(...EIP_BUSY, "IncorrectEipStatus", "TaskConflict.AssociateGlobalAccelerationInstance"),
  },
  resource_alicloud_eip_association: {
    AssociateEipAddress: tea(
      ...BINDING_BUSY,
      "IncorrectStatus.NatGateway",
      "InvalidStatus.InstanceHasBandWidth",
      "OperationFailed.EcsMigrating",
    ),
    DescribeEipAddresses: tea(),
    ModifyEipForwardMode: tea(),
    UnassociateEipAddress: tea(
      ...BINDING_BUSY,
      "OperationFailed.LastTokenProcessing",
      "IncorrectHaVipStatus",
      "InvalidIpStatus.HasBeenUsedBySnatTable",
      "InvalidIpStatus.HasBeenUsedByForwardEntry",
      "InvalidStatus.NotAllow",
      "InvalidStatus.SnatOrDnat",
    ),
  },
  resource_alicloud_eipanycast_anycast_eip_address: {
    AllocateAnycastEipAddress: tea(),
    DescribeAnycastEipAddress: tea(),
    ModifyAnycastEipAddressAttribute: tea(),
    ModifyAnycastEipAddressSpec: tea(),
    ChangeResourceGroup: tea(),
    TagResources: tea(),
    UntagResources: tea(),
    ReleaseAnycastEipAddress: tea(ANYCAST_BUSY),
  },
  resource_alicloud_eipanycast_anycast_eip_address_attachment: {
    AssociateAnycastEipAddress: tea(ANYCAST_BUSY),
    DescribeAnycastEipAddress: tea(),
    UpdateAnycastEipAddressAssociations: tea(ANYCAST_BUSY),
    UnassociateAnycastEipAddress: tea(ANYCAST_BUSY),
  },
};
