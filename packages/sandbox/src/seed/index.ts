export { openSeed } from "./open-seed";
export { recordedName } from "./read-seed";
export type { OpenSeed } from "./open-seed";
