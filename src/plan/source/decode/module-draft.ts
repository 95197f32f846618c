import { HclError, lineOf } from "../hcl";
import { sectionOfFile } from "../syntax";
import type { ConfigurationFile } from "../files/config-files";
import type { Draft } from "./draft";
import { emptyDraft } from "./draft";
import { FileDecoder } from "./file-decoder";

/**
 * What the files of one module say, overrides carried out. What cannot be read is named in `unreadable`.
 * @param primary in Terraform's order and @param overrides too
 */
export function draftOf(
  primary: readonly ConfigurationFile[],
  overrides: readonly ConfigurationFile[],
  isOpenTofu: boolean,
): Draft {
  const draft = emptyDraft();
  const { variables, locals, outputs, resources, calls, providers } = draft;
  const decoder = new FileDecoder(draft, isOpenTofu);
  const read = ({ path, bytes }: ConfigurationFile, isOverride: boolean): void => {
    try {
      decoder.decode(sectionOfFile(path, bytes()), isOverride);
    } catch (thrown) {
      if (!(thrown instanceof HclError)) throw thrown;
      const line = lineOf({ source: thrown.source, start: thrown.position, end: thrown.position });
      draft.unreadable ??= `${path}:${String(line)} has ${thrown.message}`;
      // The file overrides values of other files, and it cannot be determined which.
      if (isOverride) for (const part of [variables, locals, outputs, resources, calls, providers]) part.clear();
    }
  };
  for (const file of primary) read(file, false);
  for (const file of overrides) read(file, true);
  return draft;
}
