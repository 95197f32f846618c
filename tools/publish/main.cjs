"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { walk } = require("../setup/files.cjs");
const { placeBindings } = require("./bindings.cjs");
const { placeCommandLine } = require("./command-line.cjs");
const { placeVendored, VENDORED } = require("./vendored.cjs");

const BINDINGS = /^@cdktf\/provider-alicloud(?:\/lib\/([a-z0-9-]+))?$/;
const SPECIFIER = /((?:\bfrom|\brequire\(|\bimport\(|\bimport) ?)(["'])([^"'\n]+)\2/g;

/**
 * Runs after the compiler. Makes what was compiled stand by itself: the provider bindings and the few libraries of the gate move into `dist/`, and
 * the compiled files refer to them there. What is published then depends on no name that no registry has, and everyone who
 * imports the constructs installs nothing of the gate.
 */
async function makePublishable(root) {
  const dist = path.join(root, "dist");
  placeBindings(root, path.join(dist, "alicloud"));
  await placeVendored(root, path.join(dist, "vendor"));
  placeSchema(root);
  for (const file of walk(path.join(dist, "src"), (name) => /\.(js|d\.ts)$/.test(name))) pointInside(dist, file);
  await placeCommandLine(root, path.join(dist, "cli"));
}

/** The sandbox carries the schema of every type of the provider: it makes values up for those that it does not simulate. */
function placeSchema(root) {
  const from = path.join(root, "packages", "provider-alicloud", "schema");
  const place = path.join(root, "packages", "sandbox", "dist", "schema");
  const aside = `${place}.${process.pid}`;
  fs.rmSync(aside, { recursive: true, force: true });
  fs.cpSync(from, aside, { recursive: true });
  fs.rmSync(place, { recursive: true, force: true });
  fs.renameSync(aside, place);
}

/** Rewrites the imports of one compiled file; one that was rewritten before stays as it is. */
function pointInside(dist, file) {
  const before = fs.readFileSync(file, "utf8");
  const after = before.replace(SPECIFIER, (whole, lead, quote, name) => {
    const target = targetOf(dist, name);
    if (target === undefined) return whole;
    const near = path.relative(path.dirname(file), target).split(path.sep).join("/");
    return `${lead}${quote}${near}${quote}`;
  });
  if (after !== before) fs.writeFileSync(file, after);
}

function targetOf(dist, name) {
  const bindings = BINDINGS.exec(name);
  if (bindings !== null)
    return path.join(dist, "alicloud", ...(bindings[1] === undefined ? [] : [bindings[1]]), "index.js");
  return VENDORED.includes(name) ? path.join(dist, "vendor", `${name.split("/").at(-1)}.js`) : undefined;
}

makePublishable(path.resolve(__dirname, "..", "..")).catch((thrown) => {
  process.stderr.write(`${thrown.message}\n`);
  process.exitCode = 2;
});
