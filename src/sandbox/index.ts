/** The sandbox for programs and tests: `import { startSandbox } from "cdktf-alicloud-anycast/sandbox"`. */
export { startSandbox } from "./start";
export type { Sandbox, SandboxOptions, SandboxStatus } from "./start";
export type { RunningExtension, SandboxExtension } from "./extension";
export { internetOf } from "./internet";
export type { InternetOptions } from "./internet";
export { apiOf, SANDBOX_CREDENTIALS } from "./openapi";
export type { OpenApiOptions } from "./openapi";
export { pageOf } from "./ui";
export type { PageOptions } from "./ui";
export { refuseRealCredentials, refuseRealEndpoints } from "./real-endpoints";
export { sandboxEnvironment } from "./environment";
export * from "./cloud";
export { startProvider } from "./provider";
export type { ProviderOptions, RunningProvider } from "./provider";
export { AnycastError } from "../core/errors";
