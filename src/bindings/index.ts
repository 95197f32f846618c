export { addBindings } from "./add";
export type { AddedBindings, AddOptions } from "./add";
