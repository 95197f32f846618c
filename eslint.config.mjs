import tseslint from "typescript-eslint";
import importX from "eslint-plugin-import-x";

/** Imports go one way (docs/architecture.md). Each zone says what a directory may not import. */
const directories = [
  "bindings",
  "constructs",
  "plan",
  "policy",
  "terraform",
  "check",
  "gate",
  "verify",
  "report",
  "testing",
  "cli",
  "core",
];
const mayImport = {
  core: [],
  bindings: ["core"],
  plan: ["core"],
  policy: ["core"],
  report: ["core"],
  verify: ["core"],
  constructs: [],
  terraform: ["plan", "core"],
  check: ["policy", "plan", "terraform", "core"],
  gate: ["check", "terraform", "plan", "core"],
  testing: ["check", "terraform", "report", "core"],
  cli: ["bindings", "gate", "check", "terraform", "verify", "report", "core"],
};
const zones = directories.flatMap((name) =>
  directories
    .filter((other) => other !== name && !mayImport[name].includes(other))
    .map((other) => ({
      target: `./src/${name}`,
      from: `./src/${other}`,
      message: `Expected src/${name} to import only ${[name, ...mayImport[name]].join(", ")}. Fix: see "imports go one way" in docs/architecture.md.`,
    })),
);
/** The sandbox is a package of its own, an independent witness: neither side knows the other's code. */
const sandbox = [
  {
    target: "./packages/sandbox",
    from: ["./src", "./policies", "./stacks", "./main.ts", "./tools", "./bench", "./test"],
    message: "Expected packages/sandbox to import nothing of this repository but itself. Fix: write down its own copy.",
  },
  ...directories
    .filter((name) => !["cli", "testing"].includes(name))
    .map((name) => ({
      target: `./src/${name}`,
      from: "./packages/sandbox",
      message: `Expected src/${name} not to use the sandbox.`,
    })),
  {
    target: "./src",
    from: "./packages/sandbox",
    except: ["./src/index.ts", "./dist/index.js", "./dist/index.d.ts"],
    message: 'Expected src to import the sandbox by its name. Fix: import from "alicloud-sandbox".',
  },
];
const outside = [
  { target: "./src", from: ["./stacks", "./main.ts", "./test", "./tools", "./bench"] },
  { target: "./stacks", from: ["./test", "./tools", "./bench", "./main.ts"] },
  { target: "./stacks", from: "./src", except: ["./index.ts"] },
  { target: "./main.ts", from: ["./test", "./tools", "./bench"] },
  { target: "./main.ts", from: "./src", except: ["./index.ts"] },
];

export default tseslint.config(
  {
    ignores: [
      "dist/**",
      "action/dist/**",
      "node_modules/**",
      "cdktf.out/**",
      "packages/provider-alicloud/{lib,src}/**",
      "packages/sandbox/dist/**",
      "coverage/**",
      "**/*.d.ts",
    ],
  },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.{ts,js,mjs,cjs}"],
    plugins: { "import-x": importX },
    settings: {
      "import-x/resolver-next": [importX.createNodeResolver({ extensions: [".ts", ".js", ".mjs", ".json"] })],
    },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones: [...zones, ...outside, ...sandbox] }],
      "import-x/no-cycle": "error",
      "max-lines": ["error", { max: 300, skipBlankLines: false, skipComments: false }],
      "no-console": "error",
      eqeqeq: "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  { files: ["**/*.{js,cjs}"], rules: { "@typescript-eslint/no-require-imports": "off" } },
  {
    // Inside a function `require` loads what most runs do without; the compiler and the bundler know its type and its file.
    files: ["src/**/*.ts", "packages/sandbox/src/**/*.ts"],
    rules: {
      "@typescript-eslint/no-require-imports": "off",
      "no-restricted-syntax": [
        "error",
        {
          selector: 'CallExpression[callee.name="require"]:not(:function CallExpression)',
          message:
            "`require` at the top of a file loads at once. Fix: import it, or call `require` where it is needed.",
        },
        {
          selector: 'CallExpression[callee.name="require"]:not(TSAsExpression > CallExpression)',
          message: "`require` without a type gives `any`. Fix: write `require(…) as typeof Module`.",
        },
      ],
    },
  },
  { files: ["tools/**", "bench/**"], rules: { "no-console": "off" } },
);
