import { backendOf, serverOf, workspaceOf } from "../../../terraform/state";
import type { Terraform } from "../../../terraform";
import type { RecordPlace } from "../record";
import { recordsOnServer } from "./http";
import type { RemoteRecords } from "./types";
import { recordsInWorkspaces } from "./workspaces";

export type { RemoteRecords } from "./types";

/** Backends whose runs happen on a server: the gate refuses them. */
const ON_A_SERVER = ["cloud", "remote"];

/** @returns undefined when the state is kept in a file: the record lies next to it then */
export function remoteRecords(place: RecordPlace, terraform: Terraform): RemoteRecords | undefined {
  if (place.localState !== undefined) return undefined;
  const { directory } = place;
  const { kind } = backendOf(directory, terraform.env);
  if (kind === "local" || ON_A_SERVER.includes(kind)) return undefined;
  if (kind !== "http") return recordsInWorkspaces(terraform, workspaceOf(directory, terraform.env));
  const server = serverOf(directory, terraform.env);
  const address = server?.setting("address");
  if (server === undefined || address === undefined || !URL.canParse(address)) return undefined;
  return recordsOnServer(server, address);
}
