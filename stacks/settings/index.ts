export { loadSettings, parseSettings, SettingsError } from "./load";
export { SETTINGS_SCHEMA } from "./schema";
export type { Settings } from "./settings";
