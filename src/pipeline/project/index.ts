export * from "./cdktf-json";
export * from "./manifest";
export * from "./project-root";
export * from "./seed";
export * from "./select";
export * from "./state-file";
export * from "./state-world";
export * from "./synth";
