import type { StateServer } from "../../../terraform/state";
import type { RecordContent } from "../record";
import type { Opened } from "./envelope";
import { opened, sealed } from "./envelope";
import type { RemoteRecords } from "./types";

/** Suffix of the state's path that gives the address of the records. */
const SUFFIX = "-anycast-apply";
/** Addresses of servers that are known to keep a separate state for every name. */
const GITLAB = /\/api\/v\d+\/projects\/[^/]+\/terraform\/state\/[^/]+$/;
/** How often a write is tried: two runs that write at once notice it and write again. */
const TRIES = 5;

/** Records next to a state on a server that keeps states over HTTP, at an address next to the state's. */
export function recordsOnServer(server: StateServer, address: string): RemoteRecords {
  const records = new URL(address);
  records.pathname += SUFFIX;
  const at = records.toString();
  const method = server.setting("update_method") ?? "POST";

  const read = async (): Promise<Opened | "none" | undefined> => {
    const answer = await server.ask("GET", at);
    if (answer === undefined) return undefined;
    if ([204, 404].includes(answer.status)) return "none";
    return answer.status === 200 ? opened(await answer.text().catch(() => "")) : undefined;
  };

  /** Whether the server separates addresses: one that does not would store the record as the state. */
  const isApart = async (): Promise<boolean> => {
    if (GITLAB.test(new URL(address).pathname)) return true;
    const answer = await server.ask("GET", address);
    return answer?.status === 200 && (await answer.text().catch(() => "")) !== "";
  };

  /** @returns why it could not be done */
  const change = async (
    how: (records: readonly RecordContent[]) => RecordContent[],
    id: string,
  ): Promise<string | undefined> => {
    for (let tries = 0; tries < TRIES; tries++) {
      const found = await read();
      if (found === undefined) return "the server keeps something else there, or does not answer";
      if (found === "none" && !(await isApart())) {
        return "there is no state yet, so nobody can tell whether the server keeps the record apart from it";
      }
      const { records, serial, lineage } = found === "none" ? { records: [], serial: 0, lineage: undefined } : found;
      const wanted = how(records);
      if (found === "none" && wanted.length === 0) return undefined;
      const answer = await server.ask(method, at, sealed(wanted, serial + 1, lineage));
      if (answer?.ok !== true) return `the server answers ${answer?.status ?? "nothing"}`;
      const now = await read();
      const isThere = typeof now === "object" && now.records.some((one) => one.id === id);
      if (isThere === wanted.some((one) => one.id === id)) return undefined;
    }
    return "other runs write it all the time";
  };

  return {
    list: async () => {
      const found = await read();
      if (found === "none") return (await isApart()) ? [] : undefined;
      return found?.records;
    },
    write: (record) => change((records) => [...records.filter(({ id }) => id !== record.id), record], record.id),
    remove: async (id) => {
      const found = await read();
      if (typeof found !== "object" || !found.records.some((one) => one.id === id)) return;
      await change((records) => records.filter((one) => one.id !== id), id);
    },
  };
}
