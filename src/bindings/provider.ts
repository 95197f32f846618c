import { join } from "node:path";
import { PACKAGE_ROOT } from "../core/package-root";

/** The provider that bindings are made for. Its version is the version of the workspace (packages/provider-alicloud/package.json). */
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
