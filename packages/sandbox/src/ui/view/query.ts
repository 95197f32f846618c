/** The part of the cloud that one page shows: all of it may be too much. */
export interface Query {
  /** Id of the Anycast EIP in the picture; `""` lets the server choose. */
  readonly address: string;
  /** Cards are found by any of their words: a name, an id, an IP address, a region. */
  readonly find: string;
  /** Page of the cards, from 1. */
  readonly page: number;
}

/** Longest text that is looked for, in characters. */
const LONGEST = 200;

/** The query of a request; what does not make sense counts as not given. */
export function queryOf(url: string): Query {
  const params = new URLSearchParams(url.split("?")[1] ?? "");
  const page = Number(params.get("page"));
  const text = (name: string): string => (params.get(name) ?? "").trim().slice(0, LONGEST);
  return { address: text("address"), find: text("find"), page: Number.isSafeInteger(page) && page > 0 ? page : 1 };
}
