export { guardDeployment } from "./deploy-guard";
export { settingsFile } from "./settings-file";
