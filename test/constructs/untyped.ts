import type { TerraformStack } from "cdktf";
import { AcceleratedService, InternalClb } from "../../src";

export type Build = (stack: TerraformStack) => void;

/** As a caller without types would declare it. */
export const any = <T>(value: unknown): T => value as T;

export const clb = (stack: TerraformStack, more: object = {}, id = "clb"): InternalClb =>
  new InternalClb(stack, id, any({ vswitchId: "vsw-1", ...more }));

export const service =
  (more: object): Build =>
  (stack) =>
    void new AcceleratedService(
      stack,
      "shop",
      any({ name: "shop", network: { zoneId: "cn-hongkong-b" }, listeners: [{ protocol: "tcp", port: 80 }], ...more }),
    );
