/** The bundled provider bindings, one namespace per type: `import { vpc } from "cdktf-alicloud-anycast/alicloud"`. */
export * from "@cdktf/provider-alicloud";
