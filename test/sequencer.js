"use strict";
const { default: Sequencer } = require("@jest/test-sequencer");

/** Runs the unit tests first: they are quick, and say most of what there is to say in the first minutes. */
module.exports = class UnitFirst extends Sequencer {
  sort(tests) {
    const isUnit = (test) => test.context.config.displayName?.name === "unit";
    const sorted = super.sort(tests);
    return [...sorted.filter(isUnit), ...sorted.filter((test) => !isUnit(test))];
  }
};
