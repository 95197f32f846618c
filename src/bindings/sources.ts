import { join } from "node:path";
import type * as Generator from "@cdktf/provider-generator";
import type { ProviderSchema } from "./schema";
import { PROVIDER } from "./provider";

/**
 * Writes the TypeScript source of the bindings, as `cdktf get` would, below `directory`.
 * @returns the directory that holds `index.ts` and one folder per type
 */
export async function writeSources(schema: ProviderSchema, directory: string): Promise<string> {
  const { CodeMaker, TerraformProviderGenerator } = require("@cdktf/provider-generator") as typeof Generator;
  const generator = new TerraformProviderGenerator(new CodeMaker(), schema as never);
  const { source, version } = PROVIDER;
  generator.generate({ source, version, name: "alicloud", isModule: false } as never);
  await generator.save(directory);
  return join(directory, "providers", "alicloud");
}
