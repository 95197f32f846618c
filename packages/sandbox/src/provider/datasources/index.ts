export { dataSourceTypes } from "./registry";
