"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { hashOf, readJson, walk, writeJson } = require("./files.cjs");
const { runQuietly } = require("./run.cjs");

const stampFile = (root) => path.join(root, ".setup", "compile.json");
const DIRECTORIES = ["src", "stacks", "tools", "bench", path.join("packages", "sandbox", "src")];

function sources(root) {
  return [
    path.join(root, "main.ts"),
    ...DIRECTORIES.flatMap((name) => walk(path.join(root, name), (file) => /\.(ts|json)$/.test(file))),
    ...walk(path.join(root, "tools", "publish"), (file) => file.endsWith(".cjs")),
    ...walk(path.join(root, "policies", "data"), (file) => file.endsWith(".json")),
  ].filter((file) => fs.existsSync(file));
}

function compileInputs(root) {
  const sandbox = path.join("packages", "sandbox", "tsconfig.json");
  const settings = [
    "tsconfig.json",
    sandbox,
    "package.json",
    "package-lock.json",
    path.join(".setup", "bindings.json"),
  ];
  return hashOf(root, [
    ...sources(root),
    ...settings.map((name) => path.join(root, name)).filter((file) => fs.existsSync(file)),
  ]);
}

function compiledMatch(root) {
  const stamp = readJson(stampFile(root));
  return (
    stamp !== undefined &&
    outputs(root).every((dist) => fs.existsSync(dist.entry)) &&
    stamp.inputs === compileInputs(root)
  );
}

async function compileSources(root, lock) {
  const inputs = compileInputs(root);
  fs.rmSync(stampFile(root), { force: true });
  for (const { directory, entry } of outputs(root)) {
    // Without its outputs, the compiler's own record of what is up to date would be wrong.
    if (!fs.existsSync(entry)) fs.rmSync(path.join(directory, ".tsbuildinfo"), { force: true });
  }
  const tsc = path.join("node_modules", "typescript", "bin", "tsc");
  await runQuietly("Compiling", process.execPath, [tsc, "--build"], { cwd: root, lock });
  for (const { directory, sources } of outputs(root)) prune(directory, sources);
  const publish = path.join("tools", "publish", "main.cjs");
  await runQuietly("Making the compiled files stand by themselves", process.execPath, [publish], { cwd: root, lock });
  writeJson(stampFile(root), { inputs });
}

/** What is compiled: this package, and the sandbox, which is a package of its own. */
function outputs(root) {
  const sandbox = path.join(root, "packages", "sandbox");
  return [
    { directory: path.join(root, "dist"), sources: root, entry: path.join(root, "dist", "src", "index.js") },
    {
      directory: path.join(sandbox, "dist"),
      sources: path.join(sandbox, "src"),
      entry: path.join(sandbox, "dist", "index.js"),
    },
  ];
}

/** Removes what was compiled from sources that are gone: it would still be found, and packed. */
function prune(dist, sources) {
  const placed = ["alicloud", "cli", "vendor"].map((name) => path.join(dist, name) + path.sep); // by tools/publish
  for (const file of walk(dist, (name) => /\.(js|d\.ts|js\.map)$/.test(name))) {
    if (placed.some((place) => file.startsWith(place))) continue;
    const source = path.join(sources, path.relative(dist, file)).replace(/\.(js|d\.ts|js\.map)$/, ".ts");
    if (!fs.existsSync(source)) fs.rmSync(file, { force: true });
  }
}

module.exports = { compiledMatch, compileSources };
