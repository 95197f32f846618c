export { openSeed } from "./open-seed";
export { readSeed, recordedName } from "./read-seed";
export type { OpenSeed } from "./open-seed";
