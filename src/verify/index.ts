export * from "./measure";
export * from "./outputs";
export * from "./record";
export type { VerifyOptions } from "./run/options";
export * from "./statistics";
export { parseVantage, type RemoteVantage } from "./vantage";
export * from "./verdict";
export * from "./verify";
export { neverAnswered, watch } from "./watch";
