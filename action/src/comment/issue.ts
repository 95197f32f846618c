import type { Api } from "./api";
import type { Posted } from "./post";

export interface WantedIssue {
  readonly marker: string;
  readonly title: string;
  readonly body: string;
  /** The cloud is known to equal the code. */
  readonly isClean: boolean;
}

/** Keeps one open issue per project while the check of its cloud is not clean, and closes it when it is. */
export async function keepIssue(api: Api, { marker, title, body, isClean }: WantedIssue): Promise<Posted> {
  const self = await api.self();
  const open = (await api.issues()).find((issue) => issue.author === self && issue.body.startsWith(marker));
  if (open === undefined) {
    if (isClean) return { did: "nothing", why: "quiet" };
    return { did: "created", url: (await api.openIssue(title, body)).url };
  }
  if (isClean) return { did: "closed", url: (await api.changeIssue(open.id, { state: "closed" })).url };
  if (open.body.trim() === body.trim()) return { did: "unchanged", url: open.url };
  return { did: "updated", url: (await api.changeIssue(open.id, { title, body })).url };
}
