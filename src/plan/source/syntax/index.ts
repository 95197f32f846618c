export { sectionOfFile } from "./section-of-file";
export type { LabelledSection, Reading, Section } from "./section";
