import { join } from "node:path";
import { terraformEnvironment } from "../../src/core/terraform-binary";
import type { ProviderSchema } from "./schema";
import { PROVIDER } from "./provider";

/**
 * Writes the TypeScript source of the bindings, as `cdktf get` would, below `directory`.
 * @returns the directory that holds `index.ts` and one folder per type
 */
export async function writeSources(schema: ProviderSchema, directory: string): Promise<string> {
  // Loading the generator starts `terraform version`, and a failure would be reported over the network.
  process.env = terraformEnvironment();
  const { CodeMaker, TerraformProviderConstraint, TerraformProviderGenerator } =
    await import("@cdktf/provider-generator");
  const { ConstructsMakerProviderTarget, LANGUAGES } = await import("@cdktf/commons");

  const code = new CodeMaker();
  const generator = new TerraformProviderGenerator(code, schema as never);
  const constraint = new TerraformProviderConstraint(`${PROVIDER.source}@${PROVIDER.version}`);
  generator.generate(new ConstructsMakerProviderTarget(constraint, LANGUAGES[0] as never));
  await generator.save(directory);
  return join(directory, "providers", "alicloud");
}
