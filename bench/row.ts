import type { PlanSize } from "./generate";

export interface Measured {
  readonly contender: string;
  readonly title: string;
  readonly ms: number;
  readonly megabytes: number | undefined;
  /** Time as a multiple of Node's own reading and parsing. */
  readonly ratio: number;
}

export interface Row extends PlanSize {
  readonly plan_megabytes: number;
  readonly measured: readonly Measured[];
}
