import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RawProviderData } from "../../packages/sandbox/src/provider/schema/raw";
import { REQUIRED } from "../../packages/sandbox/test/provider/support/workspace";
import { run } from "../../src/core/process";
import { terraformBinary, terraformEnvironment } from "../../src/core/terraform-binary";
import type { Released } from "./recording";

export type ProviderSchemas = RawProviderData["schema"];

export interface SchemaOutput {
  /** As terraform prints it. */
  readonly text: string;
  readonly schemas: ProviderSchemas;
}

const known = new Map<string, Promise<SchemaOutput>>();

/** What `terraform providers schema -json` says of the released provider; asked once. */
export function schemaOf({ config }: Released): Promise<SchemaOutput> {
  const found = known.get(config) ?? askForSchema(config);
  known.set(config, found);
  return found;
}

async function askForSchema(config: string): Promise<SchemaOutput> {
  const folder = mkdtempSync(join(tmpdir(), "schema-"));
  try {
    writeFileSync(join(folder, "main.tf"), REQUIRED);
    const env = { ...terraformEnvironment(), TF_CLI_CONFIG_FILE: config };
    const ended = await run(terraformBinary(), ["providers", "schema", "-json"], { cwd: folder, env });
    if (ended.exitCode !== 0) throw new Error(`terraform providers schema: ${ended.stderr.toString()}`);
    const text = ended.stdout.toString();
    const { provider_schemas: providers } = JSON.parse(text) as { provider_schemas: Record<string, ProviderSchemas> };
    return { text, schemas: Object.values(providers)[0]! };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
