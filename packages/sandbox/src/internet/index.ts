export { cloudLookup } from "./cloud-lookup";
export { internetOf } from "./extension";
export * from "./lookup";
export * from "./places";
export { userLocation } from "./route";
export type { Route } from "./route";
export type { InternetEvent } from "./session";
export * from "./start-internet";
