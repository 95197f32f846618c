/**
 * Makes action/dist, which the action runs as it is: this package's command line and the action's own code, each in one
 * file with everything it uses. `--check` compares with what is committed instead of writing.
 */
import { readdirSync, readFileSync, rmSync, mkdirSync, writeFileSync, existsSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import type { Plugin } from "esbuild";
import { FOR_NODE, licences } from "../publish/bundling.cjs";

const ROOT = join(__dirname, "..", "..");
const DIST = join(ROOT, "action", "dist");

/** Files of the bundle by what they are made of. */
const ENTRIES = {
  main: "action/src/main.ts",
  anycast: "action/src/cli.ts",
};

/** What runs in a thread of its own is a file of its own, from wherever in the sources. */
const threads = (): string[] =>
  readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("-thread.ts"))
    .map((path) => join("src", path));

/** What a pull request's check has no use for. Asking for it says how to install it. */
const LEFT_OUT = ["cdktf", "constructs", "@cdktf/provider-generator", "@alicloud/*", "tsx"];

/** What finds its place by where its file lies. */
const inPlace: Plugin = {
  name: "in-place",
  setup({ onLoad }) {
    onLoad({ filter: /packages[\\/]sandbox[\\/]src[\\/]package-root\.ts$/ }, () => ({
      contents: 'exports.PACKAGE_ROOT = require("node:path").join(__dirname, "..", "..", "packages", "sandbox");',
    }));
    // The sandbox is a part of the bundle.
    onLoad({ filter: /src[\\/]core[\\/]needs-sandbox\.ts$/ }, () => ({
      contents: "exports.needsSandbox = () => undefined;",
    }));
  },
};

async function made(): Promise<Map<string, string>> {
  const { outputFiles, metafile } = await build({
    entryPoints: Object.fromEntries(
      [...Object.entries(ENTRIES), ...threads().map((path) => [basename(path, ".ts"), path] as const)].map(
        ([name, path]) => [name, join(ROOT, path)],
      ),
    ),
    absWorkingDir: ROOT,
    outdir: DIST,
    ...FOR_NODE,
    conditions: ["anycast-source"],
    external: LEFT_OUT,
    alias: { "@open-policy-agent/opa-wasm": require.resolve("@open-policy-agent/opa-wasm") },
    plugins: [inPlace],
    charset: "utf8",
    metafile: true,
    write: false,
    logLevel: "warning",
  });
  const files = outputFiles.map(({ path, text }): [string, string] => [path.slice(DIST.length + 1), text]);
  return new Map([...files, ["LICENSES.md", licences(ROOT, Object.keys(metafile.inputs))]]);
}

async function main(check: boolean): Promise<void> {
  const files = await made();
  const there = existsSync(DIST) ? readdirSync(DIST) : [];
  const same =
    there.length === files.size && there.every((name) => readFileSync(join(DIST, name), "utf8") === files.get(name));
  if (same) return;
  if (check) {
    console.error("Expected action/dist to be what the sources give, but it differs. Fix: npm run action, and commit.");
    process.exitCode = 1;
    return;
  }
  rmSync(DIST, { recursive: true, force: true });
  mkdirSync(DIST, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(DIST, name), text);
  console.error(`action/dist: ${String(files.size)} files written`);
}

void main(parseArgs({ options: { check: { type: "boolean", default: false } } }).values.check);
