"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { FOR_NODE, licences } = require("./bundling.cjs");

/** What the gate uses of others. Each becomes one file of the package, so that installing it installs nothing else. */
const VENDORED = [
  "@cdktf/provider-generator",
  "@open-policy-agent/opa-wasm",
  "ajv",
  "commander",
  "fastest-levenshtein",
  "globalping",
  "simple-statistics",
  "socks",
  "yaml",
];

/** The generator's neighbours, of which it uses a function or two: whole, they are fifty times its size. */
const SMALLER = {
  "@cdktf/commons": `exports.logger = { debug() {}, info() {}, warn() {} };
    Object.assign(exports, require("@cdktf/commons/src/provider-schema"));`,
  "@cdktf/provider-schema": `exports.parseFQPN = (address) => {
    const [hostname, namespace, name] = address.split("/");
    return { hostname, namespace, name };
  };`,
};
const smaller = (root) => ({
  name: "smaller",
  setup(build) {
    const filter = new RegExp(`^(${Object.keys(SMALLER).join("|")})$`);
    build.onResolve({ filter }, ({ path: name }) => ({ path: name, namespace: "smaller" }));
    build.onLoad({ filter: /./, namespace: "smaller" }, ({ path: name }) => ({
      contents: SMALLER[name],
      resolveDir: root,
    }));
  },
});

/** Bundles them into `place`, and writes down whose they are. */
async function placeVendored(root, place) {
  const esbuild = require(require.resolve("esbuild", { paths: [root] }));
  const aside = `${place}.${process.pid}`;
  fs.rmSync(aside, { recursive: true, force: true });
  const made = await esbuild.build({
    // As `require` finds them: an entry point given by name would be read as an import.
    entryPoints: Object.fromEntries(
      VENDORED.map((name) => [
        name.split("/").at(-1),
        name === "@cdktf/provider-generator"
          ? path.join(__dirname, "generator.cjs")
          : require.resolve(name, { paths: [root] }),
      ]),
    ),
    plugins: [smaller(root)],
    absWorkingDir: root,
    outdir: aside,
    ...FOR_NODE,
    mainFields: ["main"],
    metafile: true,
    logLevel: "silent",
  });
  for (const name of fs.readdirSync(aside)) nameExports(path.join(aside, name));
  fs.writeFileSync(path.join(aside, "LICENSES.md"), licences(root, Object.keys(made.metafile.inputs)));
  fs.rmSync(place, { recursive: true, force: true });
  fs.renameSync(aside, place);
}

/** Writes down what a file exports, in the form in which `import()` finds names without running the file. */
function nameExports(file) {
  const names = Object.keys(require(file)).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== "default");
  fs.appendFileSync(file, `\n0 && (module.exports = { ${names.join(", ")} });\n`);
}

module.exports = { placeVendored, VENDORED };
