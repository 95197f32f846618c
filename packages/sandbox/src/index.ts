/** The sandbox for programs and tests: `import { startSandbox } from "alicloud-sandbox"`. */
export { startSandbox } from "./start";
export type { Sandbox, SandboxOptions, SandboxStatus } from "./start";
export type { RunningExtension, SandboxExtension } from "./extension";
export { internetOf, startInternet } from "./internet";
export type { Internet, InternetOptions } from "./internet";
export { apiOf, SANDBOX_CREDENTIALS, startOpenApi } from "./openapi";
export type { OpenApi, OpenApiOptions } from "./openapi";
export { pageOf } from "./ui";
export type { PageOptions } from "./ui";
export { refuseRealCredentials, refuseRealEndpoints } from "./real-endpoints";
export { sandboxEnvironment } from "./environment";
export * from "./cloud";
export { simulatedTypes, startProvider } from "./provider";
export type { ProviderOptions, RunningProvider } from "./provider";
export { SandboxError } from "./errors";
export type { Notice } from "./notice";
