/** The sandbox under a name of this package: `import { startSandbox } from "cdktf-alicloud-anycast/sandbox"`. */
import "./core/needs-sandbox";

export * from "alicloud-sandbox";
