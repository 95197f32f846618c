"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { lockedVersion } = require("./dependencies.cjs");
const { hashOf, readJson, walk, writeJson } = require("./files.cjs");
const { runQuietly } = require("./run.cjs");

const stampFile = (root) => path.join(root, ".setup", "bindings.json");
const packageDirectory = (root) => path.join(root, "packages", "provider-alicloud");
const library = (root) => path.join(packageDirectory(root), "lib");

/** What the bindings are made from: schema, list of types, generator and compilers. */
function bindingsInputs(root) {
  const files = [
    path.join(packageDirectory(root), "allow-list.json"),
    ...walk(path.join(packageDirectory(root), "schema"), (file) => file.endsWith(".schema.json.gz")),
    ...walk(path.join(root, "src", "bindings"), (file) => file.endsWith(".ts")),
    ...walk(path.join(root, "tools", "bindings"), (file) => file.endsWith(".ts")),
  ];
  const tools = ["@cdktf/provider-generator", "@swc/core", "typescript", "cdktf"];
  return hashOf(
    root,
    files,
    tools.map((name) => lockedVersion(root, name)),
  );
}

function bindingsMatch(root) {
  const stamp = readJson(stampFile(root));
  const there = ["index.js", "index.d.ts"].every((name) => fs.existsSync(path.join(library(root), name)));
  return there && stamp !== undefined && stamp.inputs === bindingsInputs(root);
}

/** Makes the bindings: those of the allow-list, or (`all`) every type. */
async function makeBindings(root, lock, all = false) {
  const inputs = bindingsInputs(root);
  fs.rmSync(stampFile(root), { force: true });
  for (const name of leftovers(root))
    fs.rmSync(path.join(packageDirectory(root), name), { recursive: true, force: true });
  const args = ["--import", "tsx", path.join("tools", "bindings", "main.ts"), ...(all ? ["--all"] : [])];
  await runQuietly("Making the provider bindings", process.execPath, args, { cwd: root, lock });
  writeJson(stampFile(root), { inputs, all });
}

/** Work directories of a run that was killed. */
function leftovers(root) {
  return fs.readdirSync(packageDirectory(root)).filter((name) => name.startsWith(".lib-"));
}

module.exports = { bindingsMatch, makeBindings };
