export interface SandboxFlags {
  readonly directory?: string;
  readonly speed: number | "instant";
  readonly fault?: readonly string[];
  readonly provider: "simulated" | "real";
  readonly mockOthers?: boolean;
  /** States stay where the stacks keep them, under names of their own. */
  readonly keepBackend?: boolean;
  /** A state to plan from. */
  readonly seedState?: string;
  /** Port of the web page; true takes a free one. */
  readonly ui?: number | true;
}
