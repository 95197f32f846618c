/** Looks at what `npm pack` would publish: everything a user needs, nothing else, and not much of it. */
import { execFileSync } from "node:child_process";
import { conclude, ROOT } from "./tracked";

interface Packed {
  readonly files: readonly { readonly path: string }[];
  readonly unpackedSize: number;
}

const NEEDED = [
  "LICENSE",
  "README.md",
  "CHANGELOG.md",
  "package.json",
  "bin/anycast",
  "bin/anycast-terraform",
  "dist/src/index.js",
  "dist/src/index.d.ts",
  "dist/alicloud/index.js",
  "dist/alicloud/index.d.ts",
  "packages/provider-alicloud/schema/alicloud-1.289.0.schema.json.gz",
  "dist/alicloud/eipanycast-anycast-eip-address/index.js",
  "dist/alicloud/eipanycast-anycast-eip-address/index.d.ts",
  "dist/vendor/LICENSES.md",
  "dist/src/cli/start.js",
  "dist/src/cli/start-wrapper.js",
  "policies/main.rego",
  "policies/policies.hcl",
  "policies/wasm/policy.wasm",
  "policies/wasm/manifest.json",
];
const UNWANTED =
  /^(node_modules\/.*|.*_test\.rego|.*\.map|.*\.tsbuildinfo|.*\.tfstate.*|dist\/(test|tools|stacks|bench|main)\b.*|(test|tools|stacks|bench|\.[^/]*)\/.*)$/;
const MOST_BYTES = 12 * 1024 * 1024;

const answer = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
  cwd: ROOT,
  encoding: "utf8",
  maxBuffer: 64 * 1024 * 1024,
  stdio: ["ignore", "pipe", "pipe"],
});
const [packed] = JSON.parse(answer) as Packed[];
const paths = new Set(packed?.files.map(({ path }) => path));
const size = packed?.unpackedSize ?? 0;
conclude("pack", [
  ...NEEDED.filter((path) => !paths.has(path)).map(
    (path) => `Expected the package to have ${path}, but it is missing.`,
  ),
  ...[...paths].filter((path) => UNWANTED.test(path)).map((path) => `Expected the package not to have ${path}.`),
  ...(size > MOST_BYTES
    ? [`Expected the package to be at most ${String(MOST_BYTES)} bytes, got \`${String(size)}\`.`]
    : []),
]);
console.error(`${String(paths.size)} files, ${String(size)} bytes`);
