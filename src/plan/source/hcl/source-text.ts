import { isUtf8 } from "node:buffer";
import type { SourceText } from "./ast";
import { HclError } from "./hcl-error";

/**
 * The text of a file of the configuration.
 * @param file its path inside the configuration
 * @throws HclError when it is not UTF-8, as Terraform demands
 */
export function sourceText(file: string, bytes: Buffer): SourceText {
  if (!isUtf8(bytes)) throw new HclError("text that is not UTF-8", { file, text: "" }, 0);
  return { file, text: bytes.toString("utf8") };
}
