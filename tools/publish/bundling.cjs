"use strict";
const fs = require("node:fs");
const path = require("node:path");

/** How esbuild makes every bundle of this repository: files that Node's oldest supported version requires. */
const FOR_NODE = {
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
};

/** The licence of every package that these files were taken from. @param files paths from `root` */
function licences(root, files) {
  const packages = files.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  const parts = [...new Set(packages)].sort().map((directory) => {
    const { name, version, license } = JSON.parse(fs.readFileSync(path.join(root, directory, "package.json"), "utf8"));
    const file = fs.readdirSync(path.join(root, directory)).find((one) => /^licen[cs]e/i.test(one));
    if (file === undefined && license === undefined) throw new Error(`Expected ${name} to have a licence.`);
    const text = file === undefined ? license : fs.readFileSync(path.join(root, directory, file), "utf8").trim();
    return `## ${name} ${version} (${license ?? "see below"})\n\n${text.replace(/^/gm, "    ").replace(/[ \t\r]+$/gm, "")}\n`;
  });
  return ["# Licences of the libraries in this directory\n", ...parts].join("\n");
}

module.exports = { FOR_NODE, licences };
