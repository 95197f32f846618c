"use strict";
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { FOR_NODE } = require("./bundling.cjs");

/** What is started often, each in one file: hundreds of files take longer to find and to read than most checks take. */
const PROGRAMS = {
  anycast: "cli/start.js",
  "anycast-terraform": "cli/start-wrapper.js",
  "evaluation-thread": "check/custom-rules/evaluation-thread.js",
};

/** Libraries that few runs need stay files of their own. */
const RARE = /[/\\]vendor[/\\](ajv|yaml|provider-generator|simple-statistics|socks)\.js$/;
/** Parts of Node that take a while to load, and that a check of a plan's JSON does without. */
const SLOW = ["child_process", "worker_threads", "zlib", "net", "tls", "http", "https", "dgram", "readline"];

/** Reads a part of Node when it is first used. */
const whenUsed = {
  name: "when-used",
  setup(build) {
    const filter = new RegExp(`^(node:)?(${SLOW.join("|")})$`);
    build.onResolve({ filter }, ({ path: name, namespace }) =>
      namespace === "when-used" ? { path: name, external: true } : { path: name, namespace: "when-used" },
    );
    build.onLoad({ filter: /./, namespace: "when-used" }, ({ path: name }) => {
      const names = Object.keys(require(name)).filter((one) => /^[A-Za-z_$][\w$]*$/.test(one));
      const getters = names.map((one) => `get ${one}() { return require(${JSON.stringify(name)}).${one}; }`);
      return { contents: `module.exports = { ${getters.join(",\n")} };` };
    });
  },
};

/** The gate's own policy calls no function that reads YAML; custom rules may, and they are evaluated by another program. */
const withoutYaml = (root) => ({
  name: "without-yaml",
  setup(build) {
    build.onResolve({ filter: /[/\\]vendor[/\\]opa-wasm\.js$/ }, () => ({
      path: require.resolve("@open-policy-agent/opa-wasm", { paths: [root] }),
    }));
    build.onResolve({ filter: /^yaml$/ }, () => ({ path: "yaml", namespace: "without-yaml" }));
    build.onLoad({ filter: /./, namespace: "without-yaml" }, () => ({
      contents: `module.exports = new Proxy({}, { get() { throw new Error("the policy reads YAML"); } });`,
    }));
  },
});

const apart = {
  name: "apart",
  setup(build) {
    build.onResolve({ filter: RARE }, ({ path: name }) => ({
      path: `../vendor/${path.basename(name)}`,
      external: true,
    }));
  },
};

/** Bundles what was compiled into `place`; the source maps tell the files of this repository. */
async function placeCommandLine(root, place) {
  const esbuild = require(require.resolve("esbuild", { paths: [root] }));
  const compiled = path.join(root, "dist", "src");
  // What users install who need it.
  const { peerDependencies } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  const optional = Object.keys(peerDependencies);
  const aside = `${place}.${process.pid}`;
  fs.rmSync(aside, { recursive: true, force: true });
  for (const [name, file] of Object.entries(PROGRAMS)) {
    await esbuild.build({
      entryPoints: { [name]: path.join(compiled, ...file.split("/")) },
      plugins: [apart, whenUsed, ...(name === "evaluation-thread" ? [] : [withoutYaml(root)])],
      absWorkingDir: root,
      // As deep as the place, so that the source maps lead to the sources.
      outdir: aside,
      ...FOR_NODE,
      mainFields: ["main"],
      external: optional.flatMap((one) => [one, `${one}/*`]),
      sourcemap: true,
      sourcesContent: false,
      logLevel: "silent",
    });
  }
  fs.copyFileSync(path.join(__dirname, "load.cjs"), path.join(aside, "load.js"));
  fs.rmSync(place, { recursive: true, force: true });
  fs.renameSync(aside, place);
  keepCompiled(root, place);
}

/** Without it the programs do the same, and start a little later. */
function keepCompiled(root, place) {
  const plan = path.join(root, "test", "fixtures", "plans", "internal-vpc.json");
  if (!fs.existsSync(plan)) return;
  const program = path.join(__dirname, "keep-compiled.cjs");
  const { status, stderr } = spawnSync(process.execPath, [program, place, plan], { encoding: "utf8" });
  if (status !== 0) throw new Error(`The compiled command line does not check a plan: ${stderr}`);
}

module.exports = { placeCommandLine };
