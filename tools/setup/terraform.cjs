"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { SetupProblem } = require("./problem.cjs");

/**
 * Whether there is a terraform (or OpenTofu) to run: named, on PATH, or fetched by an earlier set-up. The same as in
 * src/core/terraform-binary.ts, which cannot run before it is compiled.
 * @returns true; false where OpenTofu is to be fetched
 * @throws SetupProblem where one is named that is not there, or where it may not be fetched
 */
function hasTerraform(root, env, platform = process.platform) {
  const named = env.TERRAFORM_BINARY_NAME;
  // Our wrapper runs the real program behind it.
  const isWrapper = named !== undefined && /(^|[\\/])anycast-terraform$/.test(named);
  const wanted = env.ANYCAST_TERRAFORM || (named && !isWrapper ? named : undefined);
  if (wanted !== undefined) {
    if (find(wanted, env, platform) !== undefined) return true;
    throw new SetupProblem(
      `Expected terraform to be installed, but \`${wanted}\` was not found${path.isAbsolute(wanted) ? "" : " on PATH"}. ` +
        "Fix: set TERRAFORM_BINARY_NAME to the path of a terraform or OpenTofu (tofu) program, or remove it.",
    );
  }
  if (["terraform", "tofu"].some((name) => find(name, env, platform) !== undefined)) return true;
  const release = JSON.parse(fs.readFileSync(path.join(root, "src", "core", "opentofu-release.json"), "utf8"));
  const directory = path.join(root, ".setup", `opentofu-${release.version}`);
  if (isProgram(path.join(directory, platform === "win32" ? "tofu.exe" : "tofu"))) return true;
  if (!["", "0", "false"].includes(env.ANYCAST_NO_DOWNLOAD || "")) {
    throw new SetupProblem(
      "Neither terraform nor tofu was found on PATH, and ANYCAST_NO_DOWNLOAD forbids the download of OpenTofu. " +
        "Fix: install terraform 1.5 or newer or OpenTofu and put it on PATH, or set TERRAFORM_BINARY_NAME to its path.",
    );
  }
  return false;
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

module.exports = { hasTerraform };
