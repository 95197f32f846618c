"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { SetupProblem } = require("./problem.cjs");

/**
 * Makes sure there is a terraform (or OpenTofu) to run.
 * @throws SetupProblem naming both ways to give one
 */
function demandTerraform(env, platform = process.platform) {
  const named = env.TERRAFORM_BINARY_NAME;
  // Our wrapper runs the real program behind it (src/core/terraform-binary.ts).
  const isWrapper = named !== undefined && /(^|[\\/])anycast-terraform$/.test(named);
  const wanted = env.ANYCAST_TERRAFORM || (named && !isWrapper ? named : "terraform");
  if (find(wanted, env, platform) !== undefined) return;
  throw new SetupProblem(
    `Expected terraform to be installed, but \`${wanted}\` was not found${path.isAbsolute(wanted) ? "" : " on PATH"}. ` +
      "Fix: install terraform 1.5 or newer and put it on PATH, or set TERRAFORM_BINARY_NAME to the path of a terraform or OpenTofu (tofu) program.",
  );
}

function find(name, env, platform) {
  const places = /[\\/]/.test(name)
    ? [path.resolve(name)]
    : (env.PATH || "").split(path.delimiter).map((directory) => path.join(directory || ".", name));
  const endings = platform === "win32" ? ["", ".exe", ".cmd"] : [""];
  return places.flatMap((place) => endings.map((ending) => place + ending)).find(isProgram);
}

function isProgram(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

module.exports = { demandTerraform };
