export type { Acknowledgement } from "./acknowledge";
export { Policies } from "./policies";
export type { PoliciesOptions } from "./policies";
