import type * as SimpleStatistics from "simple-statistics" with { "resolution-mode": "import" };

// The package has a CommonJS build, but calls its types those of an ES module.
// eslint-disable-next-line no-restricted-syntax
const library = require("simple-statistics") as typeof SimpleStatistics;

export const { mean, medianSorted, probit } = library;
