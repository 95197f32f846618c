"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { readJson } = require("./files.cjs");
const { SetupProblem } = require("./problem.cjs");
const { runQuietly } = require("./run.cjs");

/** npm writes this file last, so where it is, an installation was finished. */
const installedFile = (root) => path.join(root, "node_modules", ".package-lock.json");

/** Whether node_modules holds what the lockfile says, by npm's own record of what it installed. */
function dependenciesMatch(root) {
  const locked = readJson(path.join(root, "package-lock.json"));
  const installed = readJson(installedFile(root));
  if (locked === undefined) {
    throw new SetupProblem(
      "Expected package-lock.json to be in the project, but it is missing or broken. Fix: restore it from git.",
    );
  }
  if (installed === undefined) return false;
  const names = Object.keys(locked.packages).filter((name) => name.includes("node_modules/"));
  const same = (name) => {
    const has = installed.packages[name];
    const wants = locked.packages[name];
    // Optional packages of other platforms are left out by npm.
    if (has === undefined) return wants.optional === true || wants.devOptional === true;
    return has.version === wants.version && has.integrity === wants.integrity && has.link === wants.link;
  };
  const extra = Object.keys(installed.packages).filter(
    (name) => name.includes("node_modules/") && !(name in locked.packages),
  );
  return names.every(same) && extra.length === 0;
}

/** The version of a package as locked, for stamps. */
function lockedVersion(root, name) {
  const locked = readJson(path.join(root, "package-lock.json"));
  const found = locked && locked.packages[`node_modules/${name}`];
  return `${name}@${found ? found.version : "none"}`;
}

/** Installs from the lockfile. No install script runs: nothing here depends on one. */
async function installDependencies(root, lock) {
  // Killed half-way, npm may leave its old record next to packages it has already removed.
  fs.rmSync(installedFile(root), { force: true });
  const npm = process.env.npm_execpath;
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const viaNode = npm !== undefined && /\.c?js$/.test(npm) && fs.existsSync(npm);
  await runQuietly("npm ci", viaNode ? process.execPath : "npm", viaNode ? [npm, ...args] : args, {
    cwd: root,
    lock,
    env: { ...process.env, NODE_ENV: "development" },
  });
  if (!dependenciesMatch(root)) {
    throw new SetupProblem(
      "npm ci ended without an error, but node_modules does not hold what package-lock.json says. Fix: check npm's settings (omit, install-strategy), then run the command again.",
    );
  }
}

module.exports = { dependenciesMatch, installDependencies, lockedVersion };
