export { SANDBOX_CREDENTIALS } from "./credentials";
export type { SandboxCredentials } from "./credentials";
export { startOpenApi } from "./server";
export type { OpenApi, OpenApiOptions, RequestEvent } from "./server";
