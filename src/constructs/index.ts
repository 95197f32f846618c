export { AlicloudProvider } from "@cdktf/provider-alicloud/lib/provider";
export type { AlicloudProviderConfig } from "@cdktf/provider-alicloud/lib/provider";
export { AnycastEip } from "./anycast-eip";
export type { AnycastEipProps, AttachOptions } from "./anycast-eip";
export { AnycastEips } from "./anycast-eips";
export type { AnycastEipsProps } from "./anycast-eips";
export { AnycastTarget } from "./anycast-target";
export type {
  AnycastBinding,
  IAnycastTarget,
  LoadBalancerTargetProps,
  NetworkInterfaceTargetProps,
} from "./anycast-target";
export type { ClbListenerProps, HttpListenerProps, HttpsListenerProps, Layer4ListenerProps } from "./clb-listener";
export { ConstructError } from "./errors";
export { ANYCAST_FACTS } from "./facts";
export type { AnycastArea, AnycastSpec, AssociationMode } from "./facts";
export { InternalClb } from "./internal-clb";
export type { ClbBackend, InternalClbProps } from "./internal-clb";
export { PlainEip } from "./plain-eip";
export type { PlainEipProps } from "./plain-eip";
export { recordSourceLines } from "./source-lines";
export { cloudState, httpState, ossState, s3State, useState } from "./state";
export type {
  CloudStateProps,
  HttpLock,
  HttpStateProps,
  OssStateProps,
  S3StateProps,
  StatePlace,
  TablestoreLock,
} from "./state";
