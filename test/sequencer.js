"use strict";
const { default: Sequencer } = require("@jest/test-sequencer");

/**
 * What takes longest, of each project. Begun first, so that no worker is left with a long file at the end; in a fresh clone
 * Jest knows no durations and goes by size.
 */
const LONGEST = [
  "test/verify/rates.test.ts",
  "test/verify/vantage/ssh.test.ts",
  "test/setup/bootstrap.test.ts",
  "test/gate/stacks/waiting.test.ts",
  "test/e2e/recover.test.ts",
  "test/e2e/recover-elsewhere.test.ts",
  "test/package/matrix.test.ts",
  "test/e2e/page-commands.test.ts",
  "test/e2e/cdktf-gate.test.ts",
  "test/e2e/killed-everywhere.test.ts",
  "test/e2e/init.test.ts",
];

/** Runs the unit tests first: they are quick, and say most of what there is to say in the first minutes. */
module.exports = class UnitFirst extends Sequencer {
  sort(tests) {
    const rank = (test) => {
      const isUnit = test.context.config.displayName?.name === "unit";
      const isLong = LONGEST.some((name) => test.path.replaceAll("\\", "/").endsWith(`/${name}`));
      return (isUnit ? 0 : 2) + (isLong ? 0 : 1);
    };
    // Sorting is stable: within a rank Jest's own order stays.
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
};
module.exports.LONGEST = LONGEST;
