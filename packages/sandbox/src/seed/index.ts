export { openSeed } from "./open-seed";
export { recordedName } from "./recorded";
export type { Recorded } from "./recorded";
export type { OpenSeed } from "./open-seed";
