export * from "./record";
export * from "./restore";
export * from "./settle";
