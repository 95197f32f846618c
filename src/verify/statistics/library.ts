import type * as SimpleStatistics from "simple-statistics" with { "resolution-mode": "import" };

// The package has a CommonJS build, but its types are declared as an ES module's.
// eslint-disable-next-line no-restricted-syntax
const library = require("simple-statistics") as typeof SimpleStatistics;

export const { mean, medianSorted, probit } = library;
