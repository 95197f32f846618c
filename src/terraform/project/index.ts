export * from "./cdktf-json";
export * from "./manifest";
export * from "./project-root";
export * from "./select";
export * from "./synth";
