export { pageOf } from "./extension";
export type { PageOptions } from "./extension";
export { startUi } from "./start-ui";
export type { Ui, UiOptions } from "./start-ui";
