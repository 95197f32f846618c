export { CONFIG_FILE, loadConfig, parseConfig, type Config, type LoadedConfig, type Waiver } from "./load";
export { configAtCommit, type ConfigRequest } from "./at-commit";
export { configDigest, type ConfigAtCommit, type ConfigSource } from "./source";
export { configSchema } from "./schema";
export { windowState, type ChangeWindow, type WindowState } from "./windows";
