export { FORMATS, isFormat, render, type Format, type RenderOptions } from "./render";
export type { RuleText } from "./rule-text";
