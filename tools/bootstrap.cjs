"use strict";
/*
 * First thing that runs on a fresh clone, before any package is installed: `node tools/bootstrap.cjs start|test|setup|build|bindings`.
 * This file and setup/node-version.cjs are written in the JavaScript of long ago, so that a Node that is too old can
 * still read them and say so.
 */
var problem = require("./setup/node-version.cjs").tooOld(
  process.versions.node,
  require("../package.json").engines.node,
);
if (problem) {
  process.stderr.write(problem + "\n");
  process.exitCode = 2;
} else {
  require("./setup/main.cjs").main(process.argv.slice(2));
}
