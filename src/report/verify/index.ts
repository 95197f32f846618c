export { bar, renderVerifyText } from "./text";
export { renderVerifyMarkdown } from "./markdown";
export { renderWatchMarkdown, renderWatchText } from "./watch";
export { milliseconds } from "./numbers";
export { renderVerify, VERIFY_FORMATS, type VerifyFormat } from "./render";
