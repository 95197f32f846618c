"use strict";

/**
 * One sentence when a Node version is older than the range in package.json (`>=MAJOR.MINOR.PATCH`) allows; else nothing.
 * Old JavaScript on purpose, see bootstrap.cjs.
 */
exports.tooOld = function (version, range) {
  var least = range.replace(">=", "");
  var has = version.split(".").map(Number);
  var wants = least.split(".").map(Number);
  for (var at = 0; at < wants.length; at += 1) {
    if (has[at] > wants[at]) return undefined;
    if (has[at] < wants[at]) {
      return (
        "Expected Node " +
        least +
        " or newer, got `" +
        version +
        "`. Fix: install a current Node (https://nodejs.org), " +
        "then run the command again."
      );
    }
  }
  return undefined;
};
