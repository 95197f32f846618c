import type { RecordContent } from "../record";

/** Records of applies next to a state that is not kept in a file. */
export interface RemoteRecords {
  /** @returns undefined when it cannot be determined */
  list(): Promise<readonly RecordContent[] | undefined>;
  /** Writes, or replaces, one. @returns why it could not be written; undefined when it was */
  write(record: RecordContent): Promise<string | undefined>;
  remove(id: string): Promise<void>;
}
