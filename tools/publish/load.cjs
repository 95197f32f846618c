"use strict";
/*
 * Starts a program of this folder, `dist/cli`. Where the build left what V8 had compiled of it, for this very version of Node,
 * it need not be compiled again, which is most of what a short run does.
 */
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const vm = require("node:vm");

const DIGEST_BYTES = 32;

/** Runs `NAME.js` of this folder. @returns what it exports */
function load(name) {
  const { source, digest } = read(name);
  return compile(name, source, compiledBefore(name, digest)).run();
}

function read(name) {
  const source = fs.readFileSync(path.join(__dirname, `${name}.js`));
  return { source, digest: createHash("sha256").update(source).digest() };
}

/** Each version of Node has its own; V8 refuses what others compiled. */
function cacheOf(name) {
  return path.join(__dirname, `${name}.${process.version}-${process.arch}.cache`);
}

/** What V8 compiled of this very source, if it is there. */
function compiledBefore(name, digest) {
  let bytes;
  try {
    bytes = fs.readFileSync(cacheOf(name));
  } catch {
    return undefined;
  }
  return bytes.subarray(0, DIGEST_BYTES).equals(digest) ? bytes.subarray(DIGEST_BYTES) : undefined;
}

function compile(name, source, cachedData) {
  const filename = path.join(__dirname, `${name}.js`);
  const script = new vm.Script(Module.wrap(source.toString("utf8")), { filename, cachedData });
  const run = () => {
    const module = { exports: {} };
    script.runInThisContext()(module.exports, Module.createRequire(filename), module, filename, __dirname);
    return module.exports;
  };
  return { script, run };
}

module.exports = { load, read, compile, cacheOf };

// As bin/anycast-terraform starts it.
if (require.main === module) load("anycast-terraform");
