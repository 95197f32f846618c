import { join } from "node:path";
import { format } from "prettier";
import { writeFileAtomic } from "../src/core/atomic-file";
import { SETTINGS_SCHEMA } from "../stacks/settings";

/** Publishes the schema of `settings.yaml` for editors: `node --conditions=anycast-source --import tsx tools/settings-schema.ts`. */
const file = join(__dirname, "..", "docs", "schemas", "settings.schema.json");
void format(JSON.stringify(SETTINGS_SCHEMA), { parser: "json", printWidth: 120 }).then((text) =>
  writeFileAtomic(file, text, 0o644),
);
