import type { Quotas } from "../contract";

/** What a fresh account may have. */
export const DEFAULT_QUOTAS: Quotas = {
  anycastEips: 20,
  eips: 20,
  vpcs: 10,
  vswitchesPerVpc: 150,
  securityGroups: 500,
  loadBalancers: 60,
  listenersPerLoadBalancer: 50,
  instances: 1000,
};

/** Tags per object. */
export const MAX_TAGS = 20;
/** How long a ClientToken is remembered, in milliseconds. */
export const TOKEN_LIFETIME = 24 * 60 * 60 * 1000;

/** How long the real cloud's slow work takes, in milliseconds at speed 1. */
export const DURATIONS = {
  vpc: 2_000,
  vswitch: 3_000,
  eip: 2_000,
  eipRelease: 1_000,
  instancePending: 3_000,
  instanceStart: 10_000,
  instanceStop: 8_000,
  instanceDelete: 3_000,
  networkInterface: 2_000,
  networkInterfaceDelete: 2_000,
  loadBalancer: 1_000,
  listener: 1_000,
  anycastAllocate: 2_000,
  anycastModify: 3_000,
  anycastBind: 8_000,
  anycastUnbind: 6_000,
  anycastRelease: 2_000,
} as const;
export type Slow = keyof typeof DURATIONS;
