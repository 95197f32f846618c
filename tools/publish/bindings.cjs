"use strict";
const fs = require("node:fs");
const path = require("node:path");

/**
 * Copies the provider bindings that the package carries: the provider and the types of the allow-list, even where all
 * types were made.
 */
function placeBindings(root, place) {
  const workspace = path.join(root, "packages", "provider-alicloud");
  const lib = path.join(workspace, "lib");
  const index = fs.readFileSync(path.join(lib, "index.d.ts"), "utf8");
  const carried = new Set(foldersOf(JSON.parse(fs.readFileSync(path.join(workspace, "allow-list.json"), "utf8"))));
  const lines = [...index.matchAll(/^export \* as (\w+) from '\.\/([a-z0-9-]+)';$/gm)].filter(([, , folder]) =>
    carried.has(folder),
  );
  const missing = [...carried].filter((folder) => !fs.existsSync(path.join(lib, folder, "index.js")));
  if (missing.length > 0) throw new Error(`Expected the bindings to have ${missing.join(", ")}. Fix: npm run bindings`);

  const aside = `${place}.${process.pid}`;
  fs.rmSync(aside, { recursive: true, force: true });
  for (const folder of carried) fs.cpSync(path.join(lib, folder), path.join(aside, folder), { recursive: true });
  // Written so that an ES module sees the names without running the file.
  const [banner] = /^\/\*\*[\s\S]*?\*\/\n/.exec(index);
  fs.writeFileSync(
    path.join(aside, "index.d.ts"),
    banner + lines.map(([, name, folder]) => `export * as ${name} from "./${folder}/index.js";\n`).join(""),
  );
  const names = lines.map(([, name, folder]) => `exports.${name} = require("./${folder}/index.js");\n`).join("");
  fs.writeFileSync(
    path.join(aside, "index.js"),
    `${banner}"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n${names}`,
  );
  fs.rmSync(place, { recursive: true, force: true });
  fs.renameSync(aside, place);
}

/** `alicloud_slb_zones` as a data source is `data-alicloud-slb-zones`, as a resource it would be `slb-zones`. */
function foldersOf({ resources, dataSources }) {
  const dashed = (type) => type.replace(/_/g, "-");
  return [
    "provider",
    ...resources.map((type) => dashed(type).replace(/^alicloud-/, "")),
    ...dataSources.map((type) => `data-${dashed(type)}`),
  ];
}

module.exports = { placeBindings };
