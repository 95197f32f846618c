/** Looks at what `npm pack` would publish: everything a user needs, nothing else, and not much of it. */
import { execFileSync } from "node:child_process";
import { PROVIDER } from "../../src/bindings/provider";
import { conclude, ROOT } from "./tracked";

interface Packed {
  readonly files: readonly { readonly path: string }[];
  readonly unpackedSize: number;
}

interface Published {
  /** Options of npm that choose the package. */
  readonly options: readonly string[];
  readonly needed: readonly string[];
  readonly unwanted: RegExp;
  readonly mostBytes: number;
}

const NOT_SOURCES = String.raw`node_modules\/.*|.*_test\.rego|(?!dist\/cli\/).*\.map|.*\.tsbuildinfo|.*\.tfstate.*`;

const PACKAGES: Readonly<Record<string, Published>> = {
  "cdktf-alicloud-anycast": {
    options: [],
    needed: [
      "LICENSE",
      "README.md",
      "CHANGELOG.md",
      "package.json",
      "bin/anycast",
      "bin/anycast.cmd",
      "bin/anycast-terraform",
      "bin/anycast-terraform.cmd",
      "dist/src/index.js",
      "dist/src/index.d.ts",
      "dist/src/sandbox.js",
      "dist/alicloud/index.js",
      "dist/alicloud/index.d.ts",
      `packages/provider-alicloud/schema/alicloud-${PROVIDER.version}.schema.json.gz`,
      "dist/alicloud/eipanycast-anycast-eip-address/index.js",
      "dist/alicloud/eipanycast-anycast-eip-address/index.d.ts",
      "dist/vendor/LICENSES.md",
      "dist/cli/anycast.js",
      "dist/cli/anycast-terraform.js",
      "dist/cli/evaluation-thread.js",
      "dist/cli/load.js",
      "policies/main.rego",
      "policies/policies.hcl",
      "policies/wasm/policy.wasm",
      "policies/wasm/manifest.json",
    ],
    unwanted: new RegExp(
      String.raw`^(${NOT_SOURCES}|dist\/(test|tools|stacks|bench|main|packages)\b.*|dist\/src\/sandbox\/.*|(test|tools|stacks|bench|\.[^/]*)\/.*)$`,
    ),
    mostBytes: 12 * 1024 * 1024,
  },
  "alicloud-sandbox": {
    options: ["--workspace", "alicloud-sandbox"],
    needed: [
      "LICENSE",
      "README.md",
      "package.json",
      "data/alicloud.json.gz",
      "dist/index.js",
      "dist/index.d.ts",
      `dist/schema/alicloud-${PROVIDER.version}.schema.json.gz`,
      `dist/schema/alicloud-${PROVIDER.version}.behaviour.json.gz`,
      "src/ui/assets/index.html",
    ],
    unwanted: new RegExp(String.raw`^(${NOT_SOURCES}|src\/.*\.ts|test\/.*|\.[^/]*\/.*)$`),
    mostBytes: 2 * 1024 * 1024,
  },
};

function problemsOf(name: string, { options, needed, unwanted, mostBytes }: Published): string[] {
  const answer = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts", ...options], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [packed] = JSON.parse(answer) as Packed[];
  const paths = new Set(packed?.files.map(({ path }) => path));
  const size = packed?.unpackedSize ?? 0;
  console.error(`${name}: ${String(paths.size)} files, ${String(size)} bytes`);
  return [
    ...needed.filter((path) => !paths.has(path)).map((path) => `Expected ${name} to have ${path}, but it is missing.`),
    ...[...paths].filter((path) => unwanted.test(path)).map((path) => `Expected ${name} not to have ${path}.`),
    ...(size > mostBytes
      ? [`Expected ${name} to be at most ${String(mostBytes)} bytes, got \`${String(size)}\`.`]
      : []),
  ];
}

conclude(
  "pack",
  Object.entries(PACKAGES).flatMap(([name, published]) => problemsOf(name, published)),
);
