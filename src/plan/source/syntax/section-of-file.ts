import { parseBody, sourceText } from "../hcl";
import { parseJson } from "./json-node";
import { jsonSection } from "./json-section";
import { nativeSection } from "./native-section";
import type { Section } from "./section";

/**
 * The content of a file of the configuration, in the syntax that its name shows.
 * @throws HclError
 */
export function sectionOfFile(file: string, bytes: Buffer): Section {
  const source = sourceText(file, bytes);
  if (file.endsWith(".json")) return jsonSection(parseJson(source), source);
  return nativeSection(parseBody(source), { source, start: 0, end: source.text.length });
}
