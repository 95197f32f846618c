export { startUi } from "./start-ui";
export type { Ui, UiOptions } from "./start-ui";
