export * from "./drift";
export * from "./failure-share";
export * from "./hodges-lehmann";
export { mean } from "./library";
export * from "./signed-rank";
export * from "./summary";
