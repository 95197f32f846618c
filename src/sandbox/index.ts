export { startSandbox } from "./start";
export type { Sandbox, SandboxExtension, SandboxOptions, SandboxStatus } from "./start";
export { refuseRealCredentials, refuseRealEndpoints } from "./real-endpoints";
export { sandboxEnvironment } from "./environment";
export * from "./cloud";
export { startProvider } from "./provider";
export type { ProviderOptions, RunningProvider } from "./provider";
