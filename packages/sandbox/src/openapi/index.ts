export { SANDBOX_CREDENTIALS } from "./credentials";
export type { SandboxCredentials } from "./credentials";
export { apiOf } from "./extension";
export { startOpenApi } from "./server";
export type { OpenApi, OpenApiOptions, RequestEvent } from "./server";
