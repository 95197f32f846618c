import type { Terraform } from "../../terraform";
import type { RecordPlace } from "../record";
import type { RemoteRecords } from "./types";

export type { RemoteRecords } from "./types";

/** @returns undefined when the state is kept in a file: the record lies beside it then */
export function remoteRecords(_place: RecordPlace, _terraform: Terraform): RemoteRecords | undefined {
  return undefined;
}
