export { checkYaml, type CheckedYaml } from "./checked-yaml";
export { nearest } from "./nearest";
