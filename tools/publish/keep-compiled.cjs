"use strict";
/* Checks the plan of the second argument with the command line of the first, a `dist/cli`, and keeps what V8 compiled for it. */
const fs = require("node:fs");
const path = require("node:path");

const [, , place, plan] = process.argv;
const { cacheOf, compile, read } = require(path.join(place, "load.js"));
const { source, digest } = read("anycast");
const { script, run } = compile("anycast", source);
process.argv = [process.argv[0], "anycast", "check", plan, "--format", "json"];
run().start();
process.once("exit", () => fs.writeFileSync(cacheOf("anycast"), Buffer.concat([digest, script.createCachedData()])));
