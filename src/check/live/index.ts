export { askCloud, type LiveAnswers, type LiveOptions } from "./ask-cloud";
