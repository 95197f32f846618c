/** Imported before the sandbox, so that where it is not installed the error says how to add it. */
import { explainMissingPackage } from "./missing-package";

try {
  require.resolve("alicloud-sandbox");
} catch (thrown) {
  throw explainMissingPackage(thrown);
}
