export { FORMATS, isFormat, render, WITH_OVERVIEW, type Format, type RenderOptions } from "./render";
export type { RuleText } from "./rule-text";
export { withinLimit } from "./text-limit";
