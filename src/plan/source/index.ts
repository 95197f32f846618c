export type {
  CallSource,
  ModuleSource,
  ProviderSource,
  Repeated,
  ResourceSource,
  VariableSource,
} from "./configuration";
export { configurationOfFile } from "./files/configuration-of-file";
export { configurationOfJson } from "./plan-json/configuration-of-json";
