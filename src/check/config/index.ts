export { loadConfig, parseConfig, type Config, type LoadedConfig, type Waiver } from "./load";
export { configSchema } from "./schema";
export { windowState, type ChangeWindow, type WindowState } from "./windows";
