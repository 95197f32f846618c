/** Holds the places that cannot import the provider's version to the one that src/bindings/provider.ts says. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROVIDER } from "../../src/bindings/provider";
import { conclude, ROOT, trackedFiles } from "./tracked";

/** Where a version of the provider may be written: documentation, recordings, and expectations of tests. */
const MAY_NAME =
  /^(docs|test|policies|bench|examples|action\/dist)\/|^packages\/[^/]+\/(test|schema|README\.md|package\.json)|^(README|CHANGELOG)\.md$|^package-lock\.json$|\.gz$/;
const SOURCE = "src/bindings/provider.ts";

interface Manifest {
  readonly version: string;
  readonly cdktf: { readonly provider: { readonly version: string } };
}

const manifest = JSON.parse(readFileSync(join(ROOT, "packages/provider-alicloud/package.json"), "utf8")) as Manifest;
const { version } = PROVIDER;
const said: Readonly<Record<string, string>> = {
  "the version of packages/provider-alicloud": manifest.version,
  "the provider of packages/provider-alicloud": manifest.cdktf.provider.version,
  "the version in README.md":
    /version (\S+) of the provider/.exec(readFileSync(join(ROOT, "README.md"), "utf8"))?.[1] ?? "",
};
const copies = trackedFiles().filter(
  (path) => path !== SOURCE && !MAY_NAME.test(path) && readFileSync(join(ROOT, path)).includes(version),
);
conclude("provider version", [
  ...Object.entries(said).flatMap(([what, other]) =>
    other === version ? [] : [`Expected ${what} to be ${version}, got \`${other}\`. Fix: correct it, or ${SOURCE}.`],
  ),
  ...copies.map((path) => `${path} names ${version}. Fix: import PROVIDER from ${SOURCE}.`),
]);
