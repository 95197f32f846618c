export * from "./by-times";
export * from "./failures";
export * from "./overall";
export * from "./pairs";
export * from "./slo";
export * from "./vantage-report";
export * from "./void-reasons";
