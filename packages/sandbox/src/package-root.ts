import { dirname } from "node:path";

/** Directory of this package: the one above `src/`, and above `dist/` once it is compiled. */
export const PACKAGE_ROOT = dirname(__dirname);
