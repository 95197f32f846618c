"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { SetupProblem } = require("./problem.cjs");

/**
 * Whether there is a terraform (or OpenTofu) to run: named, on PATH, or fetched by an earlier set-up. The same as in
 * src/core/terraform-binary.ts, which cannot run before it is compiled.
 * @returns true; false where OpenTofu is to be fetched
 * @throws SetupProblem where one is named that does not exist, or where it may not be fetched
 */
function hasTerraform(root, env, platform = process.platform) {
  const variable = namingVariable(env);
  if (variable !== undefined) {
    if (find(env[variable], env, platform) !== undefined) return true;
    // The value of a variable is shown nowhere.
    throw new SetupProblem(
      `The program that ${variable} names was not found${path.isAbsolute(env[variable]) ? "" : " on PATH"}. ` +
        "Fix: set it to the path of a terraform or OpenTofu (tofu) program, or remove it.",
    );
  }
  if (installed(root, env, platform) !== undefined) return true;
  if (!["", "0", "false"].includes(env.ANYCAST_NO_DOWNLOAD || "")) {
    throw new SetupProblem(
      "Neither terraform nor tofu was found on PATH, and ANYCAST_NO_DOWNLOAD forbids the download of OpenTofu. " +
        "Fix: install terraform 1.5 or newer or OpenTofu and put it on PATH, or set TERRAFORM_BINARY_NAME to its path.",
    );
  }
  return false;
}

/** Path of the program that there is to run; undefined where there is none. */
function terraformProgram(root, env, platform = process.platform) {
  const variable = namingVariable(env);
  return variable === undefined ? installed(root, env, platform) : find(env[variable], env, platform);
}

/** The variable that names a program. Our wrapper runs the real program behind it. */
function namingVariable(env) {
  if (env.ANYCAST_TERRAFORM) return "ANYCAST_TERRAFORM";
  const named = env.TERRAFORM_BINARY_NAME;
  const isWrapper = named !== undefined && /(^|[\\/])anycast-terraform(\.cmd)?$/i.test(named);
  return named && !isWrapper ? "TERRAFORM_BINARY_NAME" : undefined;
}

/** Terraform or tofu on PATH, or what an earlier set-up has downloaded. */
function installed(root, env, platform) {
  const release = JSON.parse(fs.readFileSync(path.join(root, "src", "core", "opentofu-release.json"), "utf8"));
  const directory = path.join(root, ".setup", `opentofu-${release.version}`);
  const fetched = path.join(directory, platform === "win32" ? "tofu.exe" : "tofu");
  return find("terraform", env, platform) ?? find("tofu", env, platform) ?? (isProgram(fetched) ? fetched : undefined);
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

module.exports = { find, hasTerraform, terraformProgram };
