export { startProvider } from "./start";
export type { ProviderOptions, RunningProvider } from "./start";
