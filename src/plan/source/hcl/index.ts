export type { Attribute, Block, Body, Expression, ObjectEntry, Place, SourceText } from "./ast";
export { HclError } from "./hcl-error";
export { lazyAttribute } from "./lazy-attribute";
export { parseBody, parseExpression, parseTemplate } from "./parse";
export { lineOf, quote } from "./place";
export { sourceText } from "./source-text";
