export { keepState } from "./keep-state";
export { settingsFile } from "./settings-file";
