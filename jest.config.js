"use strict";
const { putTerraformOnPath } = require("./test/terraform-on-path.cjs");

putTerraformOnPath(__dirname);

/** Tests run from TypeScript source; processes they start run the compiled `dist/` that set-up has built. */
const shared = {
  testEnvironment: "node",
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      {
        jsc: { parser: { syntax: "typescript" }, target: "es2022" },
        module: { type: "commonjs" },
        sourceMaps: "inline",
      },
    ],
  },
  moduleNameMapper: {
    "^cdktf-alicloud-anycast$": "<rootDir>/src/index.ts",
    "^alicloud-sandbox$": "<rootDir>/packages/sandbox/src/index.ts",
  },
  modulePathIgnorePatterns: [
    "<rootDir>/dist/",
    "<rootDir>/cdktf.out/",
    "<rootDir>/packages/provider-alicloud/src/",
    "<rootDir>/packages/sandbox/dist/",
  ],
  transformIgnorePatterns: ["/node_modules/", "<rootDir>/packages/provider-alicloud/lib/"],
  // Jest ignores testTimeout inside a project.
  setupFilesAfterEnv: ["<rootDir>/test/timeout.js"],
};

module.exports = {
  // Jest would leave one core idle, which is half of a small CI machine.
  maxWorkers: "100%",
  testSequencer: "<rootDir>/test/sequencer.js",
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts", "<rootDir>/packages/sandbox/test/**/*.test.ts"],
      testPathIgnorePatterns: [
        "/node_modules/",
        "<rootDir>/test/e2e/",
        "<rootDir>/test/package/",
        "<rootDir>/test/opa/",
        "<rootDir>/test/browser/",
        "<rootDir>/test/opentofu/",
        // What needs sshd, in the same way.
        ...(process.env.ANYCAST_TEST_SSHD === "1" ? [] : ["<rootDir>/test/verify/vantage/ssh\\.test\\.ts"]),
      ],
    },
    { ...shared, displayName: "e2e", testMatch: ["<rootDir>/test/{e2e,package}/**/*.test.ts"] },
    // What needs OPA, which users need not have; CI sets the variable and a missing opa then fails the run.
    ...(process.env.ANYCAST_TEST_OPA === "1"
      ? [{ ...shared, displayName: "opa", testMatch: ["<rootDir>/test/opa/**/*.test.ts"] }]
      : []),
    // The same for a browser: Chromium, at $CHROMIUM or where Debian puts it.
    ...(process.env.ANYCAST_TEST_BROWSER === "1"
      ? [{ ...shared, displayName: "browser", testMatch: ["<rootDir>/test/browser/**/*.test.ts"] }]
      : []),
    // And for OpenTofu, whose program the variable names.
    ...(process.env.ANYCAST_TEST_TOFU
      ? [{ ...shared, displayName: "opentofu", testMatch: ["<rootDir>/test/opentofu/**/*.test.ts"] }]
      : []),
  ],
};
