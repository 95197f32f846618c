export { keepState } from "./keep-state";
export { guardDeployment } from "./deploy-guard";
export { settingsFile } from "./settings-file";
