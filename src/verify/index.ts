export * from "./measure";
export * from "./outputs";
export * from "./record";
export { MOST_SAMPLES, type VerifyOptions } from "./run/options";
export * from "./statistics";
export { parseVantage, type RemoteVantage } from "./vantage";
export * from "./verdict";
export * from "./verify";
export { lostRequests, neverAnswered, recordOfWatch, refuseUnwatchable, watch, withoutRows } from "./watch";
