export interface Measured {
  readonly contender: string;
  readonly title: string;
  /** Least processor time of the rounds, in milliseconds. */
  readonly cpu_ms: number;
  /** Least peak memory of the rounds, in MB. */
  readonly megabytes: number;
  /** Time as a multiple of Node's own reading and parsing. */
  readonly ratio: number;
}

export interface Row {
  /** What kind of plan it is. */
  readonly plan: string;
  readonly resources: number;
  readonly bindings: number;
  readonly plan_megabytes: number;
  /** Bytes of the JSON report of `anycast check`. */
  readonly report_bytes: number;
  readonly measured: readonly Measured[];
}
