export { bar, renderVerifyText } from "./text";
export { renderVerifyMarkdown } from "./markdown";
export { changeOf, milliseconds } from "./numbers";
export { renderVerify, VERIFY_FORMATS, type VerifyFormat } from "./render";
