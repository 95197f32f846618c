export { AlicloudProvider } from "@cdktf/provider-alicloud/lib/provider";
export type { AlicloudProviderConfig } from "@cdktf/provider-alicloud/lib/provider";
export { AcceleratedService } from "./accelerated-service";
export type { AcceleratedServiceProps, NewNetwork } from "./accelerated-service";
export { ClbAccessList } from "./access-list";
export type { ClbAccessListEntry, ClbAccessListProps } from "./access-list";
export type { AlarmOptions } from "./alarm";
export type { AttachOptions, IAnycastEip } from "./address-base";
export type { AnycastBinding, IAnycastTarget } from "./anycast-binding";
export { AnycastEip } from "./anycast-eip";
export type { AnycastEipProps } from "./anycast-eip";
export { AnycastEips } from "./anycast-eips";
export type { AnycastEipsProps } from "./anycast-eips";
export { AnycastTarget } from "./anycast-target";
export type { LoadBalancerTargetProps, NetworkInterfaceTargetProps } from "./anycast-target";
export type { IInternalClb } from "./clb-base";
export type { ExistingClbOptions, InternalClbLookupProps } from "./clb-lookup";
export type { DnsOptions } from "./dns-record";
export type { ExistingNetworkInterfaceOptions, NetworkInterfaceLookupProps } from "./eni-lookup";
export { ConstructError } from "./errors";
export type { ExistingAnycastEipOptions } from "./existing-address";
export { ANYCAST_FACTS } from "./facts";
export type { AnycastArea, AssociationMode } from "./facts";
export { InternalClb } from "./internal-clb";
export type { ClbBackend } from "./internal-clb";
export type { InternalClbProps } from "./internal-clb-props";
export type {
  ClbAccess,
  ClbForwardedHeaders,
  ClbHealthCheck,
  ClbListenerProps,
  ClbStickySession,
  HttpListenerProps,
  HttpsListenerProps,
  Layer4ListenerProps,
} from "./listener-props";
export { PlainEip } from "./plain-eip";
export type { PlainEipProps } from "./plain-eip";
export { ClbServerGroup } from "./server-group";
export type { ClbGroupServer, ClbServerGroupProps, MasterSlaveServerGroupProps } from "./server-group";
export { Policies } from "./policies";
export type { Acknowledgement, PoliciesOptions } from "./policies";
export { recordSourceLines } from "./source-lines";
export { everywhere, requireNames, tagAll } from "./tagging";
export { cloudState, httpState, ossState, s3State, configureBackend } from "./state";
export type {
  CloudStateProps,
  HttpLock,
  HttpStateProps,
  OssStateProps,
  S3StateProps,
  StatePlace,
  TablestoreLock,
} from "./state";
