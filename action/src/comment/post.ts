import type { Api, Comment } from "./api";

export interface Wanted {
  readonly pullRequest: number;
  /** The commit that was checked. */
  readonly headSha: string;
  /** The first line of the comment, by which it is found again. */
  readonly marker: string;
  readonly body: string;
  /** There is nothing to report: no comment is created, and an existing one is updated. */
  readonly isQuiet: boolean;
}

export type Posted =
  | { readonly did: "created" | "updated" | "unchanged" | "closed"; readonly url: string }
  | { readonly did: "nothing"; readonly why: "quiet" | "stale" };

/** Keeps one comment per pull request and project up to date, also when two runs do so at once. */
export async function postComment(api: Api, wanted: Wanted): Promise<Posted> {
  // A run of an older push must not replace the comment of a newer one.
  if ((await api.headOf(wanted.pullRequest)) !== wanted.headSha) return { did: "nothing", why: "stale" };
  const self = await api.self();
  const [first] = await own(api, wanted, self);
  if (first !== undefined) return bringUpToDate(api, first, wanted.body);
  if (wanted.isQuiet) return { did: "nothing", why: "quiet" };
  const made = await api.create(wanted.pullRequest, wanted.body);
  // Another run may have begun one too, in the meantime: the older one stays.
  const [oldest = made] = await own(api, wanted, self);
  if (oldest.id === made.id) return { did: "created", url: made.url };
  await api.remove(made.id);
  return bringUpToDate(api, oldest, wanted.body);
}

/** Comments of this project that we wrote: other users can write the marker into theirs. */
async function own(api: Api, { pullRequest, marker }: Wanted, self: string): Promise<Comment[]> {
  return (await api.comments(pullRequest)).filter(({ author, body }) => author === self && body.startsWith(marker));
}

async function bringUpToDate(api: Api, comment: Comment, body: string): Promise<Posted> {
  if (comment.body.trim() === body.trim()) return { did: "unchanged", url: comment.url };
  return { did: "updated", url: (await api.update(comment.id, body)).url };
}
