"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { find, terraformProgram } = require("../tools/setup/terraform.cjs");

/**
 * Tests start `terraform` by this name, as people do. On a machine without one they get what set-up found: the program
 * that the environment names, tofu, or the OpenTofu that was downloaded.
 */
function putTerraformOnPath(root, env = process.env) {
  if (find("terraform", env, process.platform) !== undefined) return;
  const program = terraformProgram(root, env);
  if (program === undefined) return;
  const directory = path.join(root, "node_modules", ".cache", "terraform-on-path");
  const link = path.join(directory, "terraform");
  fs.mkdirSync(directory, { recursive: true });
  if (!fs.existsSync(link) || fs.realpathSync(link) !== fs.realpathSync(program)) {
    fs.rmSync(link, { force: true });
    fs.symlinkSync(program, link);
  }
  env.PATH = [directory, env.PATH].join(path.delimiter);
}

module.exports = { putTerraformOnPath };
