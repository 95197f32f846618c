export { resourceTypes } from "./registry";
