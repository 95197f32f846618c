import { join } from "node:path";
import { PACKAGE_ROOT } from "../core/package-root";

/** The provider that everything here is made for. Its version is written here; `tools/ci/provider-version.ts` holds the rest to it. */
export const PROVIDER = {
  name: "registry.terraform.io/aliyun/alicloud",
  /** As written into `required_providers`: each of terraform and OpenTofu then takes it from its own registry. */
  source: "aliyun/alicloud",
  version: "1.289.0",
} as const;

/** The provider's schema, which the package carries. */
export function schemaFile(): string {
  return join(PACKAGE_ROOT, "packages", "provider-alicloud", "schema", `alicloud-${PROVIDER.version}.schema.json.gz`);
}
