export { QuickStartStack } from "./stack";
