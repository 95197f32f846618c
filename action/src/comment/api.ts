/** How often a request is repeated after a rate limit. */
const AGAIN = 2;
/** Longest wait for a rate limit, in seconds: a check must not wait for an hour to report. */
const PATIENCE_S = 90;

export interface Comment {
  readonly id: number;
  readonly body: string;
  readonly author: string;
  readonly url: string;
}

/** The calls of GitHub's API that a comment takes. */
export interface Api {
  /** The account that comments are written by. */
  self(): Promise<string>;
  headOf(pullRequest: number): Promise<string>;
  /** All comments of a pull request, the oldest first. */
  comments(pullRequest: number): Promise<Comment[]>;
  create(pullRequest: number, body: string): Promise<Comment>;
  update(id: number, body: string): Promise<Comment>;
  remove(id: number): Promise<void>;
  /** Open issues about differences; their `id` is their number. */
  issues(): Promise<Comment[]>;
  openIssue(title: string, body: string): Promise<Comment>;
  changeIssue(
    number: number,
    change: { readonly title?: string; readonly body?: string; readonly state?: "closed" },
  ): Promise<Comment>;
}

/** By which the issues about differences are found. */
const LABEL = "anycast-drift";

/** The account of a workflow's own token, which may not ask who it is. */
const WORKFLOW = "github-actions[bot]";

export async function openApi(options: {
  readonly baseUrl: string;
  readonly token: string;
  /** `OWNER/NAME` */
  readonly repository: string;
  readonly log: (text: string) => void;
}): Promise<Api> {
  const [{ Octokit }, { paginateRest }, { retry }, { throttling }] = await Promise.all([
    import("@octokit/core"),
    import("@octokit/plugin-paginate-rest"),
    import("@octokit/plugin-retry"),
    import("@octokit/plugin-throttling"),
  ]);
  const [owner = "", repo = ""] = options.repository.split("/");
  const again = (
    after: number,
    request: { method: string; url: string },
    _octokit: unknown,
    count: number,
  ): boolean => {
    options.log(`GitHub limits requests (${request.method} ${request.url}); ${String(after)} s to wait.`);
    return count < AGAIN && after <= PATIENCE_S;
  };
  const octokit = new (Octokit.plugin(paginateRest, retry, throttling))({
    auth: options.token,
    baseUrl: options.baseUrl,
    userAgent: "anycast-action",
    log: { debug: () => undefined, info: () => undefined, warn: options.log, error: options.log },
    throttle: { onRateLimit: again, onSecondaryRateLimit: again },
  });
  const on = { owner, repo };
  return {
    self: async () => {
      try {
        return (await octokit.request("GET /user")).data.login;
      } catch (thrown) {
        if ([401, 403].includes((thrown as { status?: number }).status ?? 0)) return WORKFLOW;
        throw thrown;
      }
    },
    headOf: async (pull_number) =>
      (await octokit.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", { ...on, pull_number })).data.head.sha,
    comments: async (issue_number) => {
      const all = await octokit.paginate("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
        ...on,
        issue_number,
        per_page: 100,
      });
      return all.map(commentOf).sort((a, b) => a.id - b.id);
    },
    create: async (issue_number, body) =>
      commentOf(
        (
          await octokit.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
            ...on,
            issue_number,
            body,
          })
        ).data,
      ),
    update: async (comment_id, body) =>
      commentOf(
        (await octokit.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", { ...on, comment_id, body }))
          .data,
      ),
    issues: async () => {
      const all = await octokit.paginate("GET /repos/{owner}/{repo}/issues", {
        ...on,
        state: "open",
        labels: LABEL,
        per_page: 100,
      });
      return all.map(issueOf).sort((a, b) => a.id - b.id);
    },
    openIssue: async (title, body) =>
      issueOf(
        (await octokit.request("POST /repos/{owner}/{repo}/issues", { ...on, title, body, labels: [LABEL] })).data,
      ),
    changeIssue: async (issue_number, change) =>
      issueOf(
        (await octokit.request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", { ...on, issue_number, ...change }))
          .data,
      ),
    remove: async (comment_id) => {
      await octokit.request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", { ...on, comment_id });
    },
  };
}

function issueOf(raw: {
  readonly number: number;
  readonly body?: string | null | undefined;
  readonly html_url: string;
  readonly user: { readonly login: string } | null;
}): Comment {
  return { id: raw.number, body: raw.body ?? "", author: raw.user?.login ?? "", url: raw.html_url };
}

function commentOf(raw: {
  readonly id: number | bigint;
  readonly body?: string | undefined;
  readonly html_url: string;
  readonly user: { readonly login: string } | null;
}): Comment {
  return { id: Number(raw.id), body: raw.body ?? "", author: raw.user?.login ?? "", url: raw.html_url };
}
