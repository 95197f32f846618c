export { simulatedTypes } from "./simulated-types";
export { startProvider } from "./start";
export type { ProviderOptions, RunningProvider } from "./start";
