import { Operations } from "../operation";
import type { OperationContext } from "../type";

export const LISTENER_FILE = "resource_alicloud_slb_listener";
export const LISTENER_GONE = ["The specified resource does not exist", "InvalidLoadBalancerId.NotFound"];

export const listenerOperations = (context: OperationContext): Operations =>
  new Operations(context, LISTENER_FILE, "Slb");
