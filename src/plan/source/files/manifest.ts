import { posix } from "node:path";
import { HclError, sourceText } from "../hcl";
import type { JsonNode } from "../syntax/json-node";
import { parseJson } from "../syntax/json-node";

/**
 * The directories of modules, by the names of the calls that lead to them (`a.b`); the root's name is empty.
 * @param bytes of `tfconfig/modules.json`
 * @throws HclError when it is not as Terraform writes it
 */
export function manifestOf(bytes: Buffer): Map<string, string> {
  const source = sourceText("tfconfig/modules.json", bytes);
  const root = parseJson(source);
  const refuse = (): never => {
    throw new HclError("a list of modules that is not as Terraform writes it", source, 0);
  };
  if (root.kind !== "array") return refuse();
  const directories = new Map<string, string>();
  for (const record of root.items) {
    const [key, directory] = [member(record, "Key"), member(record, "Dir")];
    if (key === undefined || directory === undefined || directories.has(key)) return refuse();
    directories.set(key, posix.normalize(directory).replace(/(?<=.)\/$/, ""));
  }
  return directories;
}

/** A member of which there is one; Go would also read `key` as `Key`, and the last of two. */
function member(record: JsonNode, wanted: string): string | undefined {
  if (record.kind !== "object") return undefined;
  const found = record.members.filter(({ name }) => name.value.toLowerCase() === wanted.toLowerCase());
  const [only] = found;
  if (found.length !== 1 || only!.name.value !== wanted || only!.value.kind !== "string") return undefined;
  return only!.value.value;
}
