import { fieldsOf } from "./fields";
import { fileInZip } from "./zip";

/** Names and numbers of planfile.proto. A plan has one of the two; the second is Terraform's, since 1.14. */
const BACKEND = 13;
const STATE_STORE = 29;
/** The same number in both messages. */
const WORKSPACE = 3;

/**
 * The workspace that a plan was made in; `terraform.workspace` is this text.
 * @returns undefined when the file does not tell it once
 * @throws ArchiveError when it is no plan file
 */
export function workspaceOfPlan(bytes: Buffer): string | undefined {
  const names: string[] = [];
  for (const [field, value] of fieldsOf(fileInZip(bytes, "tfplan"))) {
    if ((field !== BACKEND && field !== STATE_STORE) || !Buffer.isBuffer(value)) continue;
    for (const [inner, name] of fieldsOf(value)) {
      if (inner === WORKSPACE && Buffer.isBuffer(name)) names.push(name.toString("utf8"));
    }
  }
  return names.length === 1 && names[0] !== "" ? names[0] : undefined;
}
