import type { Cloud } from "./cloud";

/** What an extension started. */
export interface RunningExtension {
  /** Variables for programs in the sandbox. @default none */
  readonly env?: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * Something more that runs on the simulated cloud: its internet, an HTTP front, a page to look at.
 * @param baseEnv environment that the extension's variables will be added to
 */
export type SandboxExtension = (cloud: Cloud, baseEnv: NodeJS.ProcessEnv) => Promise<RunningExtension>;
