"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { createHash, randomBytes } = require("node:crypto");

/** Every file below `directory` whose name `wanted` accepts, sorted; none when it does not exist. */
function walk(directory, wanted) {
  let entries;
  try {
    entries = fs.readdirSync(directory, { withFileTypes: true });
  } catch (thrown) {
    if (thrown.code === "ENOENT") return [];
    throw thrown;
  }
  return entries
    .flatMap((entry) => {
      const file = path.join(directory, entry.name);
      if (entry.isDirectory()) return entry.name === "node_modules" ? [] : walk(file, wanted);
      return wanted(file) ? [file] : [];
    })
    .sort();
}

/** One hash over the names and contents of files, and over further texts. */
function hashOf(root, files, texts = []) {
  const hash = createHash("sha256");
  for (const file of files) {
    hash.update(`${path.relative(root, file)}\0`);
    hash.update(fs.readFileSync(file));
    hash.update("\0");
  }
  for (const text of texts) hash.update(`${text}\0`);
  return hash.digest("hex");
}

/** Reads a JSON file; undefined when it does not exist or is not JSON (a stamp is only an optimisation). */
function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** Writes a small JSON file whole or not at all. */
function writeJson(file, value) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.${randomBytes(3).toString("hex")}.tmp`;
  try {
    fs.writeFileSync(temporary, `${JSON.stringify(value)}\n`, { flush: true });
    fs.renameSync(temporary, file);
  } catch (thrown) {
    fs.rmSync(temporary, { force: true });
    throw thrown;
  }
}

module.exports = { walk, hashOf, readJson, writeJson };
